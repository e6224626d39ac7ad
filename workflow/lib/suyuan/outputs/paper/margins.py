"""Key numbers in the margin of the PDF: what a reader who leafs through finds beside the text.

A section has one at most, beside the paragraph that says it or that stands below the heading that
does: of the marked numbers there, the one that comes first by the rule of marks. What the title of
the section says, what stands in another's margin, and what this project has set, is none.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise
from xml.etree.ElementTree import Element, SubElement

from suyuan.outputs.paper.appendix import Entry
from suyuan.outputs.paper.marks import Marks
from suyuan.page.tree import has_class

TITLE, HEADING, PARAGRAPH = "h2", "h3", "p"
MARGIN = "margin"  # class of what stands in the margin


def set_beside(tree: Element, marks: Marks, entries: Mapping[int, Entry]) -> None:
    """Begin a paragraph of each section with its note; ``entries`` are by mark."""
    left = [value_id for value_id in marks.chosen if not entries[marks.numbers[value_id]].ours]
    for section in tree.iter("section"):
        if not has_class(section, "section"):
            continue
        titled = {data.get("data-fact") for data in section.findall(f"{TITLE}//data")}
        spots = [
            (left.index(marks.shown[data]), below)
            for part, below in _said_beside(section)
            for data in part.iter("data")
            if marks.shown.get(data) in left and marks.shown[data] not in titled
        ]
        if spots:
            place, paragraph = min(spots, key=lambda spot: spot[0])
            _begin(paragraph, entries[marks.numbers[left.pop(place)]])


def _said_beside(section: Element) -> Iterator[tuple[Element, Element]]:
    """The paragraphs of a section and the headings above them, each with its paragraph."""
    for part, below in pairwise([*section, Element("end")]):
        if part.tag == PARAGRAPH:
            yield part, part
        elif part.tag == HEADING and below.tag == PARAGRAPH:
            yield part, below


def _begin(paragraph: Element, entry: Entry) -> None:
    """Let a paragraph begin with the note that the style sets beside it."""
    note = Element("span", {"class": MARGIN})
    number, _, unit = entry.shown.rpartition(" ")
    if not number or any(map(str.isdigit, unit)):
        number, unit = entry.shown, ""
    SubElement(note, "strong").text = number
    if unit:
        SubElement(note, "span").text = unit
    note[-1].tail = f" {entry.name} "
    note.tail, paragraph.text = paragraph.text, None
    paragraph.insert(0, note)
