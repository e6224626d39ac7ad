"""The report on paper: composed pages, the trace appendix, the attached data."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime

import jinja2

from suyuan.contract.edition import config_schemas, raw_schemas
from suyuan.core.layout import Layout
from suyuan.domain.cited import DOCUMENTS
from suyuan.outputs.lineage import lineage_text
from suyuan.outputs.paper.pdf import Attachment, write_pdf
from suyuan.outputs.paper.printed import printed
from suyuan.page.compose import Draft
from suyuan.page.page import Page
from suyuan.page.sections import SUFFIX
from suyuan.page.templates import render_template
from suyuan.page.tree import fill, parse_document


def print_pdf(layout: Layout, jinja: jinja2.Environment, draft: Draft) -> None:
    """report.pdf, with lineage.json and the plotted data attached."""
    published = datetime.fromisoformat(draft.context["edition"]["published"]).replace(tzinfo=UTC)
    shell = render_template(jinja, f"report{SUFFIX}", **draft.context, medium="print", faces="")
    document = parse_document(shell, f"templates/report{SUFFIX}")
    lineage = lineage_text(layout, draft.page).encode()
    body = printed(layout, jinja, draft, hashlib.sha256(lineage).hexdigest())
    fill(document, "body", lambda _: [body])
    write_pdf(
        document,
        layout.build / "report.pdf",
        root=layout.root,
        fonts=layout.templates / "fonts",
        readable=[layout.figures],
        created=published,
        modified=published,
        attachments=attachments(layout, draft.page, lineage),
        names=unbroken(draft.page),
    )


def unbroken(page: Page) -> list[str]:
    """What no line breaks: the names of subjects, and the words for what is not known."""
    names = [row[column] for row in page.tables["subjects"][1] for column in ("name", "full_name")]
    return [*names, page.words["page"]["unknown"]]


def attachments(layout: Layout, page: Page, lineage: bytes) -> list[Attachment]:
    """What the PDF carries: lineage.json, the tables it cites, the plotted data of each figure."""
    names = [f"{name}.csv" for name in sorted(page.drawings)]
    paths = {name: layout.figures / name for name in names}
    # A raw table may share its name with a figure.
    paths |= {f"raw-{name}.csv": layout.raw / f"{name}.csv" for name in raw_schemas(layout)}
    paths |= {
        f"config-{name}.csv": layout.config / f"{name}.csv" for name in config_schemas(layout)
    }
    found = [Attachment(name, path.read_bytes(), "text/csv") for name, path in paths.items()]
    chosen = [layout.read(layout.root / name) for name in DOCUMENTS.values()]
    return [
        *found,
        *(
            Attachment(f"config-{name}.yaml", content, "application/yaml")
            for name, content in zip(DOCUMENTS, chosen, strict=True)
        ),
        Attachment("lineage.json", lineage, "application/json"),
    ]
