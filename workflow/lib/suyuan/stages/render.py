"""Render: the report as HTML, and lineage.json that knows every number in it.

In: values.json, figures, processed tables, templates. Out: build/<edition>/report.html and
lineage.json, or the reason why the report would not be true.
"""

from __future__ import annotations

import json

from suyuan.contract.config import Config
from suyuan.core.files import write_text
from suyuan.core.layout import Layout
from suyuan.outputs.lineage import lineage_text
from suyuan.outputs.screen.html import write_html
from suyuan.page.compose import check_templates, draft_of, environment


def run(layout: Layout, config: Config) -> None:
    """The stage: write report.html and lineage.json into build/<edition>/."""
    jinja = environment(layout)
    check_templates(layout, jinja)
    draft = draft_of(layout, config, jinja)
    lineage = lineage_text(layout, draft.page)
    write_html(layout, jinja, draft, json.loads(lineage))
    write_text(layout.build / "lineage.json", lineage)
