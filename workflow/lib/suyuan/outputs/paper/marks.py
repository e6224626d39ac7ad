"""Marks: the numbers that paper traces in print, chosen by the rule of config/trace.yaml."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from xml.etree.ElementTree import Element

from suyuan.contract.configured import read_document
from suyuan.contract.shapes import Choice, Each, Keys, Number, Shape, hold
from suyuan.core.inputs import matching
from suyuan.lineage.beneath import Beneath
from suyuan.lineage.ledger import Ledger
from suyuan.lineage.value import TEXT
from suyuan.page.gates import LEVELS, TRACE
from suyuan.page.sections import FOLDER, SUFFIX
from suyuan.page.tree import has_class, is_slot, text_of

RULE = "config/trace.yaml"
HEADING, CAPTION, SUMMARY, CLAIM, RUNNING = PLACES = (
    "heading", "caption", "summary", "claim", "text",
)  # fmt: skip
UNMARKED = frozenset({"td", "th", "nav", "a"})  # what has no room for a mark
CAPTIONS = frozenset({"caption", "figcaption"})


@dataclass(frozen=True)
class Rule:
    """config/trace.yaml: how many marks and rows there are, and which come first."""

    marks: int
    places: Sequence[str]
    summary: str
    rows: int
    rows_of_one: int


def read_rule(root: Path) -> Rule:
    """The rule. Raises ConfigError with what E181 to E197 say of the file, E124 and E131."""
    sections = matching(root / "templates" / FOLDER, f"*{SUFFIX}")
    names = [path.name.removesuffix(SUFFIX) for path in sections]
    shapes: dict[str, Shape] = {"places": Each(Choice(PLACES)), "summary": Choice(names)}
    number = Number(whole=True, least=1)
    keys = Keys({field.name: shapes.get(field.name, number) for field in fields(Rule)})
    return Rule(**hold(read_document(root / RULE, RULE), keys))


@dataclass(frozen=True)
class Spot:
    """A number in running text: its element, the section, and the places that it stands in."""

    element: Element
    fact: str
    section: str
    places: frozenset[str]


def spots(tree: Element, summary: str) -> Iterator[Spot]:
    """The numbers that may carry a mark, in reading order, up to the trace appendix."""
    main = tree.find(".//main")
    waiting: list[tuple[Element, str, frozenset[str]]] = [
        (tree if main is None else main, "", frozenset())
    ]
    while waiting:
        element, section, places = waiting.pop()
        if is_slot(element, TRACE):
            return
        if element.tag in UNMARKED or has_class(element, "graphic"):
            continue
        if has_class(element, "section"):
            section = element.get("id", "")
            places |= {SUMMARY} if section == summary else set()
        places |= _places_of(element)
        fact = element.get("data-fact", "")
        if (
            element.tag == "data"
            and "data-claim" not in element.attrib
            and fact
            and _counts(element)
        ):
            yield Spot(element, fact, section, places | {RUNNING})
        waiting += [(child, section, places) for child in reversed(element)]


def _counts(element: Element) -> bool:
    """Whether it shows digits: a mark would tear a number in words from what it counts."""
    return any(map(str.isdigit, text_of(element)))


def _places_of(element: Element) -> set[str]:
    found = {HEADING} if element.tag in LEVELS else set()
    found |= {CAPTION} if element.tag in CAPTIONS else set()
    return found | ({CLAIM} if "data-claim" in element.attrib else set())


@dataclass(frozen=True)
class Marks:
    """The numbers that carry a mark, most important first, and the elements that show it.

    ``numbers`` are by value, in reading order; ``shown`` are the first spots of each section.
    """

    chosen: Sequence[str]
    numbers: Mapping[str, int]
    shown: Mapping[Element, str]  # the value by the element
    first: Mapping[str, Element]  # the element by the value


def choose(tree: Element, ledger: Ledger, rule: Rule) -> Marks:
    """The marks of a page: at most ``rule.marks`` numbers, whatever the page holds."""
    found = [spot for spot in spots(tree, rule.summary) if _is_number(ledger, spot.fact)]
    best: dict[str, int] = {}
    for spot in found:
        place = min(map(rule.places.index, spot.places & set(rule.places)), default=None)
        if place is not None:
            best[spot.fact] = min(best.get(spot.fact, place), place)
    printed = {e.attrib["data-fact"] for e in tree.iter("data") if "data-fact" in e.attrib}
    resting = _resting(ledger, best, (one for one in printed if _is_number(ledger, one)))
    order = list(best)
    ranked = sorted(order, key=lambda one: (best[one], -resting[one], order.index(one)))
    chosen = ranked[: rule.marks]
    first: dict[str, Element] = {}
    shown: dict[tuple[str, str], Spot] = {}
    for spot in found:
        if spot.fact in chosen:
            first.setdefault(spot.fact, spot.element)
            shown.setdefault((spot.section, spot.fact), spot)
    numbers = {value_id: number for number, value_id in enumerate(first, start=1)}
    return Marks(chosen, numbers, {spot.element: spot.fact for spot in shown.values()}, first)


def _resting(ledger: Ledger, wanted: Container[str], printed: Iterable[str]) -> Mapping[str, int]:
    """How many of the ``printed`` values rest on each of the ``wanted`` ones, or are it."""
    beneath = Beneath(ledger, lambda name: [name] if name in wanted else [])
    found = Counter[str]()
    for rested, times in Counter(map(beneath, printed)).items():
        found.update(dict.fromkeys(beneath.things(rested), times))
    return found


def _is_number(ledger: Ledger, value_id: str) -> bool:
    """Whether it is a number that rests on what rows say: no text, and no count of rows."""
    value = ledger.parent(value_id)
    counts = bool(value.parents) and ledger.operations[value.op].counting
    return value.unit != TEXT and not counts and any(map(str.isdigit, value.txt))
