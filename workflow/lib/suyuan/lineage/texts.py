"""Texts that cells hold: values of the edition, each made when somebody asks for it.

A row has a dozen of them and a report shows few, so those that nobody asks for cost nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from suyuan.contract.tables import LINE, Records
from suyuan.lineage.value import TEXT, Cell, Value

Row = Mapping[str, str]


@dataclass(frozen=True)
class Texts:
    """A text value ``<table>.<column>.<key>`` for every cell that is not empty and no key.

    ``rows`` are the tables by name; the first column of each, beside the line, is its key.
    """

    rows: Mapping[str, Records] = field(default_factory=dict)
    _keyed: dict[str, tuple[str, dict[str, Row]]] = field(default_factory=dict, repr=False)
    _made: dict[str, Value] = field(default_factory=dict, repr=False)

    def find(self, value_id: str) -> Value | None:
        """The value of that id, None where no cell holds it."""
        if found := self._made.get(value_id):
            return found
        table, _, rest = value_id.partition(".")
        if table not in self.rows:
            return None
        column, _, key = rest.partition(".")
        name, rows = self._table(table)
        if key not in rows or column in (LINE, name) or not (text := rows[key].get(column)):
            return None
        return self._made.setdefault(value_id, _value(table, column, key, text))

    def __iter__(self) -> Iterator[Value]:
        """All of them, column by column."""
        for table in self.rows:
            name, rows = self._table(table)
            columns = next(iter(rows.values()), {})
            for column in columns:
                if column in (LINE, name):
                    continue
                for key, row in rows.items():
                    if text := row[column]:
                        yield _value(table, column, key, text)

    def _table(self, table: str) -> tuple[str, dict[str, Row]]:
        """Name of a table's key, and its rows by key."""
        if table not in self._keyed:
            rows = self.rows[table]
            name = next((column for row in rows[:1] for column in row if column != LINE), "")
            self._keyed[table] = name, {row[name]: row for row in rows}
        return self._keyed[table]


def _value(table: str, column: str, key: str, text: str) -> Value:
    cell = Cell(table, column, key)
    return Value(f"{table}.{column}.{key}", text, TEXT, text, TEXT, (cell,), meta={})
