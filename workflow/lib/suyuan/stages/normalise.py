"""Normalise: printed numbers to canonical units, exactly, and restatements to one value.

In: processed tables and the codebook. Out: normalised.csv (one row per observation),
restatements.csv (which rows say the same thing, and whether they qualify it alike) and
queries.csv (rows that look wrong).
"""

from __future__ import annotations

from suyuan.contract.config import Config
from suyuan.contract.edition import read_rows
from suyuan.contract.observations import check, queried, restatements
from suyuan.contract.queries.queries import query_table
from suyuan.contract.tables import write_columns
from suyuan.core.layout import Layout


def run(layout: Layout, _config: Config) -> None:
    """The stage: write normalised.csv, restatements.csv and queries.csv."""
    tables = read_rows(layout)
    table = check(layout, tables)
    found = query_table(queried(layout, tables, table), layout.templates)
    write_columns(found, layout.processed / "queries.csv")
    write_columns(table, layout.processed / "normalised.csv")
    write_columns(restatements(table), layout.processed / "restatements.csv")
