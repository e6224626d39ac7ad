"""Typeset: the composed report as a PDF, with its trace appendix and its data attached.

In: values, tables and figures. Out: report.pdf. It is a stage of its own so that pages are set
while the HTML is written and the lineage verified.
"""

from __future__ import annotations

from suyuan.contract.config import Config
from suyuan.core.layout import Layout
from suyuan.outputs.paper.document import print_pdf
from suyuan.page.compose import draft_of
from suyuan.page.templates import environment


def run(layout: Layout, config: Config) -> None:
    """The stage: write report.pdf into build/<edition>/."""
    jinja = environment(layout)
    print_pdf(layout, jinja, draft_of(layout, config, jinja))
