"""Changed inputs: which cells of data, configuration and method two sides do not share.

Files are compared by what they say: by row key and column. The order of rows and columns, line
ends, byte marks and columns that only order a display are no change.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from suyuan.contract.schema import Schema
from suyuan.diff.sides import EDITION, Row, Rows, Side
from suyuan.lineage.reads import ALL

WHOLE = "*"  # column of a factor that is a row


class Kind(StrEnum):
    """What sort of input moved a value; method never reads as data."""

    DATA = "data"
    CONFIG = "config"
    METHOD = "method"
    CODE = "code"


@dataclass(frozen=True)
class Change:
    """One input cell that differs; '' is what a side without the row says."""

    source: str
    key: str
    column: str
    change: str  # changed, added or removed
    before: str
    after: str
    kind: Kind


@dataclass(frozen=True)
class Factor:
    """What is put in place as one: a changed cell, or a row that came, went or was renamed.

    ``keys`` are the keys of its row on either side; '' where a side has no such row.
    """

    source: str
    column: str  # WHOLE for a row
    keys: tuple[str, str]
    kind: Kind
    changes: tuple[Change, ...]
    group: str  # subject:… or table:…, what many factors are grouped by

    @property
    def ref(self) -> str:
        """``<source>.<column>.<key>``, as a raw cell is called elsewhere."""
        return f"{self.source}.{self.column}.{self.keys[1] or self.keys[0]}"


@dataclass(frozen=True)
class Inputs:
    """All that differs; a factor's place in ``factors`` is its bit.

    ``called`` are the rows that have another key: source, key before, key after; that of the
    edition is among them. ``schemas`` say of tables what they are for.
    """

    factors: tuple[Factor, ...]
    called: tuple[tuple[str, str, str], ...]
    schemas: Mapping[str, Schema]

    @property
    def told(self) -> list[Factor]:
        """What counts as an input: neither the order of what is shown, nor a register's rows."""
        return [
            factor
            for factor in self.factors
            if not self.is_display(factor.source, factor.column) and not self.is_register(factor)
        ]

    @property
    def changes(self) -> list[Change]:
        """The changed cells of these, in the order of the files."""
        return [change for factor in self.told for change in factor.changes]

    @property
    def display(self) -> list[Change]:
        """Changed cells that only order what is shown."""
        ordering = (f for f in self.factors if self.is_display(f.source, f.column))
        return [change for factor in ordering for change in factor.changes]

    @property
    def renamed(self) -> list[tuple[str, str, str]]:
        """Rows that were given another key: an edition is another one."""
        return [keys for keys in self.called if keys[0] != EDITION]

    def is_display(self, source: str, column: str) -> bool:
        """Whether a column only orders what is shown."""
        schema = self.schemas.get(source)
        return schema is not None and any(f.display for f in schema.fields if f.name == column)

    def is_register(self, factor: Factor) -> bool:
        """Whether a factor is a row of a table that records what became of others' rows."""
        schema = self.schemas.get(factor.source)
        return schema is not None and schema.register


def inputs(base: Side, head: Side, schemas: Mapping[str, Schema]) -> Inputs:
    """What differs between the inputs of two sides; ``schemas`` say what a table is for."""
    factors: list[Factor] = []
    called: list[tuple[str, str, str]] = []
    for source in {**base.sources, **head.sources}:
        known = [side.sources.get(source, {}).get("sha256") for side in (base, head)]
        if known[0] != known[1]:
            table = _Table.of(source, base, head, schemas.get(source))
            called += [(source, *keys) for keys in table.renamed]
            factors += table.factors()
    return Inputs(tuple(factors), tuple(called), schemas)


@dataclass(frozen=True)
class _Table:
    """One source on both sides."""

    source: str
    kind: Kind
    key: str  # its key column; '' in a YAML file
    before: Rows
    after: Rows
    renamed: Sequence[tuple[str, str]]

    @classmethod
    def of(cls, source: str, base: Side, head: Side, schema: Schema | None) -> _Table:
        before, after = base.rows_apart(source, head), head.rows_apart(source, base)
        kind = Kind(schema.decides) if schema else Kind.CONFIG  # a YAML file has no schema
        entry = head.sources.get(source) or base.sources[source]
        key = entry["key"][0] if entry["key"] else ""
        if source == EDITION:
            renamed = [(base.edition, head.edition)] if base.edition != head.edition else []
        else:
            renamed = _renamed(before, after, key)
        return cls(source, kind, key, before, after, renamed)

    def factors(self) -> Iterator[Factor]:
        """In the order of the head's rows, then the rows that went."""
        old_of = {new: old for old, new in self.renamed}
        gone = {old for old, _ in self.renamed}
        for key, row in self.after.items():
            old = old_of.get(key, key)
            if old not in self.before:
                yield self._row("", key, "added", row)
            elif old != key and self.source != EDITION:
                change = self._change(key, self.key, "changed", old, key)
                yield self._factor(WHOLE, (old, key), [change], row)
            else:
                yield from self._cells(old, key, self.before[old], row)
        for key, row in self.before.items():
            if key not in self.after and key not in gone:
                yield self._row(key, "", "removed", row)

    def _cells(self, old: str, key: str, before: Row, after: Row) -> Iterator[Factor]:
        for column in {**before, **after}:
            was, now = before.get(column, ""), after.get(column, "")
            if was != now:
                change = self._change(key, column, "changed", was, now)
                yield self._factor(column, (old, key), [change], after)

    def _row(self, old: str, new: str, change: str, row: Row) -> Factor:
        cells = [
            self._change(
                new or old, column, change, "" if change == "added" else text,
                text if change == "added" else "",
            )
            for column, text in row.items()
            if text
        ]  # fmt: skip
        return self._factor(WHOLE, (old, new), cells, row)

    def _change(self, key: str, column: str, change: str, before: str, after: str) -> Change:
        return Change(self.source, key, column, change, before, after, self.kind)

    def _factor(
        self, column: str, keys: tuple[str, str], changes: Sequence[Change], row: Row
    ) -> Factor:
        subject = row.get("subject_id")
        group = f"subject:{subject}" if subject else f"table:{self.source}"
        return Factor(self.source, column, keys, self.kind, tuple(changes), group)


def _renamed(before: Rows, after: Rows, key: str) -> list[tuple[str, str]]:
    """Rows that went and came with the same cells under another key, where that is sure."""

    def by_cells(rows: Rows, others: Rows) -> dict[tuple[tuple[str, str], ...], list[str]]:
        found: dict[tuple[tuple[str, str], ...], list[str]] = {}
        for name, row in rows.items():
            if name not in others:
                cells = tuple(sorted((c, t) for c, t in row.items() if c != key))
                found.setdefault(cells, []).append(name)
        return found

    if not key:
        return []
    gone, came = by_cells(before, after), by_cells(after, before)
    return [
        (gone[cells][0], names[0])
        for cells, names in came.items()
        if len(names) == 1 and len(gone.get(cells, ())) == 1
    ]


class Bits:
    """Which factors lie in cells, as a bit mask; for one side (0 base, 1 head)."""

    def __init__(self, factors: Sequence[Factor], side: int) -> None:
        self._cells: dict[tuple[str, str, str], int] = {}
        self._rows: dict[tuple[str, str], int] = {}
        self._columns: dict[tuple[str, str], int] = {}
        self._tables: dict[str, int] = {}  # rows that came or went: in every column
        self._touched = {(factor.source, factor.keys[side]) for factor in factors}
        for place, factor in enumerate(factors):
            bit, source, key = 1 << place, factor.source, factor.keys[side]
            if factor.column == WHOLE:
                self._rows[source, key] = self._rows.get((source, key), 0) | bit
                self._tables[source] = self._tables.get(source, 0) | bit
            else:
                cell = (source, factor.column, key)
                self._cells[cell] = self._cells.get(cell, 0) | bit
                column = (source, factor.column)
                self._columns[column] = self._columns.get(column, 0) | bit

    def cell(self, source: str, column: str, key: str) -> int:
        """Factors in one cell."""
        return self._cells.get((source, column, key), 0) | self._rows.get((source, key), 0)

    def own(self, source: str, column: str, key: str) -> int:
        """The factor that changed just this cell, not one that brought or took its row."""
        return self._cells.get((source, column, key), 0)

    def touched(self, source: str, key: str) -> bool:
        """Whether anything in a row changed."""
        return (source, key) in self._touched

    def read(self, source: str, column: str, keys: Sequence[str] | str) -> int:
        """Factors in the cells that a group names; ALL rows, or some."""
        if keys == ALL:
            return self._columns.get((source, column), 0) | self._tables.get(source, 0)
        found = 0
        for key in keys:
            found |= self.cell(source, column, key)
        return found
