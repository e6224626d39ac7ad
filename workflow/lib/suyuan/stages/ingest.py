"""Ingest: read the raw tables of an edition, check them against the contract, type nothing.

In: data/raw/<edition>/*.csv and config/*.csv. Out: data/processed/<edition>/tables/*.csv, the
same rows in one encoding with each row's line number, or every problem there is.
"""

from __future__ import annotations

from operator import itemgetter

from suyuan.contract.config import Config
from suyuan.contract.edition import check
from suyuan.contract.tables import LINE, write_rows
from suyuan.core.layout import Layout


def run(layout: Layout, _config: Config) -> None:
    """The stage: check everything, then write all tables."""
    for name, table in check(layout).items():
        columns = table.schema.columns
        cells = itemgetter(*columns)
        rows = ([row.line, *cells(row.cells)] for row in table.rows)
        write_rows([LINE, *columns], rows, layout.tables / f"{name}.csv")
