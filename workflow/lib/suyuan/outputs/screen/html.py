"""The report on screen: one file with its fonts, figures, sliders and lineage inside."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from functools import partial
from typing import Any
from xml.etree.ElementTree import Element

import jinja2
from markupsafe import Markup

from suyuan.contract.edition import all_schemas
from suyuan.core.errors import Problem, ProseError, whole
from suyuan.core.layout import Layout
from suyuan.diff.before import Before
from suyuan.lineage.facets import Facets
from suyuan.lineage.names import Names
from suyuan.lineage.value import TEXT
from suyuan.outputs.screen import modules, night, packing, panel, webfont
from suyuan.outputs.screen.explorer import explorer_inputs
from suyuan.outputs.screen.walk import Walk
from suyuan.page.compose import Draft
from suyuan.page.gates import FINISHED, TRACE, check
from suyuan.page.lint import Numerals, unbound_numerals
from suyuan.page.page import Page
from suyuan.page.sections import SUFFIX
from suyuan.page.templates import fill_with, render_template
from suyuan.page.tree import (
    SVG,
    characters,
    document_text,
    fill,
    has_class,
    parse_document,
    parse_svg,
)

REPORT = f"report{SUFFIX}"
HEADINGS = frozenset({"h1", "h2", "h3"})
ROOMS = ("wide", "narrow")  # the classes of a figure's two drawings
DECLARED = ("xmlns", "xmlns:xlink", "version")  # what an SVG in HTML is without saying so
LIKE_HEADINGS = ("title", "question")  # classes that are set in the face of headings too


def html_text(
    layout: Layout,
    jinja: jinja2.Environment,
    draft: Draft,
    lineage: Mapping[str, Any],
    drawn: Mapping[str, Sequence[str]],
    before: Before | None,
) -> str:
    """report.html, after the gates."""
    known = partial(known_of, layout, draft.page, lineage, before)
    return document_text(document(layout, jinja, draft, known, drawn))


@dataclass(frozen=True)
class Known:
    """The cautions of each number, and what the panel knows of them all: as JSON and deflated.

    ``changed`` are the values that the edition before printed otherwise.
    """

    flags: Mapping[str, list[str]]
    content: str
    packed: str
    changed: frozenset[str]


def known_of(
    layout: Layout, page: Page, lineage: Mapping[str, Any], before: Before | None
) -> Known:
    """What the page's script will know."""
    flags, content = traced(layout, page, lineage, before)
    text = packing.packed(content, packing.on_page(lineage))
    changed = frozenset(before.values if before else ())
    return Known(flags, text, packing.deflated(text), changed)


def document(
    layout: Layout,
    jinja: jinja2.Environment,
    draft: Draft,
    know: Callable[[], Known],
    drawn: Mapping[str, Sequence[str]],
) -> Element:
    """The whole page as a tree, after the gates.

    ``drawn`` are the SVG texts of every figure, by its name; what ``know`` gives is asked for when
    the gates are passed.
    """
    tree = on_screen(jinja, draft, drawn)
    check_finished(tree, layout, draft.page)
    known = know()
    panel.mark(tree, known.flags, draft.page.words)
    panel.explain(tree, draft.page.words)
    panel.mark_changed(tree, known.changed)
    code = script(layout)
    faces = embedded_faces(tree, known.content + code, layout)
    shell = render_template(
        jinja, REPORT, **draft.context, medium="screen",
        faces=Markup(faces), night=Markup(night.styles(tree.iter(SVG))),
        lineage=Markup(known.packed), script=Markup(code),
    )  # fmt: skip
    root = parse_document(shell, f"templates/{REPORT}")
    fill(root, "body", lambda _: [tree])
    return root


def on_screen(
    jinja: jinja2.Environment, draft: Draft, drawn: Mapping[str, Sequence[str]]
) -> Element:
    """The page with its figures inline, their data and the sliders."""
    page, tree = draft.page, deepcopy(draft.tree)
    note, sliders = f"trace-note{SUFFIX}", f"explorer{SUFFIX}"
    fill_with(tree, TRACE, jinja, note)
    inputs = explorer_inputs(page)
    if inputs:  # there are suppliers to rank
        fill_with(tree, "explorer", jinja, sliders, inputs=Markup(panel.embedded(inputs)))
    fill(tree, "explorer", lambda _: ())
    fill(tree, "data", draft.data_in)
    fill(tree, "graphic", lambda slot: graphics(drawn, page, slot.get("data-of", "")))
    return tree


def graphics(drawn: Mapping[str, Sequence[str]], page: Page, name: str) -> list[Element]:
    """A figure's drawings as parts of the page, of which the styles show one.

    Each has the text for who cannot see it.
    """
    found = [parse_svg(text) for text in drawn[name]]
    for svg, room in zip(found, ROOMS, strict=True):
        for said in DECLARED:
            svg.attrib.pop(said, None)
        svg.attrib |= {"class": room, "role": "img", "aria-label": page.drawings[name].alt}
    for mark in found[-1].iterfind(".//*[@data-fact]"):
        del mark.attrib["id"]  # the lineage names places in the wide one
    return found


def check_finished(tree: Element, layout: Layout, page: Page) -> None:
    """Raise ProseError for a number that no value stands behind, a broken link, a doubled id."""
    numerals = Numerals.read(layout.templates / "lint.yaml")
    unbound = dict.fromkeys(unbound_numerals(tree, numerals, page.ledger.__contains__))
    if unbound:
        raise ProseError(unbound)
    check(tree, FINISHED)


def traced(
    layout: Layout, page: Page, lineage: Mapping[str, Any], before: Before | None
) -> tuple[dict[str, list[str]], Mapping[str, Any]]:
    """The cautions of each number, and what the panel knows of them all."""
    titles = {schema.name: schema.title for schema in all_schemas(layout).values()}
    facets = Facets.of(layout.root, lineage)
    book = page.ledger.codebook
    names = page.names()
    known = panel.Embedding(lineage, facets, titles, book, page.words, names)
    walk = Walk(lineage, facets, page.words, before).stops()
    content = known.contents() | known.since(before) | {"walk": walk}
    check_names(names)
    used = dict.fromkeys(use["v"] for use in lineage["uses"])
    flags = panel.cautions(lineage["values"], used, facets)
    numbers = {v: raised for v, raised in flags.items() if lineage["values"][v]["u"] != TEXT}
    return numbers, content


def check_names(names: Names) -> None:
    """Raise ProseError E366 for each code that readers would meet, having no name."""
    if names.unnamed:
        raise ProseError(whole("E366", "templates/words.yaml", code) for code in names.unnamed)


def embedded_faces(tree: Element, more: str, layout: Layout) -> str:
    """The fonts' glyphs for the page and for ``more``, which its script may show."""
    shown = check_glyphs(characters(tree) | set(more), layout)
    headings = [
        e for e in tree.iter() if e.tag in HEADINGS or any(has_class(e, c) for c in LIKE_HEADINGS)
    ]
    set_in_serif = "".join(sorted(set().union(*map(characters, headings))))
    return webfont.embedded_faces(layout.templates / "fonts", shown, set_in_serif)


def check_glyphs(characters: set[str], layout: Layout) -> str:
    """The printable ones. Raises ProseError E303 for those that a vendored font lacks."""
    shown = {c for c in characters if c.isprintable()}
    missing: set[str] = set()
    for _, _, name in webfont.FACES:
        missing |= shown - webfont.characters(layout.templates / "fonts" / name)
    if missing:
        file = layout.name(layout.build / "report.html")
        raise ProseError(
            Problem("E303", file, 1, "1", c, {"codepoint": f"U+{ord(c):04X}"})
            for c in sorted(missing)
        )
    return "".join(sorted(shown))


def script(layout: Layout) -> str:
    """The report's script."""
    folder = layout.templates / "scripts"
    return modules.bundled(folder, layout.name(folder))
