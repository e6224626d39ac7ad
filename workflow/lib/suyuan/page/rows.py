"""Rows of the tables as templates read them: every cell prints itself as a traced text."""

from __future__ import annotations

from collections.abc import Mapping

from markupsafe import Markup

from suyuan.page.printer import Printer


class PrintedRow:
    """A table row in a template: ``row.goal`` prints the cell as a traced text."""

    def __init__(self, page: Printer, table: str, key: str, cells: Mapping[str, str]) -> None:
        self._page, self._table, self.key, self.raw = page, table, key, cells

    def __getattr__(self, column: str) -> Markup:
        if column not in self.raw:
            raise AttributeError(column)
        if not self.raw[column]:
            return self._page.unknown()
        return self._page.fact(f"{self._table}.{column}.{self.key}")

    def listed(self, column: str) -> Markup:
        """A cell whose parts are joined by ';', printed as a list in words."""
        return self._page.listed(f"{self._table}.{column}.{self.key}")

    def dated(self, column: str) -> Markup:
        """A cell that holds a period, printed in words."""
        if not self.raw[column]:
            return self._page.unknown()
        return self._page.dated(f"{self._table}.{column}.{self.key}")
