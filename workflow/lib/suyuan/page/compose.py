"""The whole report composed into one page, which then knows every use of every value."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

import jinja2
from markupsafe import Markup

from suyuan.contract.codebook import Codebook
from suyuan.contract.config import Config
from suyuan.contract.edition import all_schemas, read_rows
from suyuan.contract.tables import Records
from suyuan.core.errors import Problem, ProseError
from suyuan.core.files import read_json, read_yaml
from suyuan.core.layout import Layout
from suyuan.lineage.claims import judge_all, read_claims
from suyuan.lineage.file import load_ledger
from suyuan.lineage.ledger import Ledger
from suyuan.lineage.members import members_of
from suyuan.outputs.paper import appendix
from suyuan.outputs.screen.disclosure import disclosures
from suyuan.page import lint
from suyuan.page.page import Drawing, Page, ordinal_of
from suyuan.page.spacing import spaced

SUFFIX = ".html.jinja"
COVER, APPENDIX = "00", "appendix"
SLOT = re.compile(r"<!--graphic ([\w-]+)-->")
CONTENTS = re.compile(r'<nav class="contents".*?</nav>', re.DOTALL)
INNER_SPAN = re.compile(r"</?span\b[^>]*>")  # nothing may stand between a link and its text


@dataclass(frozen=True)
class Section:
    """A rendered section template; its file name carries chapter and place."""

    name: str
    html: Markup

    @property
    def chapter(self) -> str:
        """Number of its chapter; all lettered sections are the appendix."""
        first = self.name.split("-")[0]
        return first if first.isdigit() else APPENDIX


def read_words(layout: Layout) -> dict[str, dict[str, str]]:
    """The vocabulary of templates/words.yaml."""
    return read_yaml(layout.templates / "words.yaml")


def environment(layout: Layout) -> jinja2.Environment:
    """Strict Jinja2: an undefined name is an error, everything is escaped."""
    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(layout.templates),
        undefined=jinja2.StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


def check_templates(layout: Layout, jinja: jinja2.Environment) -> None:
    """Raise ProseError E300 for every numeral that a template writes itself."""
    rule = lint.Rule.read(layout.templates / "lint.yaml")
    problems = []
    for path in sorted(layout.templates.rglob(f"*{SUFFIX}")):
        try:
            problems += lint.template_problems(jinja, path, layout.name(path), rule)
        except jinja2.TemplateSyntaxError as error:
            place = Problem("E304", layout.name(path), error.lineno, "1", str(error.message))
            problems.append(place)
    if problems:
        raise ProseError(problems)


def read_drawings(layout: Layout, words: dict[str, dict[str, str]]) -> dict[str, Drawing]:
    """Every saved figure with its alternative text."""
    index = read_json(layout.figures / "figures.json")
    return {
        name: Drawing(
            words["alt"][entry["draw"]].format(**entry["facts"]),
            [(fact, anchor) for fact, anchor in entry["marks"]],
            (layout.figures / f"{name}.csv").read_text(encoding="utf-8"),
            entry["ids"],
        )
        for name, entry in index.items()
    }


def open_page(
    layout: Layout, config: Config, ledger: Ledger, tables: Mapping[str, Records]
) -> Page:
    """A page over the edition's values and judged claims; each figure's marks are counted."""
    members = members_of(ledger, tables, config.region)
    claims = judge_all(read_claims(layout, members).values(), ledger)
    words = read_words(layout)
    drawings = read_drawings(layout, words)
    for name, drawing in drawings.items():
        marks = list(dict.fromkeys(fact for fact, _ in drawing.marks))
        ledger.derive(f"report.figure.{name}", "figure", marks)
    schemas = all_schemas(layout)
    keyed = {name: (schemas[name].primary_key, rows) for name, rows in tables.items()}
    return Page(ledger, keyed, drawings, words, claims, members["province"])


def render_template(jinja: jinja2.Environment, name: str, **context: Any) -> Markup:
    """A template as HTML. Raises ProseError E304 with the place of a template's mistake."""
    try:
        return Markup(jinja.get_template(name).render(**context))
    except jinja2.TemplateSyntaxError as error:
        problem = Problem("E304", f"templates/{error.name}", error.lineno, "1", str(error.message))
        raise ProseError(problem) from error
    except jinja2.UndefinedError as error:
        raise ProseError(Problem("E304", f"templates/{name}", 1, "1", str(error))) from error


def render_sections(
    jinja: jinja2.Environment, page: Page, templates: Path
) -> tuple[list[Section], list[appendix.Group]]:
    """Every section in the order of its file name; a new section is a new file.

    With the entries of the trace appendix: what was printed before its own section.
    """
    sections, trace = [], []
    for path in sorted((templates / "sections").glob(f"*{SUFFIX}")):
        page.section = path.name.removesuffix(SUFFIX)
        page.template = f"templates/sections/{path.name}"
        html = render_template(jinja, f"sections/{path.name}", page=page)
        if appendix.SLOT in html:
            trace = appendix.groups(page)
        sections.append(Section(page.section, html))
    return sections, trace


def contents(page: Page, sections: Iterable[Section]) -> list[dict[str, Any]]:
    """Chapters with their sections: the one list that orders, numbers and links headings."""
    chapters: list[dict[str, Any]] = []
    for section in sections:
        if section.chapter == COVER:
            continue
        if section.chapter not in page.words["chapter"]:
            file = f"templates/sections/{section.name}{SUFFIX}"
            raise ProseError(Problem("E305", file, 1, "1", section.chapter))
        if not chapters or chapters[-1]["id"] != section.chapter:
            title = page.words["chapter"][section.chapter]
            number = section.chapter.lstrip("0") if section.chapter.isdigit() else ""
            chapters.append(
                {"id": section.chapter, "number": number, "title": title, "sections": []}
            )
        heading = page.again(page.headings[section.name], "contents")
        entry = {
            "id": section.name, "html": section.html, "heading": heading,
            "ordinal": ordinal_of(section.name),
        }  # fmt: skip
        chapters[-1]["sections"].append(entry)
    return chapters


def fill_graphics(html: str, layout: Layout, page: Page, *, inline: bool) -> str:
    """Put each figure in its place: inline SVG on screen, an image with text in print."""

    def graphic(found: re.Match[str]) -> str:
        name = found[1]
        alt = escape(page.drawings[name].alt)
        path = layout.figures / f"{name}.svg"
        if not inline:
            return f'<img src="{layout.name(path)}" alt="{alt}">'
        svg = path.read_text(encoding="utf-8")
        return svg.strip().replace("<svg ", f'<svg role="img" aria-label="{alt}" ', 1)

    return SLOT.sub(graphic, html)


@dataclass(frozen=True)
class Draft:
    """The composed report before it becomes files: its page, body and template context."""

    page: Page
    body: str
    context: dict[str, Any]
    trace: list[appendix.Group]
    data: Mapping[tuple[str, str], Markup]  # of figures and tables, for the screen


def compose(
    layout: Layout,
    config: Config,
    jinja: jinja2.Environment,
    ledger: Ledger,
    tables: Mapping[str, Records],
) -> Draft:
    """Write the whole report into one page; the page then knows every use of every value."""
    page = open_page(layout, config, ledger, tables)
    sections, trace = render_sections(jinja, page, layout.templates)
    context = {
        "page": page,
        "edition": next(page.rows("edition")).raw,
        "cover": next(section.html for section in sections if section.chapter == COVER),
        "chapters": contents(page, sections),
    }
    body = spaced(render_template(jinja, f"body{SUFFIX}", **context))
    return Draft(page, body, context, trace, disclosures(page))


def draft_of(layout: Layout, config: Config, jinja: jinja2.Environment) -> Draft:
    """The report composed from what the stages before have written."""
    ledger = load_ledger(layout.processed / "values.json", Codebook.read(layout))
    return compose(layout, config, jinja, ledger, read_rows(layout))
