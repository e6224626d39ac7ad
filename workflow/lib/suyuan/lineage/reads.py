"""Reads: what decides values without being their operands, noted while they are derived.

A ledger opens a reading, and what is read in it (cells of tables, keys of configuration files,
other values) becomes one group. Every value derived in it goes back to the group as a whole, so a
computation cannot select, order or convert by something without saying so.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Protocol

from suyuan.contract.tables import LINE, Records, Tables, rowwise
from suyuan.lineage.value import Cell

ALL = "*"  # every row of a table, or everything below a key of a YAML file


@dataclass
class Group:
    """What was read in one reading.

    ``rule`` says in a few words how it selects. ``cells`` are the keys read of each (table,
    column), None for every row; of a YAML file, of each (file, key). ``values`` are ids of values
    that were looked at.
    """

    name: str
    rule: str
    cells: dict[tuple[str, str], dict[str, None] | None] = field(default_factory=dict)
    values: dict[str, None] = field(default_factory=dict)

    def copy(self) -> Group:
        """Another of the same; what is noted in either is not in the other."""
        cells = {place: keys if keys is None else dict(keys) for place, keys in self.cells.items()}
        return replace(self, cells=cells, values=dict(self.values))

    @property
    def size(self) -> tuple[int, ...]:
        """Another after whatever is noted."""
        return len(self.values), *(
            -1 if keys is None else len(keys) for keys in self.cells.values()
        )

    def note(self, table: str, column: str, keys: Iterable[str] | None) -> None:
        """Cells of a column were read; None: all of them."""
        place = (table, column)
        if keys is None:
            self.cells[place] = None
        elif (known := self.cells.setdefault(place, {})) is not None:
            known.update(dict.fromkeys(keys))

    def add(self, other: Group) -> None:
        """What was read in another reading is read again."""
        for (table, column), keys in other.cells.items():
            self.note(table, column, keys)
        self.values.update(other.values)

    def to_json(self, values: Iterable[str]) -> dict[str, Any]:
        """Its entry of ``via`` in lineage.json, with those of its values that are to be named."""
        cells = [
            [table, column, ALL if keys is None else sorted(keys)]
            for (table, column), keys in sorted(self.cells.items())
        ]
        entry: dict[str, Any] = {"rule": self.rule, "cells": cells}
        named = sorted(values)
        return entry | ({"in": named} if named else {})

    @classmethod
    def from_json(cls, name: str, entry: Mapping[str, Any]) -> Group:
        """The group that ``to_json`` wrote."""
        group = cls(name, entry["rule"], values=dict.fromkeys(entry.get("in", ())))
        for table, column, keys in entry["cells"]:
            group.note(table, column, None if keys == ALL else keys)
        return group


class Notes(Protocol):
    """Whoever takes down what is read: a ledger."""

    def note(self, table: str, column: str, keys: Iterable[str] | None) -> None: ...

    def own_row(self, table: str, column: str, columns: Sequence[str]) -> None: ...


@dataclass(frozen=True)
class Rows:
    """Rows of a table, which cannot be selected, ordered or looked into unnoticed.

    ``whole``: they are all that the table has, so that another row would be among them.
    """

    notes: Notes
    table: str
    key: str
    records: Records
    whole: bool = True

    def _note(self, column: str) -> None:
        if column != LINE:
            self.notes.note(self.table, column, None if self.whole else self._keys())

    def _keys(self) -> list[str]:
        return [record[self.key] for record in self.records]

    def _of(self, records: Records) -> Rows:
        return Rows(self.notes, self.table, self.key, records, whole=False)

    @property
    def name(self) -> str:
        """The key of the one row that ``each`` gave."""
        (key,) = self._keys()
        return key

    def __len__(self) -> int:
        self._note(self.key)
        return len(self.records)

    def row_keys(self) -> list[str]:
        """The key of each row."""
        self._note(self.key)
        return self._keys()

    def column(self, name: str) -> list[str]:
        """The cells of a column."""
        self._note(name)
        return [record[name] for record in self.records]

    def where(self, **cells: str) -> Rows:
        """The rows whose cells are these."""
        return self.where_in(**{column: (text,) for column, text in cells.items()})

    def where_in(self, **cells: Sequence[str]) -> Rows:
        """The rows whose cells are among these."""
        for column in cells:
            self._note(column)
        return self._of(
            [r for r in self.records if all(r[column] in texts for column, texts in cells.items())]
        )

    def without(self, **cells: str) -> Rows:
        """The rows whose cells are none of these."""
        for column in cells:
            self._note(column)
        return self._of(
            [r for r in self.records if all(r[column] != text for column, text in cells.items())]
        )

    def by(self, column: str) -> dict[str, Rows]:
        """The rows of each text in a column, in the order of the rows."""
        self._note(column)
        found: dict[str, list[Mapping[str, str]]] = {}
        for record in self.records:
            found.setdefault(record[column], []).append(record)
        return {text: self._of(records) for text, records in found.items()}

    def ordered(self, *columns: str) -> Rows:
        """The same rows by numbers in columns; equals stay in the order of the table."""
        for column in columns:
            self._note(column)
        ordered = sorted(self.records, key=lambda row: [int(row[column]) for column in columns])
        return Rows(self.notes, self.table, self.key, ordered, self.whole)

    def cells(self, column: str) -> list[str]:
        """Ids of the values that the cells of a column are."""
        return [f"{self.table}.{column}.{key}" for key in self.row_keys()]

    def take(self, *columns: str) -> list[dict[str, str]]:
        """The cells of some columns, row by row."""
        for column in columns:
            self._note(column)
        return [{column: record[column] for column in columns} for record in self.records]

    def each(self) -> list[Rows]:
        """Every row by itself; which rows there are is noted."""
        self._note(self.key)
        return [self._of([record]) for record in self.records]

    def recorded(self, column: str, *beside: str) -> Iterator[tuple[Cell, str, list[str]]]:
        """The cells of a column that become values, and what stands beside each in its row.

        These decide the value of their own row and no other, so they are noted once.
        """
        self.notes.own_row(self.table, column, beside)
        for record in self.records:
            if record[column]:
                cell = Cell(self.table, column, record[self.key])
                yield cell, record[column], [record[name] for name in beside]


@dataclass(frozen=True)
class Shelf:
    """The tables of an edition; all that is read of them is noted."""

    notes: Notes
    tables: Mapping[str, Records] | Tables
    _opened: dict[str, Rows] = field(default_factory=dict, repr=False, compare=False)

    def __contains__(self, name: str) -> bool:
        return name in self.tables

    def __getitem__(self, name: str) -> Rows:
        if name not in self._opened:
            self._opened[name] = self._open(name)
        return self._opened[name]

    def _open(self, name: str) -> Rows:
        table = self.tables[name]
        records: Records = table if isinstance(table, Sequence) else rowwise({name: table})[name]
        columns = [column for row in records[:1] for column in row if column != LINE]
        key = columns[0] if columns else ""  # keys come first; a table without rows has none
        return Rows(self.notes, name, key, records)
