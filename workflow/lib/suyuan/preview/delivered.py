"""What is another than in the report last delivered: each such place of a page is marked."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from typing import Any
from xml.etree.ElementTree import Element

from suyuan.core.errors import ProseError
from suyuan.core.layout import Layout
from suyuan.diff.document import RANKING
from suyuan.diff.told import page_of
from suyuan.lineage.file import FORMAT, read_lines
from suyuan.lineage.value import TEXT
from suyuan.outputs import package
from suyuan.page.lint import BOUND

CHANGED, WAS = "data-preview-changed", "data-preview-was"
NUMBER, RANK, WORD, CLAIM = "number", "rank", "word", "claim"
BLOCKS = frozenset(
    ["p", "li", "h1", "h2", "h3", "h4", "figcaption", "caption", "th", "td", "dt", "dd"]
)  # what holds running text
UNFIT = (OSError, ValueError, KeyError, TypeError, AttributeError, ProseError)  # a broken report
Lineage = Mapping[str, Any]


class Delivered:
    """The report of an edition as it lies in its folder, read again when it is another."""

    def __init__(self, layout: Layout) -> None:
        self.layout = layout
        self._age: tuple[int, ...] | None = None
        self._lineage: Lineage = {}
        self._prose: frozenset[str] = frozenset()

    def mark(self, page: Element, lineage: Lineage) -> None:
        """Mark the numbers, ranks, words and claims that differ; none where nothing was delivered.

        What was printed before is noted beside it, '' for what is new.
        """
        self._read()
        if not self._lineage:
            return
        for element in page.iter():
            if kind_was := self._differs(element, lineage):
                element.set(CHANGED, kind_was[0])
                element.set(WAS, kind_was[1])
        for block, said in prose(page):
            if said not in self._prose:
                block.set(CHANGED, WORD)

    def _differs(self, element: Element, now: Lineage) -> tuple[str, str] | None:
        """How an element differs, and what was printed in its place."""
        if name := element.get("data-claim"):
            claims = self._lineage["claims"], now["claims"]
            was, said = (claim.get(name, {}).get("txt", "") for claim in claims)
            return (CLAIM, was) if was != said else None
        if not (fact := element.get("data-fact")) or fact not in now["values"]:
            return None
        entry, values = now["values"][fact], self._lineage["values"]
        was = values[fact]["txt"] if fact in values else ""
        if was == entry["txt"]:
            return None
        return (WORD if entry["u"] == TEXT else RANK if entry["op"] in RANKING else NUMBER), was

    def _read(self) -> None:
        """Read the report if it is not the one that is known. One that is broken is none."""
        paths = [self.layout.report / name for name in (package.LINEAGE, package.HTML)]
        age = tuple(path.stat().st_mtime_ns for path in paths if path.is_file())
        if age == self._age:
            return
        self._age, self._lineage, self._prose = age, {}, frozenset()
        with suppress(*UNFIT):
            lineage = read_lines(paths[0].read_text(encoding="utf-8"))
            if lineage.get("format") == FORMAT:
                self._prose = frozenset(said for _, said in prose(page_of(paths[1])))
                self._lineage = lineage


def prose(page: Element) -> list[tuple[Element, str]]:
    """The blocks of text in a page's sections, and what they say; values in them stand apart."""
    main = page.find(".//main")
    found = [] if main is None else [e for e in main.iter() if e.tag in BLOCKS]
    inner = [e for e in found if not any(one is not e and one.tag in BLOCKS for one in e.iter())]
    said = ((block, "".join(_said(block).split())) for block in inner)
    return [(block, text) for block, text in said if text.strip(BOUND)]


def _said(element: Element) -> str:
    parts = [element.text or ""]
    for child in element:
        bound = child.tag == "data" and "data-claim" not in child.attrib
        ordinal = "data-ordinal" in child.attrib or child.get("class") == "see"
        parts += [BOUND if bound or ordinal else _said(child), child.tail or ""]
    return "".join(parts)
