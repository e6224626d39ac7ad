"""Texts that cells hold: values of the edition, each made whenever somebody asks for it.

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
    ``files`` are theirs as messages name them, as far as is known.
    """

    rows: Mapping[str, Records] = field(default_factory=dict)
    files: Mapping[str, str] = field(default_factory=dict, repr=False)
    _keyed: dict[str, tuple[str, dict[str, Row]]] = field(default_factory=dict, repr=False)

    def find(self, value_id: str) -> Value | None:
        """The value of that id, None where no cell holds it."""
        place = value_id.split(".", 2)
        if not (text := self._text(*place)):
            return None
        return _value(Cell(*place), text)

    def __contains__(self, value_id: object) -> bool:
        """Whether there is such a value, without making it."""
        return bool(self._text(*str(value_id).split(".", 2)))

    def _text(self, table: str, column: str = "", key: str = "") -> str:
        """What a cell holds; '' where it holds no text or there is no such cell."""
        if table not in self.rows:
            return ""
        name, rows = self._table(table)
        return rows[key].get(column, "") if key in rows and column not in (LINE, name) else ""

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
                        yield _value(Cell(table, column, key), text)

    def _table(self, table: str) -> tuple[str, dict[str, Row]]:
        """Name of a table's key, and its rows by key."""
        if table not in self._keyed:
            rows = self.rows[table]
            name = next((column for row in rows[:1] for column in row if column != LINE), "")
            self._keyed[table] = name, {row[name]: row for row in rows}
        return self._keyed[table]


def _value(cell: Cell, text: str) -> Value:
    return Value(".".join(cell), text, TEXT, text, TEXT, (cell,), meta={})
