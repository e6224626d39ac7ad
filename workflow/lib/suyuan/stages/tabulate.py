"""Tabulate: the report's tables and all its numbers as a workbook, and what describes its data.

In: report.html, lineage.json, raw, configuration and processed tables. Out: report.xlsx and a file
of every format. It is a stage of its own so that it runs while the pages are set: no format knows
of them.
"""

from __future__ import annotations

from suyuan.contract.config import Config
from suyuan.contract.words import read_words
from suyuan.core.files import write_bytes, write_text
from suyuan.core.layout import Layout
from suyuan.lineage.build import Build
from suyuan.outputs import package
from suyuan.outputs.format import written
from suyuan.outputs.workbook.tables import report_tables
from suyuan.outputs.workbook.workbook import workbook


def run(layout: Layout, _config: Config) -> None:
    """The stage: write report.xlsx and every format into build/<edition>/."""
    words, build = read_words(layout), Build.open(layout)
    tables = list(report_tables((layout.build / package.HTML).read_text(encoding="utf-8")))
    write_bytes(layout.build / package.WORKBOOK, workbook(tables, build, words))
    for name, text in written(layout, build, words).items():
        write_text(layout.build / name, text)
