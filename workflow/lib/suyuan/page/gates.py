"""Gates of structure: what a page must be before anyone reads it, whatever its templates say.

Each gate looks at the elements of a page and gives one problem per fault, at the template it
stands in.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import zip_longest
from xml.etree.ElementTree import Element

from suyuan.core.errors import Problem, ProseError
from suyuan.page.exhibits import EXHIBITS
from suyuan.page.sections import FRAME, template_of
from suyuan.page.tree import SLOT, has_class, is_slot, text_of

Placed = tuple[str, Element]
Gate = Callable[[Sequence[Placed]], Iterator[Problem]]
TRACE = "trace"  # the slot of the trace appendix
LEVELS = {f"h{level}": level for level in range(1, 7)}


def check(tree: Element, gates: Iterable[Gate]) -> None:
    """Raise ProseError with whatever ``gates`` find wrong."""
    elements = placed(tree)
    problems = [problem for gate in gates for problem in gate(elements)]
    if problems:
        raise ProseError(problems)


def placed(tree: Element) -> list[Placed]:
    """The tree and all its elements in reading order, each with the template that wrote it."""
    found: list[Placed] = []
    waiting = [(FRAME, tree)]
    while waiting:
        place, element = waiting.pop()
        found.append((place, element))
        inside = template_of(element, place)
        waiting += [(inside, child) for child in reversed(element)]
    return found


def duplicate_ids(elements: Sequence[Placed]) -> Iterator[Problem]:
    """E331: two elements with one id; links lead to the first of them only."""
    for place, element in _repeated(elements):
        if not is_exhibit(element):  # E336 says it better
            yield Problem("E331", place, 1, "1", element.get("id", ""))


def placed_twice(elements: Sequence[Placed]) -> Iterator[Problem]:
    """E336: a figure or table that stands in two places."""
    for place, element in _repeated(elements):
        if is_exhibit(element):
            yield Problem("E336", place, 1, "1", element.get("id", ""))


def _repeated(elements: Sequence[Placed]) -> Iterator[Placed]:
    """The second element of each id that several have."""
    seen: Counter[str] = Counter()
    for place, element in elements:
        if (own := element.get("id")) is not None:
            seen[own] += 1
            if seen[own] == 2:
                yield place, element


def without_source(elements: Sequence[Placed]) -> Iterator[Problem]:
    """E332: a figure or table without a source line after it; only a slot may be between."""
    for holder_place, holder in elements:
        beside = [element for element in holder if element.tag != SLOT]
        for element, after in zip_longest(beside, beside[1:]):
            if (name := _exhibit_of(element, holder)) and not _is_source(after):
                yield Problem("E332", template_of(holder, holder_place), 1, "1", name)


def _exhibit_of(element: Element, holder: Element) -> str:
    """The id or class of the figure or table that ``element`` is, '' if it is none."""
    if element.tag == "figure":
        return next((e.get("id", "") for e in element if is_exhibit(e)), element.tag)
    if element.tag == "table" and not (is_exhibit(holder) or has_class(element, "stamp")):
        return element.get("class", element.tag)  # one that the page does not know
    return element.get("id", "") if element.tag == "div" and is_exhibit(element) else ""


def _is_source(element: Element | None) -> bool:
    if element is None or element.tag != "p" or not has_class(element, "source"):
        return False
    return bool(text_of(element).strip())


def never_seen(elements: Sequence[Placed]) -> Iterator[Problem]:
    """E333: a figure or table that no text refers to."""
    seen = {element.get("href") for _, element in elements if has_class(element, "see")}
    for place, element in elements:
        if is_exhibit(element) and f"#{element.get('id')}" not in seen:
            yield Problem("E333", place, 1, "1", element.get("id", ""))


def broken_references(elements: Sequence[Placed]) -> Iterator[Problem]:
    """E334: a reference to a figure or table that stands nowhere, told beside the one not named."""
    broken = {problem.value for problem in broken_links(elements)}
    for place, element in elements:
        if has_class(element, "see") and (link := element.get("href", "")) in broken:
            yield Problem("E334", place, 1, "1", link)


def broken_links(elements: Sequence[Placed]) -> Iterator[Problem]:
    """E334: a link that leads to nothing on the page."""
    targets = {f"#{element.get('id')}" for _, element in elements if "id" in element.attrib}
    for place, element in elements:
        link = element.get("href", "") if element.tag == "a" else ""
        if link.startswith("#") and link not in targets:
            yield Problem("E334", place, 1, "1", link)


def without_heading(elements: Sequence[Placed]) -> Iterator[Problem]:
    """E335: a section without a heading, or with an empty one."""
    for place, section in elements:
        if (own := template_of(section, place)) != place:
            heading = section.find("h2")
            if heading is None or not text_of(heading).strip():
                yield Problem("E335", own, 1, "1", section.get("id", ""))


def skipped_levels(elements: Sequence[Placed]) -> Iterator[Problem]:
    """E337: a heading more than one level below the one before it."""
    before = 0
    for place, element in elements:
        level = LEVELS.get(element.tag, 0)
        if level > before + 1:
            yield Problem("E337", place, 1, "1", f"{element.tag} {text_of(element).strip()}")
        before = level or before


def unfilled(elements: Sequence[Placed]) -> Iterator[Problem]:
    """E338: a slot that no pass has filled."""
    for place, element in elements:
        if element.tag == SLOT:
            yield Problem("E338", place, 1, "1", element.get("name", ""))


def without_appendix(elements: Sequence[Placed]) -> Iterator[Problem]:
    """E339: no place for the trace appendix, which every printed number leads to."""
    if not any(is_slot(element, TRACE) for _, element in elements):
        yield Problem("E339", FRAME, 1, "1", TRACE)


def is_exhibit(element: Element) -> bool:
    """Whether it carries the id of a figure or table."""
    kind, _, name = element.get("id", "").partition("-")
    return bool(name) and EXHIBITS.get(kind) == element.tag


COMPOSED: tuple[Gate, ...] = (
    without_source, broken_references, never_seen, without_heading, placed_twice, skipped_levels,
    without_appendix,
)  # fmt: skip
FINISHED: tuple[Gate, ...] = (duplicate_ids, broken_links, unfilled)
