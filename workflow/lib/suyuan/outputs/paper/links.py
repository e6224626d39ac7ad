"""Links on paper: every traced number leads to its entry in the trace appendix."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from suyuan.lineage.ledger import Ledger
from suyuan.outputs.paper.appendix import anchor_of
from suyuan.page.gates import TRACE
from suyuan.page.tree import Part, has_class, is_slot, parts_of, put

TO_TRACE = "to-trace"  # class of the link below a figure


@dataclass
class _Linker:
    ledger: Ledger
    entries: Collection[str]  # anchors of the appendix, none once its place is passed
    wanted: Collection[str]  # ids that links of the page lead to
    words: str

    def within(self, element: Element, *, linked: bool) -> None:
        """Rewrite what stands in ``element``; ``linked`` tells whether a link is around it."""
        parts: list[Part] = []
        for part in parts_of(element):
            if isinstance(part, str) or part.tag != "data":
                if not isinstance(part, str):
                    self.other(part, linked=linked)
                parts.append(part)
            else:
                parts += self.value(part, linked=linked)
        put(element, parts)

    def other(self, element: Element, *, linked: bool) -> None:
        if is_slot(element, TRACE):
            self.entries = ()
        self.within(element, linked=linked or element.tag == "a")

    def value(self, data: Element, *, linked: bool) -> list[Part]:
        """What stands on paper instead of a ``<data>`` element."""
        fact = data.get("data-fact")
        anchor = anchor_of(self.ledger[fact]) if fact else ""
        graphic = has_class(data, "graphic")
        nested = data.find("data") is not None
        leads = anchor in self.entries and not (graphic or linked or nested)
        self.within(data, linked=linked or leads)
        kept = {name: data.attrib[name] for name in ("class", "id") if self.keeps(name, data)}
        if not (leads or kept):
            return parts_of(data)
        shown = Element("a" if leads else "span", kept | ({"href": f"#{anchor}"} if leads else {}))
        put(shown, parts_of(data))
        if not (graphic and anchor in self.entries):
            return [shown]
        link = Element("a", {"class": TO_TRACE, "href": f"#{anchor}"})
        link.text = self.words
        return [shown, link]

    def keeps(self, name: str, data: Element) -> bool:
        return name in data.attrib and (name == "class" or data.attrib[name] in self.wanted)


def link(tree: Element, ledger: Ledger, entries: Collection[str], figure_link: str) -> None:
    """Traced numbers as links to their entries instead of ``<data>`` elements.

    Paper needs no other anchors, and half as many elements are set in half the time. A number
    inside another link stays plain, as in the table of contents; a claim whose words hold numbers
    of their own leaves the links to them. What stands after the appendix has none. A figure gets a
    link with the words ``figure_link`` below it: an image inside a link would not be accessible.
    """
    wanted = {a.get("href", "").removeprefix("#") for a in tree.iter("a")}
    _Linker(ledger, entries, wanted, figure_link).within(tree, linked=False)
    for element in tree.iter():
        if element.tag == "nav" or (element.tag == "a" and has_class(element, "see")):
            bare(element)


def bare(element: Element) -> None:
    """Take the spans out of an element: nothing may stand between a link and its text."""
    parts: list[Part] = []
    for part in parts_of(element):
        if isinstance(part, str):
            parts.append(part)
            continue
        bare(part)
        parts += parts_of(part) if part.tag == "span" else [part]
    put(element, parts)
