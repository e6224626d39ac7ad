"""What the files of a report must show: the values, texts and claims that the raw rows give."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from xml.etree.ElementTree import Element

from suyuan.core.errors import Problem, UnknownValue
from suyuan.core.files import digest
from suyuan.core.names import TRACE_ENTRY
from suyuan.core.numbers import chinese_numeral, ungrouped
from suyuan.figures.book import bounded
from suyuan.lineage.value import TEXT, Value
from suyuan.outputs.paper.links import MARK, anchor_of
from suyuan.outputs.paper.printed import printed
from suyuan.outputs.verification.afresh import Afresh
from suyuan.page.exhibits import Figure
from suyuan.page.templates import environment
from suyuan.page.tree import text_of

OTHERWISE, OFTEN, UNLIKE = "E364", "E365", "E367"
AROUND = 15  # characters beside a difference that a message shows
NUMERALS = range(10_000)  # the counts that are printed in words
Shown = tuple[str, str]  # the name of a value or place, and the text that stands there


def squeezed(text: str) -> str:
    """A text without the spaces that typesetting puts in."""
    return "".join(text.split())


@dataclass(frozen=True)
class Truth:
    """The edition computed afresh, asked as who reads a file back asks."""

    afresh: Afresh

    @property
    def document(self) -> Mapping[str, Any]:
        """The lineage file."""
        return self.afresh.document

    def value(self, value_id: str) -> Value | None:
        """The value of that id, None where there is none."""
        try:
            return self.afresh.draft.page.ledger[value_id]
        except UnknownValue:
            return None

    def texts(self, value: Value) -> set[str]:
        """All that may stand for a value: as printed, as a numeral, a date or a list in words."""
        page = self.afresh.draft.page
        found = {value.txt, page.date(value.txt), bounded(value)}
        if value.unit == TEXT:
            found.add(value.txt.replace(";", page.words["page"]["comma"]))
        elif ungrouped(value.txt).isdecimal() and int(value.number) in NUMERALS:
            found.add(chinese_numeral(int(value.number)))
        return set(map(squeezed, found))

    @cached_property
    def alternatives(self) -> dict[str, str]:
        """The alternative text of every figure that is placed, in reading order."""
        page = self.afresh.draft.page
        placed = (exhibit for exhibit in page.exhibits if isinstance(exhibit, Figure))
        return {exhibit.name: exhibit.drawing.alt for exhibit in placed}

    @cached_property
    def _printed(self) -> Element:
        """The page for paper."""
        layout = self.afresh.layout
        attached = digest(self.afresh.lineage.encode())
        return printed(layout, environment(layout), self.afresh.draft, attached)

    @cached_property
    def links(self) -> list[Shown]:
        """Target and text, with its mark, of every link to the trace appendix, in reading order."""
        tree = self._printed
        found = (
            (a.get("href", "").removeprefix("#"), text_of(a) + a.get(MARK, ""))
            for a in tree.iter("a")
        )
        return [(t, squeezed(text)) for t, text in found if t.startswith(TRACE_ENTRY)]

    @cached_property
    def paper(self) -> str:
        """All that paper says, as ``ordered`` puts it, without the heads of tables."""
        rows: list[str] = []
        return ordered(rows, _said(self._printed, rows))

    @cached_property
    def anchors(self) -> dict[str, str]:
        """A value of each anchor of the trace appendix."""
        return {anchor_of(value.id): value.id for value in self.afresh.draft.page.ledger}


def _said(element: Element, rows: list[str]) -> str:
    """The text of an element with marks; that of the rows of tables goes to ``rows``."""
    if element.tag == "thead":
        return ""
    said = squeezed(element.text or "")
    for child in element:
        said += _said(child, rows) + squeezed(child.tail or "")
    said += element.get(MARK, "")
    if element.tag == "tr":
        rows.append(said)
        return ""
    return said


def ordered(rows: list[str], text: str) -> str:
    """Rows of tables in an order of their own, then the characters of all other text in theirs.

    One glyph of our fonts serves two signs.
    """
    one = [row.replace("•", "·") for row in (*sorted(rows), text)]
    return "\n".join([*one[:-1], "".join(sorted(one[-1]))])


def excerpt(found: str, expected: str) -> tuple[str, str]:
    """Both texts around the first character in which they differ."""
    start = max(parting(found, expected) - AROUND, 0)
    return found[start : start + 4 * AROUND], expected[start : start + 4 * AROUND]


def parting(found: str, expected: str) -> int:
    """How many characters two texts share at their beginning."""
    pairs = zip(found, expected, strict=False)
    ends = min(len(found), len(expected))
    return next((place for place, (a, b) in enumerate(pairs) if a != b), ends)


def otherwise(file: str, name: str, found: str, expected: str, line: int = 1) -> Problem:
    """E364: a file shows another text than the value that it is bound to."""
    shown, right = excerpt(found, expected)
    return Problem(OTHERWISE, file, line, name, shown, {"expected": right})


def miscounted(file: str, found: Counter[Shown], expected: Counter[Shown]) -> Iterator[Problem]:
    """E364 for a place with another text, E365 for a text that stands there too often or rarely."""
    missing, extra = expected - found, found - expected
    for name in dict.fromkeys(name for name, _ in (*missing, *extra)):
        wanted = [text for (own, text), n in missing.items() if own == name for _ in range(n)]
        shown = [text for (own, text), n in extra.items() if own == name for _ in range(n)]
        paired = min(len(wanted), len(shown))
        for text, right in zip(shown, wanted, strict=False):
            yield otherwise(file, name, text, right)
        for text in dict.fromkeys((*wanted[paired:], *shown[paired:])):
            times = {"expected": str(expected[name, text]), "found": str(found[name, text])}
            yield Problem(OFTEN, file, 1, name, text, times)


def unlike(file: str, found: str, expected: str) -> Iterator[Problem]:
    """E367 where two texts part: what the reading back did not name, nothing escapes."""
    if found != expected:
        at, (shown, right) = parting(found, expected), excerpt(found, expected)
        line, column = found[:at].count("\n") + 1, at - found.rfind("\n", 0, at)
        yield Problem(UNLIKE, file, line, str(column), shown, {"expected": right})
