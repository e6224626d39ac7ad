"""Rows that code, data and templates know by name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from suyuan.core.errors import ConfigError, Problem

T = TypeVar("T")


class Named(dict[str, T]):
    """Rows of a table by the names that code, data and templates know them by."""

    def __init__(self, file: str, column: str, rows: Mapping[str, T]) -> None:
        super().__init__(rows)
        self.file, self.column = file, column

    def __missing__(self, name: str) -> T:
        """Raises ConfigError E160: somebody relies on a row that is not there."""
        raise ConfigError(Problem("E160", self.file, 0, self.column, name))
