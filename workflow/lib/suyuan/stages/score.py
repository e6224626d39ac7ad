"""Score: every value of the edition, recorded from its cells or computed from other values.

In: processed tables and configuration. Out: values.json (the ledger) and scores.csv (the same
as a table).
"""

from __future__ import annotations

from suyuan.contract.config import Config
from suyuan.contract.edition import read_tables
from suyuan.contract.tables import read_table, write_table
from suyuan.core.files import write_text
from suyuan.core.layout import Layout
from suyuan.domain.values import as_table, compute
from suyuan.lineage.file import dump_ledger


def run(layout: Layout, config: Config) -> None:
    """The stage: write values.json and scores.csv."""
    normalised = read_table(layout.processed / "normalised.csv")
    ledger = compute(layout, config, read_tables(layout), normalised)
    write_text(layout.processed / "values.json", dump_ledger(ledger))
    write_table(as_table(ledger), layout.processed / "scores.csv")
