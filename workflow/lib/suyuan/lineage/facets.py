"""Facets: what a raw row says of its cells and of the document it cites, once for all who tell it.

The panel, ``suyuan trace``, the workbook and the page's source lines read rows through here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from suyuan.contract.citations import CitedRows

Cells = Mapping[str, str]

DOCUMENTS = "sources"  # the raw table that registers the documents
DOCUMENT = ("title", "publisher", "published", "grade", "url")
NUMBERS = ("value", "minimum")  # columns of numbers as printed
OF_NUMBERS = ("unit", "comparator")  # what qualifies those and no other cell of the row
OF_ROWS = (
    "kind", "as_of", "grade", "evidence_grade", "locator", "note", "carried_from", "rationale",
    "evidence",
)  # fmt: skip
CITING = "source_id"
ROW = (CITING, *OF_NUMBERS, *OF_ROWS)  # columns that speak of the others
JUDGED = "judged"
WEAK = "weak"
# What calls for caution: flag, column of the raw row, the texts that raise it (None: any).
CAUTIONS: tuple[tuple[str, str, frozenset[str] | None], ...] = (
    (JUDGED, "kind", frozenset({JUDGED})),
    ("forecast", "kind", frozenset({"forecast"})),
    ("target", "kind", frozenset({"target"})),
    ("unverified", "kind", frozenset({"claim"})),
    (WEAK, "grade", frozenset({"low"})),
    ("aged", "aged", None),
)
WEAK_DOCUMENT = "C"
ORDER = [flag for flag, _, _ in CAUTIONS]


def said_of(cells: Cells, column: str) -> dict[str, str]:
    """What a row says of its cell in ``column``; nothing empty.

    A unit and a comparator are a number's. The grade of its evidence stands for the row's own.
    """
    wanted = (*OF_NUMBERS, *OF_ROWS) if column in NUMBERS else OF_ROWS
    found = {name: cells[name] for name in wanted if cells.get(name)}
    if "evidence_grade" in found:
        found.pop("grade", None)
    return found


def codes(register: Iterable[str]) -> dict[str, str]:
    """The short code of each document, by its place in the register: new ones go to its end."""
    return {document: f"S{place}" for place, document in enumerate(register, start=1)}


def about(document: Cells) -> dict[str, str]:
    """What the register says of a document; nothing empty."""
    return {name: document[name] for name in DOCUMENT if document.get(name)}


def in_order(flags: Iterable[str]) -> list[str]:
    """Flags in the order of ``CAUTIONS``."""
    return sorted(flags, key=ORDER.index)


class Facets(CitedRows):
    """The raw rows that a lineage cites, and what they say."""

    @classmethod
    def of(cls, root: Path, lineage: Mapping[str, Any]) -> Facets:
        return cls(root, {source["id"]: source for source in lineage["sources"]})

    def text(self, table: str, key: str, column: str) -> str:
        """A cell, '' where there is none."""
        _, cells = self.rows(table).get(key, (0, {}))
        return cells.get(column, "")

    def document(self, table: str, key: str) -> str:
        """The id of the document that a row cites, '' for none: the register cites no document."""
        return "" if table == DOCUMENTS else self.text(table, key, CITING)

    def about(self, document: str) -> dict[str, str]:
        """What the register says of a document."""
        _, cells = self.rows(DOCUMENTS)[document]
        return about(cells)

    def cautions(self, table: str, key: str) -> set[str]:
        """Flags of a raw row; the register of documents describes, it asserts nothing."""
        if table == DOCUMENTS:
            return set()
        _, cells = self.rows(table)[key]
        flags = {
            flag
            for flag, column, texts in CAUTIONS
            if (text := cells.get(column)) and (texts is None or text in texts)
        }
        weak = self.text(DOCUMENTS, self.document(table, key), "grade") == WEAK_DOCUMENT
        return flags | {WEAK} if weak else flags
