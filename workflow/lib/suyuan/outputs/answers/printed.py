"""What the delivered report.html prints, in one pass: texts with the values that stand in them.

The file is ours and written strictly (page/tree.py), so that tags are told apart by their signs.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path

from suyuan.outputs.answers.asked import plain

_ASIDE = re.compile(r"<(script|style|svg|nav|details)\b.*?</\1>", re.DOTALL)  # drawn or said again
_TOKEN = re.compile(r"<(/?)([a-z][a-z0-9]*)([^>]*)>|([^<]+)")
_ATTRIBUTE = re.compile(r'([\w-]+)="([^"]*)"')
_RUNS = frozenset({"data", "span", "a", "b", "strong", "em", "i", "sub", "sup", "small", "abbr"})
_MARK = re.compile(r"m-(.+)-\d+")
EXHIBITS = {"fig": "figure", "tab": "table"}


@dataclass
class Exhibit:
    """A figure or table: its number and title as the page prints them."""

    kind: str
    name: str
    section: str
    label: str = ""
    title: str = ""

    @property
    def anchor(self) -> str:
        return f"{self.kind[:3]}-{self.name}"


@dataclass
class Spot:
    """A value in its place: from ``start`` to ``end`` of the plain text."""

    fact: str
    claim: str
    anchor: str
    start: int
    section: str
    exhibit: Exhibit | None
    row: int = -1
    column: int = -1
    end: int = 0


@dataclass
class _Grid:
    """The cells of a table as they are read: texts by row, and which row is the head's."""

    head: list[str] = field(default_factory=list)
    rows: list[str] = field(default_factory=list)  # what each row is called


@dataclass
class Printed:
    """The page: its plain text, the values in it, its sections, figures and tables."""

    text: str = ""
    spots: list[Spot] = field(default_factory=list)
    sections: dict[str, str] = field(default_factory=dict)  # headings by name
    exhibits: dict[str, Exhibit] = field(default_factory=dict)  # by anchor
    _grids: dict[str, _Grid] = field(default_factory=dict)
    _by_anchor: dict[str, Spot] = field(default_factory=dict)

    @classmethod
    def read(cls, path: Path) -> Printed:
        """The page in a file; an empty one where there is none."""
        page = cls()
        if path.is_file():
            _Reader(page).read(path.read_text(encoding="utf-8"))
        return page

    def spot(self, anchor: str) -> Spot | None:
        """The value whose element has that id."""
        if not self._by_anchor:
            self._by_anchor |= {spot.anchor: spot for spot in self.spots}
        return self._by_anchor.get(anchor)

    def figure_of(self, mark: str) -> Exhibit | None:
        """The figure that a mark with that id stands in."""
        found = _MARK.fullmatch(mark)
        return self.exhibits.get(f"fig-{found[1]}" if found else mark)

    def cell(self, spot: Spot) -> tuple[str, str]:
        """What the row and the column of a value in a table are called."""
        grid = self._grids.get(spot.exhibit.anchor) if spot.exhibit else None
        if grid is None or spot.row < 0:
            return "", ""
        column = grid.head[spot.column] if spot.column < len(grid.head) else ""
        return grid.rows[spot.row], column

    def inside(self, exhibit: Exhibit) -> Iterator[Spot]:
        """The values in a table, in reading order."""
        return (spot for spot in self.spots if spot.exhibit is exhibit)

    def saying(self, wanted: str) -> list[Spot]:
        """The values in the places that read ``wanted``, which is plain; inner ones first."""
        found: dict[int, Spot] = {}
        starts = [spot.start for spot in self.spots]
        at = self.text.find(wanted)
        while at >= 0:
            end = at + len(wanted)
            for place in range(bisect_right(starts, end - 1) - 1, -1, -1):
                spot = self.spots[place]
                if spot.end > at and spot.start < end:
                    found[place] = spot
                elif at - spot.start > LONGEST:
                    break
            at = self.text.find(wanted, end)
        return [found[place] for place in sorted(found)]


LONGEST = 2000  # characters that a marked text may span


class _Reader:
    """Reads the page's tags one after the other."""

    def __init__(self, page: Printed) -> None:
        self.page, self.size = page, 0
        self.pieces: list[str] = []
        self.open: list[Spot | None] = []  # data elements
        self.section = ""
        self.exhibit: Exhibit | None = None
        self.caption: list[str] | None = None  # of the figure whose name comes after it
        self.heard: list[str] | None = None  # the text of what is read for itself
        self.row = self.column = -1
        self.in_head = False

    def read(self, html: str) -> None:
        html = _ASIDE.sub("", html)
        for closing, tag, attributes, text in _TOKEN.findall(html, max(html.find("<body"), 0)):
            if text:
                self.say(text)
            elif closing:
                self.end(tag)
            else:
                self.begin(tag, attributes)
        self.page.text = "".join(self.pieces)

    def say(self, text: str) -> None:
        text = unescape(text) if "&" in text else text
        if self.heard is not None:
            self.heard.append(text)
        self.add(plain(text))

    def add(self, text: str) -> None:
        self.pieces.append(text)
        self.size += len(text)

    def begin(self, tag: str, written: str) -> None:
        if tag not in _RUNS:
            self.add("\n")
        if tag == "data":
            self.value(dict(_ATTRIBUTE.findall(written)))
        elif tag in {"h1", "h2"}:
            anchor = dict(_ATTRIBUTE.findall(written)).get("id", "")
            self.section = anchor.removeprefix("sec-") if tag == "h2" else ""
            self.heard = []
        elif tag == "div" and 'id="tab-' in written:
            name = dict(_ATTRIBUTE.findall(written))["id"].removeprefix("tab-")
            self.exhibit = self.placed(Exhibit("table", name, self.section))
            self.page._grids[self.exhibit.anchor] = _Grid()
            self.row = -1
        elif tag in {"caption", "figcaption", "th", "td"}:
            self.heard = []
            if tag in {"th", "td"}:
                self.column += 1
        elif tag == "thead":
            self.in_head = True
        elif tag == "tr" and self.exhibit:
            self.column = -1
            if not self.in_head:
                self.row += 1
                self.page._grids[self.exhibit.anchor].rows.append("")

    def placed(self, exhibit: Exhibit) -> Exhibit:
        self.page.exhibits[exhibit.anchor] = exhibit
        return exhibit

    def value(self, about: dict[str, str]) -> None:
        anchor = about.get("id", "")
        if about.get("class") == "graphic":
            figure = self.placed(Exhibit("figure", anchor.removeprefix("fig-"), self.section))
            figure.label, _, figure.title = "".join(self.caption or ()).partition("\t")
            self.open.append(None)
            return
        spot = Spot(
            about.get("data-fact", ""), about.get("data-claim", ""), anchor, self.size,
            self.section, self.exhibit,
            self.row if self.exhibit and not self.in_head else -1, self.column,
        )  # fmt: skip
        self.page.spots.append(spot)
        self.open.append(spot)

    def end(self, tag: str) -> None:
        if tag == "data":
            if spot := self.open.pop():
                spot.end = self.size
            return
        if tag not in _RUNS:
            self.add("\n")
        heard = " ".join("".join(self.heard or ()).split())
        if tag == "h2":
            self.page.sections[self.section] = heard
        elif tag == "figcaption":
            self.caption = [_labelled(heard)]
        elif tag == "caption" and self.exhibit:
            self.exhibit.label, _, self.exhibit.title = _labelled(heard).partition("\t")
        elif tag in {"th", "td"} and self.exhibit:
            self.cell(tag, heard)
        elif tag == "thead":
            self.in_head = False
        elif tag == "table":
            self.exhibit = None
        if tag not in _RUNS:
            self.heard = None if tag in _HEARD else self.heard

    def cell(self, tag: str, heard: str) -> None:
        assert self.exhibit
        grid = self.page._grids[self.exhibit.anchor]
        if self.in_head:
            grid.head[self.column : self.column + 1] = [heard]
        elif tag == "th" or not grid.rows[self.row]:
            grid.rows[self.row] = f"{grid.rows[self.row]} {heard}".strip() if tag == "th" else heard


_HEARD = frozenset({"h1", "h2", "caption", "figcaption", "th", "td"})


def _labelled(heard: str) -> str:
    """A caption with a tab between what the exhibit is called and its title."""
    found = re.match(r"(\D+?\s*\d+)\s+", heard)
    return f"{found[1]}\t{heard[found.end() :]}" if found else f"{heard}\t"
