"""The words that the report asks for: each is there, says something, and has its places.

Those of the page, the panel and the files are named by workflow/schemas/words.yaml, those of
operations, tests and outcomes by the library, where words of other names are refused.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from string import Formatter
from typing import Any, cast

from suyuan.contract.configured import Document, Place, read_document
from suyuan.contract.shapes import Keys, Shape, Text, unknown_key
from suyuan.core.errors import ConfigError, Problem
from suyuan.core.layout import Layout
from suyuan.core.names import nearest
from suyuan.domain.operations import OPERATIONS
from suyuan.lineage.outcomes import NAMES
from suyuan.lineage.predicates import PREDICATES
from suyuan.lineage.value import RECORDED

NOTHING = "—"
ASKED = Path("workflow/schemas/words.yaml")
NAMED: Mapping[str, Collection[str]] = {
    "op": [*RECORDED, *OPERATIONS], "test": [*PREDICATES], "outcome": NAMES,
}  # fmt: skip


@dataclass(frozen=True)
class Word:
    """A word in which something is put at the given ``places``, in any order. E181, E907."""

    places: str | None

    def problems(self, document: Document, place: Place) -> Iterator[Problem]:
        wrong = list(Text(empty=self.places is None).problems(document, place))
        yield from wrong
        found = document.at(place)
        if not wrong and _places(found) != _places(self.places or ""):
            yield document.problem("E907", place, found, places=self.places or NOTHING)


def _places(text: str) -> list[str] | None:
    """Names of what is put into a text, None where it is not well formed."""
    try:
        return sorted(name for _, name, _, _ in Formatter().parse(text) if name is not None)
    except ValueError:
        return None


@dataclass(frozen=True)
class AtLeast:
    """Keys that must be there, each with its shape, and any others.

    E183, E195 one that is like a missing one, E197 missing.
    """

    required: Mapping[str, Shape]

    def problems(self, document: Document, place: Place) -> Iterator[Problem]:
        found = document.at(place)
        if not isinstance(found, dict):
            yield document.problem("E183", place, str(found or ""))
            return
        missing = [key for key in self.required if key not in found]
        for key in found:
            if key in self.required:
                yield from self.required[key].problems(document, (*place, key))
            elif like := nearest(key, missing):
                missing.remove(like)
                yield unknown_key(document, (*place, key), key, [like])
        for key in missing:
            yield document.problem("E197", place, key)


def _asked(entry: Any) -> Shape:
    """The shape of what an entry of workflow/schemas/words.yaml asks for."""
    if isinstance(entry, dict):
        return AtLeast({key: _asked(part) for key, part in entry.items()})
    return Word(cast("str | None", entry))


def check_words(words: Document, layout: Layout) -> None:
    """Raise ConfigError for words that the report asks for, and of what the library names.

    E197 one is missing, E195 and E196 one names nothing, E181 one is empty, E907 one has not the
    places that are filled in.
    """
    asked = read_document(layout.root / ASKED, str(ASKED)).content
    named = {group: Keys({name: Text() for name in names}) for group, names in NAMED.items()}
    shape = AtLeast({**{group: _asked(entry) for group, entry in asked.items()}, **named})
    if problems := list(shape.problems(words, ())):
        raise ConfigError(sorted(problems, key=lambda problem: problem.row))
