"""What faults are made of and are: rows of an edition, edits of tables and texts, families."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field

from suyuan.contract.tables import RawTable

OBSERVATIONS = "observations"
COUNT = 20  # faults of a family, where there can be so many
Records = list[tuple[int, list[str]]]
Row = Mapping[str, str]
Raw = Mapping[str, RawTable]


@dataclass(frozen=True)
class Fault:
    """New rows for one table, or another text for a file that ``table`` then names.

    ``what`` names the row, the cell and the change, for people; ``line`` is where one cell or line
    is at fault, else 0.
    """

    id: str
    family: str
    table: str
    what: str
    rows: tuple[Row, ...]
    line: int = 0
    text: str = ""


@dataclass(frozen=True)
class Edit:
    """A change of one table before it has an id."""

    table: str
    key: str
    what: str
    rows: tuple[Row, ...] = ()
    line: int = 0
    text: str = ""


@dataclass(frozen=True)
class Edition:
    """The raw tables as rows by column name, the texts of other files by name, the keys of
    observations that values rest on, and the outcomes of claims that are the case, by their entry.
    """

    tables: Mapping[str, tuple[Row, ...]]
    keys: Mapping[str, str]
    used: frozenset[str]
    region: str
    texts: Mapping[str, str] = field(default_factory=dict)
    outcomes: Collection[tuple[str, str]] = ()

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
        line = next(n for n, r in enumerate(self.tables[table], start=2) if r is row)
        return Edit(table, row[key], told, rows, line)

    def line(self, file: str, number: int, new: str | None) -> Edit:
        """Another line of a file, counted from 1; none in its place."""
        lines = self.texts[file].split("\n")
        old = lines[number - 1]
        lines[number - 1 : number] = [] if new is None else [new]
        told = f"{old.strip()} → {'-' if new is None else new.strip()}"
        at = 0 if new is None else number
        return Edit(file, str(number), told, line=at, text="\n".join(lines))

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


def edition_of(
    raw: Raw, keys: Mapping[str, str], used: Collection[str], region: str, texts: Mapping[str, str]
) -> Edition:
    """The edition's tables as rows."""
    tables = {
        name: tuple(dict(zip(table.header, cells, strict=True)) for _, cells in table.records)
        for name, table in raw.items()
    }
    return Edition(tables, keys, frozenset(used), region, texts)
