"""The page for paper as a tree, before anything is set: who reads a PDF back needs no more."""

from __future__ import annotations

from copy import deepcopy
from xml.etree.ElementTree import Element, SubElement

import jinja2

from suyuan.contract.edition import all_schemas
from suyuan.core.layout import Layout
from suyuan.outputs.paper.appendix import Writer
from suyuan.outputs.paper.links import link
from suyuan.outputs.paper.margins import set_beside
from suyuan.outputs.paper.marks import choose, read_rule
from suyuan.outputs.paper.registers import condense, thin_heads
from suyuan.page.compose import Draft
from suyuan.page.gates import FINISHED, TRACE, check
from suyuan.page.page import Page
from suyuan.page.sections import SUFFIX
from suyuan.page.templates import fill_with
from suyuan.page.tree import fill, has_class, text_of

# A row in the head of a table, for further pages; which of them the page asks for.
CONTINUED, GOES_ON = "continued", "data-goes-on"


def printed(layout: Layout, jinja: jinja2.Environment, draft: Draft, digest: str) -> Element:
    """The page for paper: figures as images, marks, the trace appendix.

    ``digest`` is that of the attached lineage.json. Raises ProseError for a link that leads
    nowhere, ConfigError for a rule of marks that is none.
    """
    page, tree = draft.page, deepcopy(draft.tree)
    rule = read_rule(layout.root)
    titles = {name: schema.title for name, schema in all_schemas(layout).items()}
    marks = choose(tree, page.ledger, rule)
    appendix = Writer.of(page, marks, rule, titles).appendix(digest)
    set_beside(tree, marks, {entry.mark: entry for entry in appendix.entries})
    link(tree, marks)
    fill_with(tree, TRACE, jinja, f"trace{SUFFIX}", appendix=appendix, page=page)
    fill(tree, "graphic", lambda slot: [image(layout, page, slot.get("data-of", ""))])
    for left in ("data", "explorer"):
        fill(tree, left, lambda _: ())
    check(tree, FINISHED)
    for table in tree.iter("table"):
        condense(table)
        thin_heads(table)
    for holder in tree.iter("div"):
        if has_class(holder, "long"):
            head_continued(holder[0], page.words["page"]["continued"])
    return tree


def head_continued(table: Element, word: str) -> None:
    """Put into the head of a table what heads it on further pages, which ``paging`` shows.

    A row says that it goes on, and in which group: under the last row of class ``group``, and under
    the last filled first cell where its own is empty.
    """
    label = text_of(table[0][0])  # of its caption
    head = table[1]
    columns = sum(int(cell.get("colspan", "1")) for cell in head[0])
    places: dict[str, int] = {}
    group = inner = ""
    for row in table.iterfind("tbody/tr"):
        first = text_of(row[0]).strip()
        if has_class(row, "group"):
            group, inner, within = first, "", ""
        elif first:
            inner, within = first, group
        else:
            within = f"{group} {inner}".strip()
        row.set(
            GOES_ON, str(places.setdefault(word.format(label=label, group=within), len(places)))
        )
    for text in places:
        row = SubElement(head, "tr", {"class": CONTINUED})
        SubElement(row, "td", {"colspan": str(columns)}).text = text.strip()


def image(layout: Layout, page: Page, name: str) -> Element:
    """A figure as an image with its text."""
    source = layout.name(layout.figures / f"{name}.svg")
    return Element("img", {"src": source, "alt": page.drawings[name].alt})
