"""What captions and headings must say by themselves, since they are read without their page.

A caption states what its figure or table shows: it has a verb. Where numbers of our own assessment
stand, it says so; a heading that prints one says so too, for the contents and bookmarks repeat it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from xml.etree.ElementTree import Element

from suyuan.core.errors import Problem
from suyuan.lineage.facets import JUDGED
from suyuan.lineage.graph import ancestry
from suyuan.lineage.ledger import Ledger
from suyuan.page.gates import Gate, Placed
from suyuan.page.tree import has_class, text_of

CAPTIONS = frozenset({"caption", "figcaption"})
TRAVELS = CAPTIONS | {"h2"}  # what is read away from its page
ASIDE = re.compile(r"（[^（）]*）")


def without_finding(verbs: Collection[str], neutral: Collection[str]) -> Gate:
    """A gate: E386 for a caption that, parentheses apart, holds none of ``verbs``.

    A verb inside one of ``neutral`` is none: 占 is one, in 占比 it is not.
    """
    longest = sorted({*verbs, *neutral}, key=len, reverse=True)
    pattern = re.compile("|".join(map(re.escape, longest)))

    def check(elements: Sequence[Placed]) -> Iterator[Problem]:
        for place, element in elements:
            if element.tag in CAPTIONS:
                caption = text_of(element).strip()
                said = pattern.findall(ASIDE.sub("", caption))
                if not set(said) - set(neutral):
                    yield Problem("E386", place, 1, "1", caption)

    return check


def without_notice(ledger: Ledger, notice: str, note: str) -> Gate:
    """A gate: E387 for a caption or heading with assessed numbers that does not say ``notice``.

    Assessed is what rests on a judged row, and a figure or table whose source line holds ``note``.
    """
    known: dict[str, bool] = {}

    def assessed(value_id: str) -> bool:
        if value_id not in known:
            used = ancestry(ledger, [value_id]) if value_id in ledger else ()
            known[value_id] = any(ledger[one].meta.get("kind") == JUDGED for one in used)
        return known[value_id]

    def check(elements: Sequence[Placed]) -> Iterator[Problem]:
        noted = _noted(elements, lambda element: note in text_of(element))
        for place, element in elements:
            if element.tag in TRAVELS and notice not in (said := text_of(element)):
                facts = {below.get("data-fact", "") for below in element.iter()} - {""}
                if element in noted or any(map(assessed, facts)):
                    yield Problem("E387", place, 1, "1", said.strip())

    return check


def _noted(elements: Sequence[Placed], says: Callable[[Element], bool]) -> list[Element]:
    """The captions before a source line that ``says`` so."""
    found, last = [], None
    for _, element in elements:
        if element.tag in CAPTIONS:
            last = element
        elif element.tag == "p" and has_class(element, "source"):
            if last is not None and says(element):
                found.append(last)
            last = None
    return found
