"""The table of contents: the headings of all sections once more, with anchors of their own."""

from __future__ import annotations

from collections.abc import Iterable
from copy import deepcopy
from xml.etree.ElementTree import Element

from suyuan.lineage.file import Use
from suyuan.page.page import Page
from suyuan.page.tree import Part, fill, parts_of

PLACE = "contents"  # what its uses name as their section


def fill_headings(tree: Element, page: Page) -> None:
    """Put each section's heading in its slot; the page then knows these uses of its values."""
    headings = {heading.get("id"): heading for heading in tree.iter("h2")}

    def repeated(slot: Element) -> Iterable[Part]:
        heading = headings.get(f"sec-{slot.get('data-of')}")
        return () if heading is None else parts_of(_renewed(heading, page))

    fill(tree, "heading", repeated)


def _renewed(heading: Element, page: Page) -> Element:
    again = deepcopy(heading)
    for data in again.iter("data"):
        anchor = f"{data.attrib['id']}-{PLACE}"
        data.set("id", anchor)
        if claim := data.get("data-claim"):
            page.claimed[claim].append(anchor)
        page.uses.append(Use(data.attrib["data-fact"], PLACE, anchor, "text"))
    return again
