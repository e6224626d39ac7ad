"""Render: the report as HTML, and lineage.json that knows every number in it.

In: values.json, figures, processed tables, templates. Out: build/<edition>/report.html and
lineage.json, or the reason why the report would not be true.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

import jinja2
from markupsafe import Markup

from suyuan import __version__, appendix, lint, panel, webfont
from suyuan.claims import judge_all, read_claims
from suyuan.codebook import Codebook
from suyuan.config import CONFIG, Config
from suyuan.disclosure import disclosures
from suyuan.errors import Problem, ProseError
from suyuan.explorer import EXPLORER, explorer_inputs
from suyuan.files import digest, read_json, read_yaml, sha256, write_text
from suyuan.ingest import all_schemas, config_schemas, raw_schemas, read_rows
from suyuan.layout import Layout
from suyuan.lineage import ancestry, dump_lineage, load_ledger, source_entry
from suyuan.members import members_of
from suyuan.page import Drawing, Page, ordinal_of
from suyuan.spacing import spaced
from suyuan.tables import Records
from suyuan.values import TEXT, Ledger

SUFFIX = ".html.jinja"
COVER, APPENDIX = "00", "appendix"
HEADINGS = re.compile(r'<h[1-3]\b.*?</h[1-3]>|<p class="title".*?</p>', re.DOTALL)
DATA = re.compile(r"<!--data (figure|table) ([\w-]+)-->")
SLOT = re.compile(r"<!--graphic ([\w-]+)-->")
CONTENTS = re.compile(r'<nav class="contents".*?</nav>', re.DOTALL)
INNER_SPAN = re.compile(r"</?span\b[^>]*>")  # nothing may stand between a link and its text
LIBRARY = Path(__file__).parent


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


def lineage_text(layout: Layout, page: Page) -> str:
    """lineage.json: all numbers, the texts in use, and where each is printed."""
    ledger = page.ledger
    wanted = [value.id for value in ledger if value.unit != TEXT] + [use.v for use in page.uses]
    kept = ancestry(ledger, wanted)
    schemas = [(layout.raw, raw_schemas(layout)), (layout.config, config_schemas(layout))]
    sources = [
        source_entry(
            name, folder / f"{name}.csv", layout.name(folder / f"{name}.csv"), s.primary_key
        )
        for folder, tables in schemas
        for name, s in tables.items()
    ]
    templates = [p for p in layout.templates.rglob("*") if p.suffix not in {".ttf", ".txt"}]
    code = [*LIBRARY.rglob("*.py"), *(path for path in templates if path.is_file())]
    return dump_lineage(
        edition=layout.edition,
        code={"version": __version__, "sha256": digest(code)},
        config_sha256=sha256(layout.root / CONFIG),
        sources=sources,
        values=(value for value in ledger if value.id in kept),
        claims={
            name: judged.to_json(page.ledger) | {"uses": page.claimed.get(name, [])}
            for name, judged in page.claims.items()
        },
        uses=page.uses,
    )


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


def run(layout: Layout, config: Config) -> None:
    """The stage: write report.html and lineage.json into build/<edition>/."""
    jinja = environment(layout)
    check_templates(layout, jinja)
    draft = draft_of(layout, config, jinja)
    lineage = lineage_text(layout, draft.page)
    write_html(layout, jinja, draft, json.loads(lineage))
    write_text(layout.build / "lineage.json", lineage)


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
