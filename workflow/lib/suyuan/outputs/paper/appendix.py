"""The trace appendix of the PDF for people: the marked numbers and the raw rows.

A marked number with the arithmetic and the numbers put in, and the raw rows that these rest on as
they stand in their files, with the code that their document has in the register of sources. What is
not marked is in lineage.json.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from suyuan.contract.edition import OBSERVATIONS
from suyuan.core.names import shortened
from suyuan.lineage.facets import NUMBERS
from suyuan.lineage.forms import LONGEST, written
from suyuan.lineage.names import NAME, Names
from suyuan.lineage.value import TEXT, Cell, Value, indicator_of
from suyuan.outputs.paper.links import anchor_of, place_of
from suyuan.outputs.paper.marks import Marks, Rule
from suyuan.page.origins import LOCATOR
from suyuan.page.page import Page

RowKey = tuple[str, str]  # table and key
CUT = 28  # characters of a raw text
PLACE = 16  # characters of a locator
SHORT = 70  # characters of listed operands
TABLES = 3  # that a number on many rows names


@dataclass(frozen=True)
class Entry:
    """A marked number: as printed, what it is called, how it was made, and the rows it rests on."""

    mark: int
    anchor: str
    place: str
    shown: str
    name: str
    made: str
    rows: str
    ours: bool  # set by this project, as a parameter is


@dataclass(frozen=True)
class Row:
    """A raw row: its key, what it is, its cells as they stand, and where the document says so."""

    key: str
    name: str
    value: str
    code: str
    locator: str
    period: str


@dataclass(frozen=True)
class Appendix:
    """What the trace appendix prints."""

    entries: Sequence[Entry]
    rows: Sequence[Row]
    digest: str  # of the attached lineage.json


@dataclass(frozen=True)
class Writer:
    """Writes the appendix of a page; ``titles`` are those of the tables."""

    page: Page
    marks: Marks
    rule: Rule
    titles: Mapping[str, str]
    names: Names

    @classmethod
    def of(cls, page: Page, marks: Marks, rule: Rule, titles: Mapping[str, str]) -> Writer:
        return cls(page, marks, rule, titles, page.names())

    def appendix(self, digest: str) -> Appendix:
        """The appendix; no longer than the rule allows, however much the report holds."""
        rested = self.rested()
        entries = [self.entry(value_id, rested) for value_id in self.marks.numbers]
        wanted = {row for rows in rested.values() for row in rows}
        listed = [row for row in self.in_file_order() if row in wanted]
        cells: dict[RowKey, dict[str, Cell]] = {}
        for value_id in rested:
            for cell in self.page.ledger.roots(value_id):
                cells.setdefault((cell.source, cell.key), {})[cell.column] = cell
        rows = [self.row(row, [*cells[row].values()]) for row in listed]
        return Appendix(entries, rows, digest)

    def rested(self) -> dict[str, list[RowKey]]:
        """The raw rows of each marked number whose rows are listed.

        Few of its own, all within the limit, the most important numbers first.
        """
        found: dict[str, list[RowKey]] = {}
        listed: set[RowKey] = set()
        for value_id in self.marks.chosen:
            rows = self.rows_of(value_id)
            if len(rows) <= self.rule.rows_of_one and len(listed | {*rows}) <= self.rule.rows:
                listed |= {*rows}
                found[value_id] = rows
        return found

    def rows_of(self, value_id: str) -> list[RowKey]:
        """The raw rows that a value goes back to, each once."""
        roots = self.page.ledger.roots(value_id)
        return list(dict.fromkeys((cell.source, cell.key) for cell in roots))

    def in_file_order(self) -> Iterator[RowKey]:
        """All rows, the observations first."""
        for table in dict.fromkeys((OBSERVATIONS, *self.page.tables)):
            key, rows = self.page.tables[table]
            yield from ((table, row[key]) for row in rows)

    def entry(self, value_id: str, rested: Mapping[str, Sequence[RowKey]]) -> Entry:
        value, number = self.page.ledger[value_id], self.marks.numbers[value_id]
        rows = rested.get(value_id)
        said = "、".join(key for _, key in rows) if rows else self.many(self.rows_of(value_id))
        name = self.names.of(value_id, derived=bool(value.parents))
        return Entry(
            number, anchor_of(value_id), place_of(number), self.shown(value), name,
            self.made(value), said, self.ours(value),
        )  # fmt: skip

    def many(self, rows: Sequence[RowKey]) -> str:
        """How many rows there are, by table."""
        counts: dict[str, int] = {}
        for table, _ in rows:
            counts[table] = counts.get(table, 0) + 1
        words = self.page.words["appendix"]
        named = [
            words["rows"].format(self.titles[table], count)
            for table, count in sorted(counts.items(), key=lambda one: -one[1])
        ]
        more = words["more"].format(len(named)) if len(named) > TABLES else ""
        return "、".join(named[:TABLES]) + more

    def suffix(self, value: Value) -> str:
        """The unit that is printed after a value, '' for none."""
        if value.unit == TEXT:
            return ""
        return self.page.ledger.codebook.suffix(indicator_of(value.id))

    def shown(self, value: Value, *, units: bool = True) -> str:
        """A value as the page prints it: comparator, number and unit."""
        if value.unit == TEXT:
            return shortened(value.txt, CUT)
        comparator = self.page.words["comparator"][value.meta.get("comparator", "=")]
        unit = self.suffix(value) if units else ""
        return " ".join(filter(None, (comparator, value.txt, unit)))

    def made(self, value: Value) -> str:
        """The arithmetic with numbers put in, or in words where an operation has none.

        Units are written where the operands differ in them.
        """
        words, ledger = self.page.words, self.page.ledger
        if not value.parents:
            said = words["appendix"]["set" if self.ours(value) else "recorded"]
            return str(said).format(as_recorded(value))
        operation = ledger.operations[value.op]
        parents = [ledger[parent] for parent in value.parents]
        alike = len({self.suffix(parent) for parent in parents}) == 1
        operands = [self.shown(parent, units=not alike) for parent in parents]
        marked = [self.marks.numbers[p.id] for p in parents if p.id in self.marks.numbers]
        listed = "、".join(map(str, sorted(marked)))
        see = words["appendix"]["see"].format(listed) if marked and len(parents) <= LONGEST else ""
        if line := written(operation.form, operands):
            return f"{line} = {self.shown(value)}{see}"
        if value.op == "same":
            return f"{words['op']['same']}{self.names.of(parents[0].id, derived=True)}{see}"
        if parents[0].parents and len(parents) == 1:  # the result of an analysis
            analysis = parents[0]
            return f"{words['op'][analysis.op]}：{self.counted(len(analysis.parents))}"
        said = "、".join(dict.fromkeys(operands))
        if operation.counting or len(parents) > LONGEST or len(said) > SHORT:
            said = self.counted(len(parents))
        return f"{words['op'][value.op]}：{said}{see}"

    def ours(self, value: Value) -> bool:
        """Whether a value is recorded, and in no document."""
        return not value.parents and not self.page.origins.document_of(value.src[0])

    def counted(self, operands: int) -> str:
        """How many operands there are."""
        return str(self.page.words["appendix"]["operands"].format(operands))

    def row(self, row: RowKey, cells: Sequence[Cell]) -> Row:
        table, key = row
        own = self.cells_of(row)
        document = self.page.origins.document_of(Cell(table, "", key))
        code = self.page.origins.codes[document] if document else self.page.words["appendix"]["own"]
        texts = [self.printed(own, cell.column) for cell in cells]
        return Row(
            key,
            self.name(row, own),
            "；".join(texts),
            code,
            self.locator(own),
            own.get("as_of", ""),
        )

    def locator(self, own: Mapping[str, str]) -> str:
        """Where in its document a row stands; an address is that of the document."""
        said = own.get(LOCATOR, "")
        return "" if "://" in said else shortened(said, PLACE)

    def cells_of(self, row: RowKey) -> Mapping[str, str]:
        """A raw row as it stands in its file."""
        key, rows = self.page.tables[row[0]]
        return next(cells for cells in rows if cells[key] == row[1])

    def printed(self, own: Mapping[str, str], column: str) -> str:
        """A cell as it stands, a number with its comparator and unit."""
        if column not in NUMBERS:
            return shortened(own[column], CUT)
        comparator = self.page.words["comparator"][own.get("comparator") or "="]
        return " ".join(filter(None, (comparator, own[column], own.get("unit", ""))))

    def name(self, row: RowKey, own: Mapping[str, str]) -> str:
        """What a raw row is about: of an observation its value's name, else its table's."""
        table, key = row
        if table == OBSERVATIONS:
            parts = (own["subject_id"], own["indicator_id"], own["qualifier"])
            return self.names.of(".".join(filter(None, parts)), derived=False)
        named = own.get(NAME) or own.get("title") or self.names.named(key)
        return f"{self.titles[table]} {shortened(named, CUT) if named != key else ''}".strip()


def as_recorded(value: Value) -> str:
    """A recorded number as its row prints it; a bare number's unit is one."""
    return f"{value.printed} {value.printed_unit.removeprefix('1')}".strip()
