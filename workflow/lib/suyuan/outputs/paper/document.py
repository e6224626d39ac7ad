"""The report on paper: composed pages, the trace appendix, the attached data."""

from __future__ import annotations

from datetime import UTC, datetime

import jinja2
from markupsafe import Markup

from suyuan.contract.edition import config_schemas, raw_schemas
from suyuan.core.layout import Layout
from suyuan.outputs.lineage import lineage_text
from suyuan.outputs.paper import appendix
from suyuan.outputs.paper.pdf import Attachment, write_pdf
from suyuan.page.compose import CONTENTS, INNER_SPAN, SUFFIX, Draft, fill_graphics, render_template
from suyuan.page.spacing import spaced


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
