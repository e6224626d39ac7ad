"""The report on paper: composed pages, the trace appendix, the attached data."""

from __future__ import annotations

from copy import deepcopy
from datetime import UTC, datetime
from xml.etree.ElementTree import Element

import jinja2

from suyuan.contract.edition import config_schemas, raw_schemas
from suyuan.core.layout import Layout
from suyuan.outputs.lineage import DOCUMENTS, lineage_text
from suyuan.outputs.paper import appendix
from suyuan.outputs.paper.links import link
from suyuan.outputs.paper.pdf import Attachment, write_pdf
from suyuan.page.compose import Draft
from suyuan.page.gates import FINISHED, TRACE, check
from suyuan.page.page import Page
from suyuan.page.sections import SUFFIX
from suyuan.page.templates import fill_with, render_template
from suyuan.page.tree import fill, parse_document


def print_pdf(layout: Layout, jinja: jinja2.Environment, draft: Draft) -> None:
    """report.pdf, with lineage.json and the plotted data attached."""
    published = datetime.fromisoformat(draft.context["edition"]["published"]).replace(tzinfo=UTC)
    shell = render_template(jinja, f"report{SUFFIX}", **draft.context, medium="print", faces="")
    document = parse_document(shell, f"templates/report{SUFFIX}")
    body = printed(layout, jinja, draft)
    fill(document, "body", lambda _: [body])
    write_pdf(
        document,
        layout.build / "report.pdf",
        root=layout.root,
        fonts=layout.templates / "fonts",
        readable=[layout.figures],
        created=published,
        modified=published,
        attachments=attachments(layout, draft.page),
    )


def printed(layout: Layout, jinja: jinja2.Environment, draft: Draft) -> Element:
    """The page for paper: figures as images, the trace appendix, and links to it.

    Raises ProseError for a link that leads nowhere.
    """
    page, tree = draft.page, deepcopy(draft.tree)
    trace = appendix.groups(page)
    entries = {entry.anchor for group in trace for entry in group.entries}
    link(tree, page.ledger, entries, page.words["page"]["to_trace"])
    fill_with(tree, TRACE, jinja, f"trace{SUFFIX}", groups=trace)
    fill(tree, "graphic", lambda slot: [image(layout, page, slot.get("data-of", ""))])
    for left in ("data", "explorer"):
        fill(tree, left, lambda _: ())
    check(tree, FINISHED)
    return tree


def image(layout: Layout, page: Page, name: str) -> Element:
    """A figure as an image with its text."""
    source = layout.name(layout.figures / f"{name}.svg")
    return Element("img", {"src": source, "alt": page.drawings[name].alt})


def attachments(layout: Layout, page: Page) -> list[Attachment]:
    """What the PDF carries: lineage.json, the tables it cites, the plotted data of each figure."""
    names = [f"{name}.csv" for name in sorted(page.drawings)]
    paths = {name: layout.figures / name for name in names}
    # A raw table may share its name with a figure.
    paths |= {f"raw-{name}.csv": layout.raw / f"{name}.csv" for name in raw_schemas(layout)}
    paths |= {
        f"config-{name}.csv": layout.config / f"{name}.csv" for name in config_schemas(layout)
    }
    found = [Attachment(name, path.read_bytes(), "text/csv") for name, path in paths.items()]
    chosen = [(layout.root / name).read_bytes() for name in DOCUMENTS.values()]
    return [
        *found,
        *(
            Attachment(f"config-{name}.yaml", content, "application/yaml")
            for name, content in zip(DOCUMENTS, chosen, strict=True)
        ),
        Attachment("lineage.json", lineage_text(layout, page).encode(), "application/json"),
    ]
