"""The page for paper as a tree, before anything is set: who reads a PDF back needs no more."""

from __future__ import annotations

from copy import deepcopy
from xml.etree.ElementTree import Element

import jinja2

from suyuan.core.layout import Layout
from suyuan.outputs.paper import appendix
from suyuan.outputs.paper.links import link
from suyuan.page.compose import Draft
from suyuan.page.gates import FINISHED, TRACE, check
from suyuan.page.page import Page
from suyuan.page.sections import SUFFIX
from suyuan.page.templates import fill_with
from suyuan.page.tree import fill


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
