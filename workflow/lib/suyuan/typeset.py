"""Typeset: the composed report as a PDF, with its trace appendix and its data attached.

In: values, tables and figures. Out: report.pdf. It is a stage of its own so that pages are set
while the HTML is written and the lineage verified.
"""

from __future__ import annotations

from datetime import UTC, datetime

import jinja2
from markupsafe import Markup

from suyuan import appendix
from suyuan.config import Config
from suyuan.ingest import config_schemas, raw_schemas
from suyuan.layout import Layout
from suyuan.pdf import Attachment, write_pdf
from suyuan.render import (
    CONTENTS,
    INNER_SPAN,
    SUFFIX,
    Draft,
    draft_of,
    environment,
    fill_graphics,
    lineage_text,
    render_template,
)
from suyuan.spacing import spaced


def run(layout: Layout, config: Config) -> None:
    """The stage: write report.pdf into build/<edition>/."""
    jinja = environment(layout)
    print_pdf(layout, jinja, draft_of(layout, config, jinja))


def print_pdf(layout: Layout, jinja: jinja2.Environment, draft: Draft) -> None:
    """report.pdf, with lineage.json and the plotted data attached."""
    body = fill_graphics(draft.body, layout, draft.page, inline=False)
    body = Markup(add_appendix(body, jinja, draft))
    shown = {"medium": "print", "faces": "", "body": body}
    published = datetime.fromisoformat(draft.context["edition"]["published"]).replace(tzinfo=UTC)
    write_pdf(
        render_template(jinja, f"report{SUFFIX}", **draft.context, **shown),
        layout.build / "report.pdf",
        root=layout.root,
        fonts=layout.templates / "fonts",
        readable=[layout.figures],
        created=published,
        modified=published,
        attachments=attachments(layout, lineage_text(layout, draft.page)),
    )


def add_appendix(body: str, jinja: jinja2.Environment, draft: Draft) -> str:
    """The printed body with its trace appendix, and links to it from every number before it."""
    before, after = body.split(appendix.SLOT)
    entries = {entry.anchor for group in draft.trace for entry in group.entries}
    ledger, words = draft.page.ledger, draft.page.words["page"]
    linked = appendix.for_print(before, ledger, entries, words["to_trace"])
    linked = CONTENTS.sub(lambda found: INNER_SPAN.sub("", found[0]), linked)
    listing = spaced(render_template(jinja, f"trace{SUFFIX}", groups=draft.trace))
    return linked + listing + appendix.for_print(after, ledger, set(), "")


def attachments(layout: Layout, lineage: str) -> list[Attachment]:
    """What the PDF carries: lineage.json, the tables it cites, the plotted data of each figure."""
    paths = {path.name: path for path in sorted(layout.figures.glob("*.csv"))}
    # A raw table may share its name with a figure.
    paths |= {f"raw-{name}.csv": layout.raw / f"{name}.csv" for name in raw_schemas(layout)}
    paths |= {
        f"config-{name}.csv": layout.config / f"{name}.csv" for name in config_schemas(layout)
    }
    found = [Attachment(name, path.read_bytes(), "text/csv") for name, path in paths.items()]
    return [*found, Attachment("lineage.json", lineage.encode(), "application/json")]
