"""A table of a page, read cell by cell by what the heads of its rows and columns say."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from suyuan.diff.passage import PLACED, Passage
from suyuan.page.tree import has_class

CELL = "cell"
Head = tuple[str, str]  # what a row is known by, and what its head prints


@dataclass
class Table:
    """A table by its heads: cells by row and column, each known by what its head says."""

    name: str
    section: str
    title: str
    rows: dict[str, dict[str, Passage]] = field(default_factory=dict)
    named: dict[str, str] = field(default_factory=dict)  # what heads of rows and columns print
    columns: list[str] = field(default_factory=list)


@dataclass
class Tabled:
    """Reads tables of a section; ``passage`` reads a cell."""

    section: str
    passage: Callable[[str, str, Element], Passage]

    def read(self, element: Element, name: str, title: str) -> Table:
        """The table of an element."""
        table = Table(name, self.section, title)
        heads = [spread(row) for row in element.findall("thead/tr")]
        for column in range(max(map(len, heads), default=0)):
            passages = [self.cell(row[column]) for row in heads if column < len(row)]
            key = unique(" ".join(p.key for p in passages), table.named)
            table.named[key] = " ".join(p.text for p in passages)
            table.columns.append(key)
        rows = (row for row in element.iter("tr") if row.find("th[@scope='col']") is None)
        self.rows(table, [(row, cells) for row in rows if (cells := spread(row))])
        return table

    def rows(self, table: Table, rows: list[tuple[Element, list[Element]]]) -> None:
        """Take down the rows. Where some have no head, it is that of the last one that has."""
        bare = any(len(cells) > 1 and not self.cell(cells[0]).text for _, cells in rows)
        group, last = "", ("", "")
        for row, cells in rows:
            head = self.head(row, cells)
            if has_class(row, "group"):
                group = head[0]
            if bare and len(cells) > 1:
                last = head if self.cell(cells[0]).text else last
                own = self.head(row, cells[1:2])
                head = (f"{last[0]}|{own[0]}", f"{last[1]} {own[1]}")
            key = unique(f"{group}|{head[0]}", table.rows)
            table.named[key] = head[1]
            while len(table.columns) < len(cells):
                table.columns.append(f"column {len(table.columns)}")
            pairs = list(zip(table.columns, cells, strict=False))[1 if bare else 0 :]
            said: dict[str, Passage] = {}
            for place, (column, cell) in enumerate(pairs):
                if not place or cell is not pairs[place - 1][1]:  # once where it spans several
                    said[column] = self.cell(cell)
            table.rows[key] = said

    def head(self, row: Element, cells: list[Element]) -> Head:
        """What a row is known by: the values of its head, or what it says; else its first value."""
        heads = [cell for cell in cells if cell.tag == "th"] or cells[:1]
        said = [self.cell(head) for head in heads]
        facts = [e.get("data-fact", "") for head in heads for e in head.iter("data")]
        keys = " ".join(passage.key.removeprefix(f"{CELL}:") for passage in said)
        if not facts and not keys.strip(f" {PLACED}"):
            facts = [e.get("data-fact", "") for e in row.iter("data")][:1]
        return " ".join(facts) or keys, " ".join(passage.text for passage in said)

    def cell(self, element: Element) -> Passage:
        return self.passage(CELL, self.section, element)


def spread(row: Element) -> list[Element]:
    """The cells of a row, one that spans several columns in each of them."""
    cells = [cell for cell in row if cell.tag in ("th", "td")]
    return [cell for cell in cells for _ in range(int(cell.get("colspan", "1")))]


def unique(key: str, taken: Mapping[str, object]) -> str:
    """``key``, numbered where it is taken."""
    if key not in taken:
        return key
    return next(f"{key}#{n}" for n in range(2, len(taken) + 3) if f"{key}#{n}" not in taken)
