"""The miniature's next edition, rolled from it, and what may be done to its tables."""

from __future__ import annotations

import csv
from dataclasses import dataclass

from suyuan.contract import edition
from suyuan.core.errors import DataError
from suyuan.core.layout import Layout
from suyuan.publish.roll import roll
from tests.code.miniature import EDITION, Project

NEXT = "2030Q2"


@dataclass(frozen=True)
class Next:
    """The folder data/raw/2030Q2 of a miniature."""

    layout: Layout

    @classmethod
    def of(cls, project: Project) -> Next:
        return cls(roll(project.root, NEXT, EDITION)[0])

    def rows(self, table: str) -> list[dict[str, str]]:
        with (self.layout.raw / f"{table}.csv").open(encoding="utf-8", newline="") as lines:
            return list(csv.DictReader(lines))

    def header(self, table: str) -> list[str]:
        with (self.layout.raw / f"{table}.csv").open(encoding="utf-8", newline="") as lines:
            return next(csv.reader(lines))

    def write(self, table: str, rows: list[dict[str, str]]) -> None:
        header = self.header(table)
        with (self.layout.raw / f"{table}.csv").open("w", encoding="utf-8", newline="") as lines:
            out = csv.DictWriter(lines, header, restval="", lineterminator="\n")
            out.writeheader()
            out.writerows(rows)

    def set(self, table: str, key: str, column: str, text: str) -> None:
        rows, first = self.rows(table), self.header(table)[0]
        (row,) = [row for row in rows if row[first] == key]
        row[column] = text
        self.write(table, rows)

    def drop(self, table: str, key: str) -> None:
        first = self.header(table)[0]
        self.write(table, [row for row in self.rows(table) if row[first] != key])

    def add(self, table: str, like: str, /, **cells: str) -> None:
        rows, first = self.rows(table), self.header(table)[0]
        (row,) = [row for row in rows if row[first] == like]
        self.write(table, [*rows, row | cells])

    def revise(self, table: str, row: str, column: str, before: str, kind: str = "update") -> None:
        rows = self.rows("revisions")
        said = {
            "revision_id": f"V{len(rows) + 1:03}", "table": table, "row": row, "column": column,
            "kind": kind, "before": before, "reason": "手算", "source_id": "yearbook",
            "locator": "p. 1",
        }  # fmt: skip
        self.write("revisions", [*rows, said])

    def complaints(self) -> list[tuple[str, str, int, str]]:
        """All that a check finds of the contract, and against the edition before."""
        try:
            tables = edition.check(self.layout)
            edition.check_revised(tables, edition.read_before(self.layout, tables))
        except DataError as error:
            return [(p.code, p.file.rpartition("/")[2], p.row, p.column) for p in error.problems]
        return []
