"""Finding: from what is asked to the values and claims that are meant.

Each way of asking is tried in turn, from what names one thing exactly to what merely resembles
it; the first that finds something answers.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal, localcontext
from difflib import get_close_matches
from itertools import islice

from suyuan.core.errors import LookupFailed, Problem
from suyuan.core.numbers import EXACT
from suyuan.lineage.names import NAME, SUBJECTS
from suyuan.lineage.value import TEXT
from suyuan.outputs.answers import asked
from suyuan.outputs.answers.asked import plain
from suyuan.outputs.answers.places import (
    Found,
    by_code,
    by_exhibit,
    by_heading,
    by_line,
    by_page,
    by_row,
    by_section,
    numbers,
    page_forms,
    prefixes_of,
)
from suyuan.outputs.answers.report import Report

NEAR = 3  # suggestions
CLOSE = Decimal("0.02")  # of a number, to be suggested for another


@dataclass(frozen=True)
class Hit:
    """A value or a claim: how it is printed, what it is called, and where it stands."""

    id: str
    claim: bool
    name: str
    txt: str
    places: tuple[str, ...]


@dataclass(frozen=True)
class Answer:
    """What a question is about, in words, and the values and claims that it means."""

    about: tuple[str, ...]
    hits: tuple[Hit, ...]


_Way = Callable[[Report, str, str], "Found | None"]


def find(report: Report, text: str) -> Answer:
    """What ``text`` asks for. Raises LookupFailed E200, with what is nearest, for nothing."""
    for form in _forms(report, text):
        for way in WAYS:
            found = way(report, form, plain(form))
            if found and (found.ids or found.claims or found.about):
                hits = (*(_claim(report, one) for one in dict.fromkeys(found.claims)),
                        *(_value(report, one) for one in dict.fromkeys(found.ids)))  # fmt: skip
                return Answer(tuple(found.about), hits)
    wanted = plain(text)
    file = report.layout.name(report.layout.report / "lineage.json")
    close = list(islice(_near(report, wanted), NEAR)) if wanted else []
    said = report.words["trace"]["near"].format("、".join(close)) if close else ""
    raise LookupFailed(Problem("E200", file, 1, "1", text, {"near": said}))


def _forms(report: Report, text: str) -> list[str]:
    """What is asked: as it is written, as a name without a question, with digits for numerals."""
    bare = text.strip()
    for ending in report.words["trace"]["endings"].split():
        bare = bare.removesuffix(ending)
    return [form for form in dict.fromkeys((text, bare, asked.arabic(bare))) if plain(form)]


def _value(report: Report, value_id: str) -> Hit:
    places = tuple(report.places(value_id))
    return Hit(value_id, False, report.name(value_id), report.shown(value_id), places)


def _claim(report: Report, name: str) -> Hit:
    spots = [report.printed.spot(anchor) for anchor in report.claims[name].get("uses", ())]
    known = [spot for spot in spots if spot]
    pages = {spot.section: report.on_page(report.paper.of(f"sec-{spot.section}")) for spot in known}
    places = dict.fromkeys(report.section(section) + page for section, page in pages.items())
    fact = report.claims[name]["in"][0]
    return Hit(name, True, report.name(fact), report.claims[name]["txt"], tuple(places))


def by_id(report: Report, text: str, wanted: str) -> Found | None:
    """A value's or a claim's id, in any case."""
    text = text.strip()
    if text in report.values or text in report.claims:
        return Found(
            [text] if text in report.values else (), [text] if text in report.claims else ()
        )
    ids = [one for one in report.values if one.lower() == wanted]
    return Found(ids, [one for one in report.claims if one.lower() == wanted])


def by_print(report: Report, _text: str, wanted: str) -> Found | None:
    """What is printed just so; of a name, the numbers that go by it too."""
    ids = report.in_order(report.by_text.get(wanted, ()))
    texts = all(report.values[one]["u"] == TEXT for one in ids)
    named = _named(report, [wanted]) if ids and texts and not wanted.isascii() else ()
    return Found([*ids, *named])


def by_quantity(report: Report, _text: str, wanted: str) -> Found | None:
    """A number with what the page prints around it: a comparator before, a unit after."""
    quantity = asked.quantity(wanted, _comparators(report))
    if not quantity:
        return None
    sign = "%" if quantity.unit == "%" else ""
    alike = report.by_number.get((quantity.number, sign), ())
    ids = [
        one for one in alike if sign or not quantity.unit or quantity.unit in _units(report, one)
    ]
    ids = ids or list(_converted(report, quantity))
    if quantity.comparator:
        ids = [one for one in ids
               if report.values[one].get("comparator", "=") == quantity.comparator]  # fmt: skip
    return Found(report.in_order(ids))


def _comparators(report: Report) -> dict[str, str]:
    """Signs of comparison by the words for them, and by themselves."""
    said = {word: sign for sign, word in report.words["comparator"].items() if word}
    pairs = (pair.split("_") for pair in report.words["trace"]["comparators"].split())
    return said | {sign: sign for sign in said.values()} | dict(pairs)


def _units(report: Report, value_id: str) -> set[str]:
    entry = report.values[value_id]
    return set(map(plain, (report.suffix(value_id), entry["u"], entry.get("printed_unit", ""))))


def _converted(report: Report, quantity: asked.Quantity) -> Iterator[str]:
    """Values that are as much as is asked for in another unit."""
    for unit in report.book.units.values():
        if quantity.unit and quantity.unit in {plain(unit.name), plain(unit.label)}:
            with localcontext(EXACT):
                number = quantity.number * unit.factor
            for value_id, entry in report.values.items():
                if entry["u"] == unit.canonical and Decimal(entry["v"]) == number:
                    yield value_id


def by_saying(report: Report, _text: str, wanted: str) -> Found | None:
    """What the page prints in words: the values and claims that stand there."""
    spots = report.printed.saying(wanted)
    claims = [spot.claim for spot in spots if spot.claim and wanted in plain(
        report.claims[spot.claim]["txt"])]  # fmt: skip
    inner = {fact for name in claims for fact in report.claims[name]["in"]}
    facts = [spot.fact for spot in spots if not spot.claim and spot.fact not in inner]
    return Found(facts if not claims else (), claims)


def by_claim(report: Report, _text: str, wanted: str) -> Found | None:
    """The words of a claim."""
    return Found((), [name for name, one in report.claims.items() if wanted in plain(one["txt"])])


def by_words(report: Report, text: str, _wanted: str) -> Found | None:
    """A subject with a number or an indicator: 九章云极 17.9%, 宁夏总规模."""
    words = [part for word in _WORD.findall(text) for part in _parted(report, plain(word))]
    return Found(_named(report, words) if len(words) > 1 else ())


def by_name(report: Report, _text: str, wanted: str) -> Found | None:
    """A part of a name."""
    return Found(() if wanted.isascii() else _named(report, [wanted]))


_WORD = re.compile(r"-?\d[\d.,]*\s*%?|[^\s\d]+")


def _parted(report: Report, word: str) -> list[str]:
    """A subject and what is asked of it, where a word begins with its name."""
    for cells in report.tracer.facets.cells(SUBJECTS).values():
        name = plain(cells[NAME])
        if word.startswith(name) and word != name:
            particle = report.words["trace"]["particle"]
            return [name, word.removeprefix(name).removeprefix(particle)]
    return [word]


def _named(report: Report, words: Sequence[str]) -> list[str]:
    """Numbers that all the words are about, as parts of the name or the number itself."""
    found: dict[str, tuple[bool, str]] = {}
    for value_id in numbers(report, list(report.values)):
        name, printed = plain(report.name(value_id)), plain(report.values[value_id]["txt"])
        if all(word == printed or word in name for word in words):
            found[value_id] = (printed in words and not printed.isalpha(), name)
    exact = [one for one, (number, name) in found.items() if number or name == "".join(words)]
    if exact:
        return report.in_order(exact)
    # 总规模 is asked: 算力总规模 before 算力总规模目标.
    ends = [one for one, (_, name) in found.items() if name.endswith(words[-1])]
    return list(dict.fromkeys([*report.in_order(ends), *report.in_order(found)]))


def by_part(report: Report, _text: str, wanted: str) -> Found | None:
    """A part of an id."""
    if len(wanted) < NEAR or not wanted.isascii() or not re.search("[a-z]", wanted):
        return None
    ids = [one for one in report.values if wanted in one.lower()]
    claims = [one for one in report.claims if wanted in one.lower()]
    return Found(report.in_order(numbers(report, ids) or ids), claims)


def by_content(report: Report, _text: str, wanted: str) -> Found | None:
    """A part of a text that the report takes from a row."""
    if len(wanted) < NEAR:
        return None
    texts = (one for one, entry in report.values.items() if entry["op"] == TEXT)
    return Found(report.in_order(t for t in texts if wanted in plain(report.values[t]["txt"])))


WAYS: tuple[_Way, ...] = (
    by_id, by_code, by_exhibit, by_page, by_line, by_row, by_section, by_print, by_quantity,
    by_words, by_saying, by_claim, by_name, by_heading, by_part, by_content,
)  # fmt: skip


def _near(report: Report, wanted: str) -> Iterator[str]:
    """What may have been meant: numbers close by, then names that are written alike."""
    if named := asked.exhibit(wanted, prefixes_of(report)):
        labels = [e.label for e in report.printed.exhibits.values() if e.kind == named[0]]
        yield from dict.fromkeys([*labels[:1], *labels[-1:]])
        return
    if asked.page(wanted, page_forms(report)):
        yield from (report.words["trace"]["a_page"].format(n) for n in [*report.paper.links][-1:])
        return
    quantity = asked.quantity(wanted, _comparators(report))
    if quantity and quantity.number:
        away = {
            abs(number - quantity.number): report.shown(ids[0])
            for (number, _), ids in report.by_number.items()
            if abs(number - quantity.number) <= abs(quantity.number) * CLOSE
        }
        yield from (away[distance] for distance in sorted(away))
        return
    known = [*report.values, *report.claims]
    yield from get_close_matches(wanted, known, NEAR)
