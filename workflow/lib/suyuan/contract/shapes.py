"""What a configured file must look like: small descriptions, held against a ``Document``."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from suyuan.contract.configured import Document, Place
from suyuan.core.errors import ConfigError, Problem
from suyuan.core.names import is_name, listed, nearest

ALLOWED = 24  # known names that a message offers


class Shape(Protocol):
    """What may stand at a place."""

    def problems(self, document: Document, place: Place) -> Iterator[Problem]:
        """What is wrong with what stands there."""


def hold(document: Document, shape: Shape) -> Any:
    """The content of a file of that shape. Raises ConfigError with every problem, top down."""
    if problems := list(shape.problems(document, ())):
        raise ConfigError(sorted(problems, key=lambda problem: problem.row))
    return document.content


KEY, WORD = ("E195", "E196"), ("E185", "E186")  # where a known one is like it, and where none is


def unlisted(
    name: str, known: Collection[str], codes: tuple[str, str] = WORD
) -> tuple[str, dict[str, str]]:
    """Code and details for a name that is not among the known ones, with the nearest of them."""
    alike, unknown = codes
    allowed = {"allowed": listed(known, ALLOWED)}
    if meant := nearest(name, known):
        return alike, {"nearest": meant, **allowed}
    return unknown, allowed


def unknown_key(document: Document, place: Place, key: str, known: Collection[str]) -> Problem:
    """A key that is not among the known ones: E195 where one of them is like it, else E196."""
    code, details = unlisted(key, known, KEY)
    return document.problem(code, place, key, **details)


def unknown_word(document: Document, place: Place, word: str, known: Collection[str]) -> Problem:
    """A word that is not among the known ones: E185 where one of them is like it, else E186."""
    code, details = unlisted(word, known)
    return document.problem(code, place, word, **details)


class Anything:
    """Whatever stands there; only its key matters."""

    def problems(self, document: Document, place: Place) -> Iterator[Problem]:
        return iter(())


@dataclass(frozen=True)
class Text:
    """A text that is not empty, or may be (``empty``). E181."""

    empty: bool = False

    def problems(self, document: Document, place: Place) -> Iterator[Problem]:
        found = document.at(place)
        if not isinstance(found, str) or not (found or self.empty):
            yield document.problem("E181", place, _shown(found))


@dataclass(frozen=True)
class Number:
    """A number; ``whole``: one without decimals, and at least ``least``. E184, E124, E131."""

    whole: bool = False
    least: int | None = None

    def problems(self, document: Document, place: Place) -> Iterator[Problem]:
        found = document.at(place)
        if isinstance(found, bool) or not isinstance(found, int | float):
            yield document.problem("E184", place, _shown(found))
        elif self.whole and not isinstance(found, int):
            yield document.problem("E124", place, _shown(found))
        elif self.least is not None and found < self.least:
            yield document.problem("E131", place, _shown(found), bound=str(self.least))


@dataclass(frozen=True)
class Flag:
    """Yes or no. E816."""

    def problems(self, document: Document, place: Place) -> Iterator[Problem]:
        found = document.at(place)
        if not isinstance(found, bool):
            yield document.problem("E816", place, _shown(found))


@dataclass(frozen=True)
class Pattern:
    """A regular expression. E817."""

    def problems(self, document: Document, place: Place) -> Iterator[Problem]:
        found = document.at(place)
        try:
            re.compile(found)
        except (re.error, TypeError):
            yield document.problem("E817", place, _shown(found))


@dataclass(frozen=True)
class Choice:
    """One of a few words. E185 with the nearest word, E186."""

    words: Collection[str]

    def problems(self, document: Document, place: Place) -> Iterator[Problem]:
        found = document.at(place)
        if not isinstance(found, str) or found not in self.words:
            yield unknown_word(document, place, _shown(found), self.words)


@dataclass(frozen=True)
class Each:
    """A list, not empty, of things of one shape. E182."""

    item: Shape

    def problems(self, document: Document, place: Place) -> Iterator[Problem]:
        found = document.at(place)
        if not isinstance(found, list) or not found:
            yield document.problem("E182", place, _shown(found))
            return
        for position in range(len(found)):
            yield from self.item.problems(document, (*place, position))


@dataclass(frozen=True)
class Either:
    """A list of things of ``item``, or one such thing alone."""

    item: Shape

    def problems(self, document: Document, place: Place) -> Iterator[Problem]:
        shape = Each(self.item) if isinstance(document.at(place), list) else self.item
        return shape.problems(document, place)


@dataclass(frozen=True)
class Every:
    """Things of one shape under keys that the file chooses; ``named``: as ids. E183, E188."""

    entry: Shape
    named: bool = False

    def problems(self, document: Document, place: Place) -> Iterator[Problem]:
        found = document.at(place)
        if not isinstance(found, dict):
            yield document.problem("E183", place, _shown(found))
            return
        for key in found:
            if self.named and not is_name(key):
                yield document.problem("E188", (*place, key), key)
            yield from self.entry.problems(document, (*place, key))


@dataclass(frozen=True)
class Keys:
    """Given keys, each with its shape. E183, E195 with the nearest key, E196, E197 missing."""

    required: Mapping[str, Shape]
    optional: Mapping[str, Shape] = field(default_factory=dict)

    def problems(self, document: Document, place: Place) -> Iterator[Problem]:
        found = document.at(place)
        if not isinstance(found, dict):
            yield document.problem("E183", place, _shown(found))
            return
        shapes = {**self.required, **self.optional}
        meant = set()  # a key that is misspelt is not missing too
        for key in found:
            here = (*place, key)
            if key in shapes:
                yield from shapes[key].problems(document, here)
            else:
                meant.add(nearest(key, shapes))
                yield unknown_key(document, here, key, shapes)
        for key in sorted(self.required.keys() - found.keys() - meant):
            yield document.problem("E197", place, key)


def _shown(found: Any) -> str:
    """What was found, short enough for a message."""
    text = "" if found is None else str(found)
    return text if len(text) <= 40 else text[:40] + "…"
