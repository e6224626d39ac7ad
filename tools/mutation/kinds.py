"""What faults are made of and are: rows of an edition, edits of a table, families of them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass

from suyuan.contract.tables import RawTable

OBSERVATIONS = "observations"
Records = list[tuple[int, list[str]]]
Row = Mapping[str, str]
Raw = Mapping[str, RawTable]


@dataclass(frozen=True)
class Fault:
    """New rows for one table. ``what`` names the row, the cell and the change, for people."""

    id: str
    family: str
    table: str
    what: str
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Edit:
    """A change of one table before it has an id."""

    table: str
    key: str
    what: str
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Edition:
    """The raw tables as rows by column name, and the keys of observations that values rest on."""

    tables: Mapping[str, tuple[Row, ...]]
    keys: Mapping[str, str]
    used: frozenset[str]
    region: str

    @property
    def observations(self) -> tuple[Row, ...]:
        return self.tables[OBSERVATIONS]

    @property
    def provinces(self) -> list[str]:
        return [
            row["subject_id"]
            for row in self.tables["subjects"]
            if row["type"] == "province" and row["parent_id"] == self.region
        ]

    def types(self) -> dict[str, str]:
        return {row["subject_id"]: row["type"] for row in self.tables["subjects"]}

    def edit(self, table: str, row: Row, **cells: str) -> Edit:
        """Other contents for some cells of a row."""
        key = self.keys[table]
        rows = tuple({**r, **cells} if r is row else r for r in self.tables[table])
        told = "；".join(
            f"{name}：{row[name] or '-'} → {new or '-'}" for name, new in cells.items()
        )
        return Edit(table, row[key], told, rows)

    def swap(self, one: Row, other: Row, column: str) -> Edit:
        """One column of two observations exchanged."""
        changed = {
            id(one): {**one, column: other[column]},
            id(other): {**other, column: one[column]},
        }
        rows = tuple(changed.get(id(row), row) for row in self.observations)
        what = f"{column}：{one[column]} ↔ {other['obs_id']} {other[column]}"
        return Edit(OBSERVATIONS, one["obs_id"], what, rows)

    def drop(self, table: str, row: Row) -> Edit:
        rows = tuple(r for r in self.tables[table] if r is not row)
        return Edit(table, row[self.keys[table]], "- row", rows)

    def add(self, table: str, row: Row, **cells: str) -> Edit:
        rows = (*self.tables[table], {**row, **cells})
        return Edit(table, row[self.keys[table]], "+ row " + "；".join(cells.values()), rows)


Family = Callable[[Edition], Iterator[Edit]]


def edition_of(raw: Raw, keys: Mapping[str, str], used: Collection[str], region: str) -> Edition:
    """The edition's tables as rows."""
    tables = {
        name: tuple(dict(zip(table.header, cells, strict=True)) for _, cells in table.records)
        for name, table in raw.items()
    }
    return Edition(tables, keys, frozenset(used), region)
