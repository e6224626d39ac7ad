"""report.html read back: every bound number, every claim, every figure with its text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

from suyuan.core.errors import Problem
from suyuan.outputs.verification.truth import OFTEN, Truth, otherwise, squeezed, unlike
from suyuan.page.exhibits import Figure
from suyuan.page.tree import SVG, VOID


@dataclass
class Bound:
    """An element that a value stands behind, and the text in it."""

    attributes: dict[str, str]
    tag: str
    text: str = ""


@dataclass
class _Reader(HTMLParser):
    """Collects what is bound to a value, and the labels of drawings by the figure they are in."""

    bound: list[Bound] = field(default_factory=list)
    labels: list[tuple[str, str]] = field(default_factory=list)
    _open: list[tuple[str, Bound | None]] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: text or "" for name, text in attrs}
        if tag == SVG:
            within = [one.attributes.get("id", "") for _, one in self._open if one]
            self.labels.append((within[-1] if within else "", given.get("aria-label", "")))
        element = Bound(given, tag) if "data-fact" in given else None
        if element:
            self.bound.append(element)
        if tag not in VOID:
            self._open.append((tag, element))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        depth = len(self._open)
        self.handle_starttag(tag, attrs)
        del self._open[depth:]

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        for _, element in self._open:
            if element:
                element.text += data


def read(text: str) -> tuple[list[Bound], list[tuple[str, str]]]:
    """All bound elements, and the figure and label of all drawings, in reading order."""
    reader = _Reader()
    reader.feed(text)
    reader.close()
    return reader.bound, reader.labels


def problems(truth: Truth, file: str, data: bytes) -> Iterator[Problem]:
    """E364 and E365 by value; E367 where anything else differs from the page written afresh."""
    text = data.decode()
    bound, labels = read(text)
    found = [problem for element in bound for problem in _check(file, element, truth)]
    found += _unplaced(file, bound, truth)
    for figure, shown in labels:
        name = figure.removeprefix(f"{Figure.prefix}-")
        if shown != (alt := truth.alternatives.get(name, "")):
            found.append(otherwise(file, name, shown, alt))
    yield from found
    if not found:
        yield from unlike(file, text, truth.afresh.html)


def _check(file: str, element: Bound, truth: Truth) -> Iterator[Problem]:
    given, name = element.attributes, element.attributes["data-fact"]
    value, shown = truth.value(name), squeezed(element.text)
    if value is None:
        yield otherwise(file, name, shown, "")
    elif "data-claim" in given:
        claim = truth.afresh.draft.page.claims.get(given["data-claim"])
        words = truth.document["claims"][given["data-claim"]]["txt"] if claim else ""
        if shown != squeezed(words):
            yield otherwise(file, given["data-claim"], shown, words)
    elif element.tag == "data":
        if given.get("value") != value.data:
            yield otherwise(file, name, given.get("value", ""), value.data)
        if "graphic" not in given.get("class", "") and shown not in truth.texts(value):
            yield otherwise(file, name, shown, value.txt)
    elif shown and shown not in truth.texts(value):  # a mark of a figure, with its number
        yield otherwise(file, name, shown, value.txt)


def _unplaced(file: str, bound: list[Bound], truth: Truth) -> Iterator[Problem]:
    """E365 for a use that is not in the page under its anchor, bound to its value."""
    places = {(e.attributes["data-fact"], e.attributes.get("id", "")) for e in bound}
    for use in truth.document["uses"]:
        if (use["v"], use["anchor"]) not in places:
            yield Problem(OFTEN, file, 1, use["v"], use["anchor"], {"expected": "1", "found": "0"})
