"""The whole report composed into one page, which then knows every use of every value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

import jinja2
from markupsafe import Markup

from suyuan.contract.codebook import Codebook
from suyuan.contract.config import Config
from suyuan.contract.edition import all_schemas, read_rows
from suyuan.contract.tables import Records
from suyuan.contract.words import Words, read_words
from suyuan.core.errors import ConfigError, ProseError
from suyuan.core.files import read_json
from suyuan.core.inputs import some
from suyuan.core.layout import Layout
from suyuan.domain.operations import OPERATIONS
from suyuan.lineage.claims import unused
from suyuan.lineage.file import load_ledger
from suyuan.lineage.ledger import Ledger
from suyuan.lineage.members import choices, members_of
from suyuan.lineage.reads import Group
from suyuan.lineage.relations import read_relations
from suyuan.lineage.texts import Texts
from suyuan.page import gates
from suyuan.page.aligning import align
from suyuan.page.asserted import judged_claims
from suyuan.page.captions import without_finding, without_notice
from suyuan.page.citing import cited
from suyuan.page.contents import fill_headings
from suyuan.page.disclosure import disclosures
from suyuan.page.exhibits import Drawing
from suyuan.page.kept import ANEW, Anew
from suyuan.page.lint import LINT, read_lists
from suyuan.page.page import Page
from suyuan.page.sections import FOLDER, FRAME, SUFFIX, Section, chapters, cover_of
from suyuan.page.siting import sited
from suyuan.page.spacing import space
from suyuan.page.templates import render_template
from suyuan.page.tree import Part, fill, parse, parts_of, slot


@dataclass(frozen=True)
class Saved:
    """A drawn figure: its entry in figures.json, and the CSV text of what it plots."""

    name: str
    entry: Mapping[str, Any]
    plotted: str

    def drawing(self, words: Words) -> Drawing:
        """The figure with its alternative text."""
        return Drawing(
            words["alt"][self.entry["draw"]].format(**self.entry["facts"]) + self.entry["says"],
            [(fact, anchor) for fact, anchor in self.entry["marks"]],
            Group.from_json(f"figure:{self.name}", self.entry["reads"]),
            self.plotted,
            self.entry["ids"],
            tuple(self.entry["beside"]),
            self.entry.get("shortened", False),
        )


def read_saved(layout: Layout) -> dict[str, Saved]:
    """Every figure as its stage has saved it."""
    index = read_json(layout.figures / "figures.json")
    return {
        name: Saved(name, entry, (layout.figures / f"{name}.csv").read_text(encoding="utf-8"))
        for name, entry in index.items()
    }


def open_page(
    layout: Layout,
    config: Config,
    ledger: Ledger,
    tables: Mapping[str, Records],
    figures: Mapping[str, Saved],
) -> Page:
    """A page over the edition's values and judged claims; each figure's marks are counted."""
    members = members_of(ledger, tables, config.region)
    claims = judged_claims(layout, ledger, members)
    words = read_words(layout)
    drawings = {name: saved.drawing(words) for name, saved in figures.items()}
    for name, drawing in drawings.items():
        shown = dict.fromkeys(fact for fact, _ in drawing.marks)
        marks = [fact for fact in shown if fact not in drawing.beside]
        ledger.groups[drawing.reads.name] = drawing.reads
        with ledger.given(drawing.reads):
            ledger.derive(f"report.figure.{name}", "figure", marks)
    schemas = all_schemas(layout)
    keyed = {name: (schemas[name].primary_key, rows) for name, rows in tables.items()}
    return Page(
        ledger=ledger, tables=keyed, words=words, claims=claims, drawings=drawings,
        provinces=members["province"],
        titles={name: schema.title for name, schema in schemas.items()},
    )  # fmt: skip


def render_sections(
    jinja: jinja2.Environment, page: Page, templates: Path, kept: Anew
) -> dict[Section, Element]:
    """Every section in the order of its file name; a new section is a new file.

    One whose template has nothing to say of this edition is none.
    """
    sections = {}
    for path in some(templates / "sections", f"*{SUFFIX}"):
        section = Section(path.name.removesuffix(SUFFIX))
        source = path.read_text(encoding="utf-8", errors="replace")
        alone = source if FOLDER not in source else None  # it takes nothing from another one
        write = partial(_rendered, jinja, page, section)
        written = kept.step(page, section.name, alone, write)
        if written is not None:
            sections[section] = written
    return sections


def _rendered(jinja: jinja2.Environment, page: Page, section: Section) -> Element | None:
    with page.entered(section), page.ledger.reading(section.reading, "what its text goes by"):
        page.ledger.recall(group.name for group in choices(page.ledger, ["province"]))
        html = render_template(jinja, f"{FOLDER}{section.name}{SUFFIX}", page=page)
    return parse(html, section.template) if html.strip() else None


@dataclass(frozen=True)
class Draft:
    """The composed report before it becomes files: its page, its tree and template context.

    ``data`` is what the screen shows below figures and tables, by the names of their slots.
    """

    page: Page
    tree: Element
    context: dict[str, Any]
    data: Mapping[str, Markup]
    kept: Anew

    def data_in(self, slot: Element) -> list[Part]:
        """What the screen shows in a slot of data."""
        name = slot.get("data-of", "")
        return parts_of(self.kept.spaced(self.data.get(name, Markup("")), name))


def compose(
    layout: Layout,
    config: Config,
    jinja: jinja2.Environment,
    ledger: Ledger,
    tables: Mapping[str, Records],
    figures: Mapping[str, Saved],
    kept: Anew = ANEW,
) -> Draft:
    """Write the whole report into one page; the page then knows every use of every value.

    Raises ConfigError E321 for claims that no section prints.
    """
    try:
        return _composed(layout, config, jinja, ledger, tables, figures, kept)
    except ProseError as error:
        raise ProseError(sited(error.problems, layout.root)) from error


def _composed(
    layout: Layout,
    config: Config,
    jinja: jinja2.Environment,
    ledger: Ledger,
    tables: Mapping[str, Records],
    figures: Mapping[str, Saved],
    kept: Anew,
) -> Draft:
    page = kept.opened(partial(open_page, layout, config, ledger, tables, figures))
    sections = render_sections(jinja, page, layout.templates, kept)
    if idle := list(unused((judged.claim for judged in page.claims.values()), page.claimed)):
        raise ConfigError(idle)
    context: dict[str, Any] = {
        "page": page,
        "slot": slot,
        "edition": next(page.rows("edition")).raw,
        "cover": cover_of(sections),
        "chapters": chapters(sections, page.words["chapter"]),
    }
    tree = kept.step(page, FRAME, None, partial(_framed, jinja, page, sections, context))
    labels = {exhibit.anchor: exhibit.label(page) for exhibit in page.exhibits}
    fill(
        tree, "number", lambda slot: parts_of(parse(labels.get(slot.get("data-of", ""), ""), FRAME))
    )
    space(tree)
    align(tree)
    lists = read_lists(layout.root / LINT)
    verbs = [*lists["verbs"], *read_relations(layout).meanings]
    own = (
        cited(page.tables),
        without_finding(verbs, lists["nouns"]),
        without_notice(page.ledger, page.words["page"]["notice"], page.words["page"]["example"]),
    )
    gates.check(tree, (*gates.COMPOSED, *own))
    data = kept.step(page, "data", "", partial(disclosures, page))
    return Draft(page, tree, context, data, kept)


def _framed(
    jinja: jinja2.Environment, page: Page, sections: Mapping[Section, Element],
    context: Mapping[str, Any],
) -> Element:  # fmt: skip
    """The sections in what stands around them, with their headings repeated there."""
    tree = parse(render_template(jinja, Path(FRAME).name, **context), FRAME)
    trees = {section.name: element for section, element in sections.items()}
    fill(tree, "section", lambda slot: parts_of(trees[slot.get("data-of", "")]))
    fill_headings(tree, page)
    return tree


def draft_of(layout: Layout, config: Config, jinja: jinja2.Environment) -> Draft:
    """The report composed from what the stages before have written."""
    rows, path = read_rows(layout), layout.processed / "values.json"
    ledger = load_ledger(path, Codebook.read(layout), OPERATIONS, Texts(rows))
    return compose(layout, config, jinja, ledger, rows, read_saved(layout))
