"""Which editions there are to build: config/editions.csv, held to its schema."""

from __future__ import annotations

from pathlib import Path

from suyuan.contract import rows
from suyuan.contract.rows import Table
from suyuan.contract.schema import read_schemas
from suyuan.contract.tables import read_raw
from suyuan.core.errors import DataError, Problem

NAME = "editions"
FILE = f"config/{NAME}.csv"


def read_matrix(root: Path) -> Table:
    """The lawful rows of config/editions.csv. Raises DataError as for any table."""
    schema = read_schemas(root / "workflow/schemas/matrix")[NAME]
    table, problems = rows.shape(read_raw(root / FILE, FILE), schema, FILE)
    problems = problems or rows.problems({NAME: table})
    if not problems and not table.rows:
        problems = [Problem("E143", FILE, 1, schema.primary_key)]
    if problems:
        raise DataError(problems)
    return table


def editions(root: Path) -> list[str]:
    """The editions of config/editions.csv in its order. Errors as ``read_matrix``."""
    return [row.cells["edition"] for row in read_matrix(root).rows]
