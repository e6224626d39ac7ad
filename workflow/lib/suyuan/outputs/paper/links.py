"""Links on paper: a number that is traced in print leads to its entry and carries its mark."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from suyuan.contract.citations import EVIDENCE
from suyuan.core.names import TRACE_ENTRY, slug
from suyuan.outputs.paper.marks import Marks
from suyuan.page.gates import TRACE
from suyuan.page.tree import Part, has_class, is_slot, parts_of, put

PLACE = "mark-"  # how the ids of places begin that the appendix leads back to
PLAIN = ("see", EVIDENCE)  # classes of links whose text is one number that the page gave
MARK = "data-mark"  # the attribute whose text is set after a number


def anchor_of(value_id: str) -> str:
    """The anchor of a value's entry in the trace appendix."""
    return f"{TRACE_ENTRY}{slug(value_id)}"


@dataclass
class _Linker:
    marks: Marks
    wanted: Collection[str]  # ids that links of the page lead to
    passed: bool = False  # the place of the appendix: what comes after it has no links

    def within(self, element: Element, *, linked: bool) -> None:
        """Rewrite what stands in ``element``; ``linked`` tells whether a link is around it."""
        parts: list[Part] = []
        for part in parts_of(element):
            if isinstance(part, str) or part.tag != "data":
                if not isinstance(part, str):
                    self.passed = self.passed or is_slot(part, TRACE)
                    self.within(part, linked=linked or part.tag in {"a", "nav"})
                parts.append(part)
            else:
                parts += self.value(part, linked=linked)
        put(element, parts)

    def value(self, data: Element, *, linked: bool) -> list[Part]:
        """What stands on paper instead of a ``<data>`` element."""
        fact = data.get("data-fact", "")
        nested = data.find("data") is not None
        marked = fact in self.marks.numbers and not has_class(data, "graphic")
        leads = marked and not (linked or nested or self.passed)
        self.within(data, linked=linked or leads)
        kept = {name: data.attrib[name] for name in ("class", "id") if self.keeps(name, data)}
        if not (leads or kept):
            return parts_of(data)
        shown = Element("a" if leads else "span", kept)
        if leads:
            shown.attrib |= {"href": f"#{anchor_of(fact)}"} | self.mark(data, fact)
        put(shown, parts_of(data))
        return [shown]

    def mark(self, data: Element, fact: str) -> dict[str, str]:
        """The mark that is set after a number, and the id that the appendix leads back to."""
        if data not in self.marks.shown:
            return {}
        number = self.marks.numbers[fact]
        first = {"id": place_of(number)} if self.marks.first[fact] is data else {}
        return first | {MARK: f"[{number}]"}

    def keeps(self, name: str, data: Element) -> bool:
        return name in data.attrib and (name == "class" or data.attrib[name] in self.wanted)


def place_of(number: int) -> str:
    """The id of the first number that carries a mark."""
    return f"{PLACE}{number}"


def link(tree: Element, marks: Marks) -> None:
    """Marked numbers as links to their entries instead of ``<data>`` elements.

    Paper needs no other anchors, and a tenth as many elements are set in less time. A number
    inside another link stays plain, as in the table of contents; a claim whose words hold numbers
    of their own leaves the links to them. What stands after the appendix has none.
    """
    wanted = {a.get("href", "").removeprefix("#") for a in tree.iter("a")}
    _Linker(marks, wanted).within(tree, linked=False)
    for element in tree.iter():
        led = element.tag == "a" and any(has_class(element, name) for name in PLAIN)
        if led or element.tag == "nav":
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
