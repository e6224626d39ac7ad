"""Where raw rows come from: the document that each cites, directly or through its evidence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from suyuan.contract.citations import EVIDENCE, cited
from suyuan.contract.tables import Records
from suyuan.lineage.facets import CITING, DOCUMENTS, codes
from suyuan.lineage.value import Cell

LOCATOR = "locator"


@dataclass(frozen=True)
class Origins:
    """The documents behind the rows of ``tables``, which are key and rows by table name."""

    tables: Mapping[str, tuple[str, Records]]
    _known: dict[str, dict[str, str]] = field(default_factory=dict)
    _located: dict[str, dict[str, str]] = field(default_factory=dict)

    @cached_property
    def codes(self) -> dict[str, str]:
        """The short code of each document of the register."""
        key, register = self.tables[DOCUMENTS]
        return codes(row[key] for row in register)

    def locator_of(self, cell: Cell) -> str:
        """Where in its document a raw cell's row stands, '' where it says nothing."""
        key, rows = self.tables[cell.source]
        if cell.source not in self._located:
            self._located[cell.source] = {row[key]: row.get(LOCATOR, "") for row in rows}
        return self._located[cell.source].get(cell.key, "")

    def document_of(self, cell: Cell) -> str:
        """The id of the document that a raw cell's row cites, '' where it cites none."""
        if cell.source not in self._known:
            self._known[cell.source] = self._documents(cell.source)
        return self._known[cell.source].get(cell.key, "")

    def _documents(self, name: str) -> dict[str, str]:
        key, rows = self.tables[name]
        columns = next(iter(rows), {})
        if CITING in columns and name != DOCUMENTS:
            return {row[key]: row[CITING] for row in rows}
        if EVIDENCE in columns:
            evidence, register = self.tables[EVIDENCE]
            known = {row[evidence]: row for row in register}
            return {row[key]: cited(row, known).get(CITING, "") for row in rows}
        return {}
