"""Citations: the documents behind a judged row, which names evidence instead of a document.

A row of ratings, verdicts or estimates lists ids of the evidence register; the register's rows cite
documents with their locators.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from suyuan.contract.carrying import CARRIED
from suyuan.contract.freshness import FRESHNESS, carried
from suyuan.contract.tables import Keyed, read_raw

EVIDENCE = "evidence"  # the register, and the column that lists its ids
OBSERVATIONS, EDITION = "observations", "edition"
Cells = Mapping[str, str]
Row = tuple[int, dict[str, str]]  # line number and cells


def evidence_of(cells: Cells, register: Mapping[str, Cells]) -> list[Cells]:
    """The rows of the register that a row names."""
    return [register[key] for key in cells.get(EVIDENCE, "").split(";") if key in register]


def cited(cells: Cells, register: Mapping[str, Cells]) -> dict[str, str]:
    """The row with ``source_id`` and ``locator`` of its evidence, where it has none of its own.

    Where the evidence stands in several documents it is the first that is named.
    """
    rows = evidence_of(cells, register)
    if not rows or cells.get("source_id"):
        return dict(cells)
    document = rows[0]["source_id"]
    places = (row["locator"] for row in rows if row["source_id"] == document)
    return {**cells, "source_id": document, "locator": ", ".join(dict.fromkeys(places))}


def in_words(
    cells: Cells, register: Mapping[str, Cells], grades: Mapping[str, Cells]
) -> dict[str, str]:
    """The same for readers: the evidence in words, its grade by name."""
    rows = evidence_of(cells, register)
    if not rows:
        return dict(cells)
    said = cited(cells, register)
    said[EVIDENCE] = "；".join(f"{row['text'].rstrip('。')}（{row['locator']}）" for row in rows)
    if grade := grades.get(said.get("grade", "")):
        said["evidence_grade"] = f"{grade['grade']} {grade['name']}"
    return said


@dataclass(frozen=True)
class CitedRows:
    """The raw tables that a lineage lists as its sources, by id, each read when first asked for.

    Raises DataError where a file cannot be read.
    """

    root: Path
    listed: Mapping[str, Mapping[str, Any]]
    _read: dict[str, Mapping[str, Row]] = field(init=False, default_factory=dict)
    _cells: dict[str, Mapping[str, dict[str, str]]] = field(init=False, default_factory=dict)

    def _raw(self, table: str) -> Mapping[str, Row]:
        """Rows by key as they stand in the file."""
        about = self.listed.get(table, {})
        keys, path = about.get("key"), about.get("path", "")
        return Keyed(read_raw(self.root / path, path), keys[0]) if keys else {}

    @cached_property
    def _carried(self) -> Mapping[tuple[str, str], dict[str, str]]:
        """What the register of carried rows makes every row say, by table and key."""
        if CARRIED not in self.listed:
            return {}
        read = (self._raw(name) for name in (CARRIED, OBSERVATIONS, FRESHNESS, EDITION))
        return carried(*([cells for _, cells in rows.values()] for rows in read))

    def rows(self, table: str) -> Mapping[str, Row]:
        """Rows by key, evidence in words, with what is carried over from an earlier edition.

        Empty for what the lineage does not list as a table.
        """
        if table not in self._read:
            found = self._raw(table)
            for (of, key), said in self._carried.items():
                if of == table and key in found:
                    found[key][1].update(said)
            self._read[table] = found
            if found and table != EVIDENCE and EVIDENCE in next(iter(found.values()))[1]:
                registers = (self.cells(EVIDENCE), self.cells("grades"))
                self._read[table] = {
                    key: (line, in_words(cells, *registers)) for key, (line, cells) in found.items()
                }
        return self._read[table]

    def cells(self, table: str) -> Mapping[str, Mapping[str, str]]:
        """The cells of every row by key."""
        if table not in self._cells:
            self._cells[table] = {key: cells for key, (_, cells) in self.rows(table).items()}
        return self._cells[table]
