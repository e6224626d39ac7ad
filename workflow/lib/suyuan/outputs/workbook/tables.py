"""The tables of the finished report, read back from its HTML with the values in their cells.

The templates are the one place that says what a table holds; whoever needs a table elsewhere
reads it from the page, as a reader would.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

TABLE = re.compile(
    r'id="tab-(?P<name>[\w-]+)"[^>]*>(?:(?!<table\b).)*?(?P<table><table\b.*?</table>)', re.DOTALL
)
SKIPPED = {"button", "script", "style", "svg", "template"}  # controls and drawings, not contents
VOID = {"br", "hr", "img", "input", "wbr"}


@dataclass
class PrintedCell:
    """A table cell: its text, the facts in it as (value id, printed text), and its extent."""

    text: str = ""
    facts: list[tuple[str, str]] = field(default_factory=list)
    columns: int = 1
    rows: int = 1


@dataclass
class ReportTable:
    """A table with its caption; every row is as wide as the table, None where a cell extends."""

    name: str
    caption: str = ""
    head: list[list[PrintedCell | None]] = field(default_factory=list)
    body: list[list[PrintedCell | None]] = field(default_factory=list)


def report_tables(html: str) -> Iterator[ReportTable]:
    """Every captioned table of the report, in reading order."""
    for found in TABLE.finditer(html):
        reader = _Reader(found["name"])
        reader.feed(found["table"])
        reader.close()
        yield reader.table


def _laid_out(rows: list[list[PrintedCell]]) -> list[list[PrintedCell | None]]:
    """Rows on a grid: a cell that spans leaves None in the places that it covers."""
    grid: list[dict[int, PrintedCell | None]] = [{} for _ in rows]
    for number, row in enumerate(rows):
        column = 0
        for cell in row:
            while column in grid[number]:
                column += 1
            for below in grid[number : number + cell.rows]:
                below.update(dict.fromkeys(range(column, column + cell.columns)))
            grid[number][column] = cell
    width = max((max(row, default=-1) + 1 for row in grid), default=0)
    return [[row.get(column) for column in range(width)] for row in grid]


class _Reader(HTMLParser):
    """Collects the rows of one table element."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.table = ReportTable(name)
        self._rows: dict[str, list[list[PrintedCell]]] = {"thead": [], "tbody": []}
        self._part = "tbody"
        self._into: PrintedCell | None = None  # the cell or caption that text belongs to
        self._fact: str | None = None
        self._skipped = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if self._skipped or tag in SKIPPED or "hidden" in given:
            self._skipped += tag not in VOID
        elif tag in self._rows:
            self._part = tag
        elif tag == "tr":
            self._rows[self._part].append([])
        elif tag in {"td", "th"}:
            columns, rows = (int(given.get(name) or 1) for name in ("colspan", "rowspan"))
            self._into = PrintedCell(columns=columns, rows=rows)
            self._rows[self._part][-1].append(self._into)
        elif tag == "caption":
            self._into = PrintedCell()
        elif tag == "data" and self._into is not None and "data-claim" not in given:
            self._fact = given.get("data-fact")
            if self._fact:
                self._into.facts.append((self._fact, ""))
        elif tag == "br" and self._into is not None:
            self._into.text += " "

    def handle_endtag(self, tag: str) -> None:
        if self._skipped:
            self._skipped -= tag not in VOID
        elif tag in {"td", "th", "caption"} and self._into is not None:
            self._into.text = " ".join(self._into.text.split())
            if tag == "caption":
                self.table.caption = self._into.text
            self._into = None
        elif tag == "data":
            self._fact = None

    def handle_data(self, data: str) -> None:
        if self._skipped or self._into is None:
            return
        self._into.text += data
        if self._fact:
            name, text = self._into.facts[-1]
            self._into.facts[-1] = (name, text + data)

    def close(self) -> None:
        super().close()
        self.table.head = _laid_out(self._rows["thead"])
        self.table.body = _laid_out(self._rows["tbody"])
