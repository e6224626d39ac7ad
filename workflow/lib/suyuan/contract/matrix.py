"""Which editions there are to build: config/editions.csv, held to its schema."""

from __future__ import annotations

from pathlib import Path

from suyuan.contract import rows
from suyuan.contract.schema import read_schemas
from suyuan.contract.table import Table
from suyuan.contract.tables import read_raw
from suyuan.core.errors import DataError, Problem
from suyuan.core.files import there
from suyuan.core.settings import EDITION, EDITIONS

NAME = "editions"


def read_matrix(root: Path) -> Table:
    """The lawful rows of config/editions.csv. Raises DataError as for any table."""
    schema = read_schemas(root / "workflow/schemas/matrix")[NAME]
    table, problems = rows.shape(read_raw(root / EDITIONS, EDITIONS), schema, EDITIONS)
    problems = problems or rows.problems({NAME: table})
    if not problems and not table.rows:
        problems = [Problem("E143", EDITIONS, 1, schema.primary_key)]
    if problems:
        raise DataError(problems)
    return table


def editions(root: Path) -> list[str]:
    """The editions of config/editions.csv in its order. Errors as ``read_matrix``."""
    return [row.cells[EDITION] for row in read_matrix(root).rows]


def check_matrix(root: Path) -> None:
    """Raise as ``read_matrix`` does, where there is a table."""
    if there(root / EDITIONS):
        read_matrix(root)


def line_of(root: Path, edition: str) -> int | None:
    """The line on which the table names an edition, if it does."""
    if not there(root / EDITIONS):
        return None
    rows = read_matrix(root).rows
    return next((row.line for row in rows if row.cells[EDITION] == edition), None)
