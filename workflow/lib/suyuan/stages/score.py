"""Score: every value of the edition, recorded from its cells or computed from other values.

In: processed tables and configuration. Out: values.json (the ledger) and scores.csv (the same
as a table).
"""

from __future__ import annotations

from suyuan.contract.config import Config
from suyuan.contract.edition import read_rows
from suyuan.contract.tables import read_columns, write_rows
from suyuan.core.files import write_text
from suyuan.core.layout import Layout
from suyuan.domain.recording import COLUMNS
from suyuan.domain.values import SCORED, as_rows, compute
from suyuan.lineage.file import dump_ledger


def run(layout: Layout, config: Config) -> None:
    """The stage: write values.json and scores.csv."""
    normalised = read_columns(layout.processed / "normalised.csv", COLUMNS)
    ledger = compute(layout, config, read_rows(layout), normalised)
    write_text(layout.processed / "values.json", dump_ledger(ledger))
    write_rows(SCORED, as_rows(ledger), layout.processed / "scores.csv")
