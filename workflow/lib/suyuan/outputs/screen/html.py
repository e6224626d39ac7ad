"""The report on screen: one self-contained HTML file, after the gates."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import jinja2
from markupsafe import Markup

from suyuan.contract.edition import all_schemas
from suyuan.core.errors import Problem, ProseError
from suyuan.core.files import write_text
from suyuan.core.layout import Layout
from suyuan.lineage.ledger import Ledger
from suyuan.lineage.value import TEXT
from suyuan.outputs.paper import appendix
from suyuan.outputs.screen import panel, webfont
from suyuan.outputs.screen.explorer import EXPLORER, explorer_inputs
from suyuan.page import lint
from suyuan.page.compose import SUFFIX, Draft, fill_graphics, render_template
from suyuan.page.page import Page
from suyuan.page.spacing import spaced

HEADINGS = re.compile(r'<h[1-3]\b.*?</h[1-3]>|<p class="title".*?</p>', re.DOTALL)
DATA = re.compile(r"<!--data (figure|table) ([\w-]+)-->")


def check_numerals(html: str, layout: Layout, ledger: Ledger) -> None:
    """Raise ProseError E301 for a number in the finished HTML that no value stands behind."""
    rule = lint.Rule.read(layout.templates / "lint.yaml")
    file = layout.name(layout.build / "report.html")
    unbound = lint.unbound_numerals(html, rule, ledger.__contains__)
    if unbound:
        raise ProseError(Problem("E301", file, 1, "1", text) for text in dict.fromkeys(unbound))


def check_glyphs(html: str, layout: Layout, fonts: Path) -> str:
    """All characters of the report. Raises ProseError E303 for those a vendored font lacks."""
    shown = {c for c in html if c.isprintable()}
    missing: set[str] = set()
    for _, _, name in webfont.FACES:
        missing |= shown - webfont.characters(fonts / name)
    if missing:
        file = layout.name(layout.build / "report.html")
        raise ProseError(
            Problem("E303", file, 1, "1", c, {"codepoint": f"U+{ord(c):04X}"})
            for c in sorted(missing)
        )
    return "".join(sorted(shown))


def write_html(
    layout: Layout, jinja: jinja2.Environment, draft: Draft, lineage: Mapping[str, Any]
) -> None:
    """report.html: one file with its fonts, figures and lineage inside, after the gates."""
    fonts = layout.templates / "fonts"
    body = draft.body.replace(appendix.SLOT, render_template(jinja, f"trace-note{SUFFIX}"))
    body = body.replace(EXPLORER, render_explorer(jinja, draft.page))
    body = DATA.sub(lambda slot: spaced(draft.data.get((slot[1], slot[2]), Markup(""))), body)
    screen = fill_graphics(body, layout, draft.page, inline=True)
    check_numerals(screen, layout, draft.page.ledger)
    screen, carried = traced(screen, lineage, layout, draft.page)
    code = script(layout)
    shown = check_glyphs(screen + carried + code, layout, fonts)
    faces = webfont.embedded_faces(fonts, shown, "".join(HEADINGS.findall(screen)))
    medium = {
        "medium": "screen", "faces": Markup(faces), "body": Markup(screen),
        "lineage": Markup(carried), "script": Markup(code),
    }  # fmt: skip
    html = render_template(jinja, f"report{SUFFIX}", **draft.context, **medium)
    write_text(layout.build / "report.html", html)


def render_explorer(jinja: jinja2.Environment, page: Page) -> Markup:
    """The sliders' place and inputs; nothing where no supplier is ranked."""
    inputs = explorer_inputs(page)
    if not inputs:
        return Markup("")
    shown = Markup(panel.embedded(inputs))
    return Markup(spaced(render_template(jinja, f"explorer{SUFFIX}", inputs=shown)))


def traced(html: str, lineage: Mapping[str, Any], layout: Layout, page: Page) -> tuple[str, str]:
    """The HTML with a sign on each number that calls for caution, and what its panel knows."""
    titles = {schema.name: schema.title for schema in all_schemas(layout).values()}
    sources = panel.Sources.of(layout.root, lineage, titles)
    book = page.ledger.codebook
    content = panel.Embedding(lineage, sources, book, page.words, page.date).contents()
    flags = panel.cautions(lineage["values"], sources)
    numbers = {v: raised for v, raised in flags.items() if lineage["values"][v]["u"] != TEXT}
    html = panel.marked(html, lambda value_id: numbers.get(value_id, ()), page.words)
    return html, panel.embedded(content)


def script(layout: Layout) -> str:
    """The report's script: the files of templates/scripts by name, in one scope of their own."""
    files = sorted((layout.templates / "scripts").glob("*.js"))
    parts = [path.read_text(encoding="utf-8") for path in files]
    return "\n".join(['"use strict";', "(() => {", *parts, "})();"])
