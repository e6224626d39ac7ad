"""Tabulate: the report's tables and all its numbers as a workbook.

In: report.html, lineage.json and the raw tables they cite. Out: report.xlsx. It is a stage of its
own so that it runs while the pages are set.
"""

from __future__ import annotations

from suyuan.contract.config import Config
from suyuan.contract.words import read_words
from suyuan.core.files import write_bytes
from suyuan.core.layout import Layout
from suyuan.lineage.build import Build
from suyuan.outputs import package
from suyuan.outputs.workbook.tables import report_tables
from suyuan.outputs.workbook.workbook import workbook


def run(layout: Layout, _config: Config) -> None:
    """The stage: write report.xlsx into build/<edition>/."""
    words = read_words(layout)
    tables = list(report_tables((layout.build / package.HTML).read_text(encoding="utf-8")))
    write_bytes(layout.build / package.WORKBOOK, workbook(tables, Build.open(layout), words))
