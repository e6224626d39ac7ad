"""A table as the contract looks at it: rows by column name, with the lines they stand on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from suyuan.contract.schema import Schema
from suyuan.core.errors import Problem


@dataclass(frozen=True)
class Row:
    """A record by column name, with its line number in the file."""

    line: int
    cells: Mapping[str, str]


@dataclass(frozen=True)
class Table:
    """The lawfully shaped rows of one raw file; ``file`` is the name messages print."""

    schema: Schema
    file: str
    rows: tuple[Row, ...]

    def keyed(self) -> dict[str, Row]:
        """Each row by its key."""
        return {row.cells[self.schema.primary_key]: row for row in self.rows}

    def problem(self, code: str, row: Row, column: str, **details: str) -> Problem:
        return Problem(code, self.file, row.line, column, row.cells[column], details)
