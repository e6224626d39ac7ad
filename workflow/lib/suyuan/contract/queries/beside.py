"""Rules of numbers beside each other: other publishers, parts and wholes, an earlier edition."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping
from decimal import Decimal

from suyuan.contract.queries import scopes
from suyuan.contract.queries.rule import Rule, RuleOfTwo
from suyuan.contract.queries.scopes import of_all
from suyuan.contract.queries.seen import OBSERVATIONS, Bounds, Point, Seen
from suyuan.core.errors import Problem

VALUE = "value"
BELOW, ABOVE = frozenset("<≤"), frozenset(">≥")
FACT = ("subject_id", "indicator_id", "basis", "kind", "vintage")
PLACE = ("subject_id", "indicator_id", "value", "unit", "source_id", "locator", "as_of")


def _apart(one: Point, other: Point) -> float:
    """By which share two records of one fact differ, as their comparators let them."""
    low, high = sorted((one, other), key=lambda point: point.number)
    if low.row["comparator"] in ABOVE or high.row["comparator"] in BELOW:
        return 0.0  # more than the lower one, or less than the higher one: both may be true
    return (high.number - low.number) / abs(high.number) if high.number else 0.0


def other_publishers(seen: Seen, bounds: Bounds) -> Iterator[Problem]:
    """What two sources print of one subject, indicator and period."""
    facts: dict[tuple[object, ...], list[Point]] = defaultdict(list)
    for point in seen.points:
        if point.end:
            facts[(*(point.row[column] for column in FACT), point.end)].append(point)
    for points in facts.values():
        first = points[0]
        for point in points[1:]:
            if point.row["source_id"] != first.row["source_id"]:
                apart = _apart(first, point)
                if apart > bounds["share"]:
                    share = f"{apart:.1%}"
                    yield seen.query("W180", OBSERVATIONS, point.row, VALUE, first.row, share=share)


def _records(seen: Seen) -> Mapping[tuple[str, ...], list[Point]]:
    """The series of measured numbers by indicator, basis and subject."""
    found: dict[tuple[str, ...], list[Point]] = {}
    for series in seen.series:
        row = series[0].row
        if row["kind"] == "measured":
            found[(row["indicator_id"], row["basis"], row["subject_id"])] = list(series)
    return found


def parts_above_wholes(seen: Seen, bounds: Bounds) -> Iterator[Problem]:
    """A part beside the whole it belongs to, in the same period or the next on record."""
    records, most = _records(seen), bounds.each("share")
    for (indicator, basis, subject), series in records.items():
        above = seen.subjects[subject]["parent_id"]
        while indicator in most and above in seen.subjects:
            wholes = records.get((indicator, basis, above), [])
            for part in series:
                place = bisect_left(wholes, part.end, key=lambda whole: whole.end)
                if place < len(wholes):
                    whole = wholes[place]
                    if part.row["comparator"] not in BELOW and (
                        part.number > whole.number * most[indicator]
                    ):
                        yield seen.query("W181", OBSERVATIONS, part.row, VALUE, whole.row)
            if wholes:
                break
            above = seen.subjects[above]["parent_id"]


def sums_of_parts(seen: Seen, bounds: Bounds) -> Iterator[Problem]:
    """A whole beside the sum of all its parts, as one source prints them for one period."""
    parts: dict[tuple[str, str], list[str]] = defaultdict(list)
    for subject in seen.tables["subjects"]:
        parts[(subject["parent_id"], subject["type"])].append(subject["subject_id"])
    sorts, counted = bounds.each("sorts"), bounds.each("share")
    told = defaultdict[tuple[str, ...], dict[str, Point]](dict)
    for point in seen.points:
        row = point.row
        if row["indicator_id"] in counted and row["as_of"]:
            table = (row["indicator_id"], row["basis"], row["kind"], row["source_id"], row["as_of"])
            told[table].setdefault(row["subject_id"], point)
    for (indicator, *_), points in told.items():
        for (above, sort), subjects in parts.items():
            whole = points.get(above) if sort in sorts else None
            if whole and len(subjects) > 1 and all(subject in points for subject in subjects):
                added = [points[subject] for subject in subjects]
                total = sum(point.number for point in added)
                if abs(total - whole.number) > counted[indicator] * abs(whole.number):
                    others = [point.row for point in added]
                    found = f"{total:.6g}"
                    yield seen.query(
                        "W182", OBSERVATIONS, whole.row, VALUE, *others, total=found
                    )  # fmt: skip


def entered_again(seen: Seen, _bounds: Bounds) -> Iterator[Problem]:
    """Two rows with one number of one subject at one place of a source: the same fact twice?"""
    first: dict[tuple[str, ...], Mapping[str, str]] = {}
    for row in seen.observations:
        place = tuple(row[column] for column in PLACE)
        before = first.setdefault(place, row)
        if before is not row:
            yield seen.query("W183", OBSERVATIONS, row, VALUE, before)


def _fact(point: Point) -> tuple[str, ...]:
    return tuple(point.row[column] for column in ("subject_id", "indicator_id", "qualifier"))


def other_editions(seen: Seen, before: Seen, bounds: Bounds) -> Iterator[Problem]:
    """A fact's number beside the one that the edition before gave for it."""
    old = {_fact(point): point for point in before.points}
    book = seen.codebook
    for point in seen.points:
        was = old.get(_fact(point))
        if was is None or was.row["as_of"] != point.row["as_of"] or was.number == point.number:
            continue
        apart = abs(point.number - was.number)
        halves = [book.half_width(one.row[VALUE], one.row["unit"]) for one in (point, was)]
        if apart > bounds["share"] * abs(was.number) or Decimal(apart) <= max(halves):
            was_text = f"{was.row[VALUE]} {was.row['unit']}"
            told = {"was": was_text, "beside": f"{was.key}={was.row[VALUE]}"}
            yield seen.query("W184", OBSERVATIONS, point.row, VALUE, **told)


RULES = (
    Rule("W180", "what two sources print of one fact", of_all("share"), other_publishers),
    Rule(
        "W181",
        "a part and the whole it belongs to",
        {"share": scopes.indicator},
        parts_above_wholes,
    ),
    Rule(
        "W182",
        "a whole and the sum of its parts in one source",
        {"share": scopes.indicator, "sorts": scopes.subject_type},
        sums_of_parts,
    ),
    Rule("W183", "two rows at one place of one source", {}, entered_again),
)
OF_TWO = (
    RuleOfTwo(
        "W184", "a number and what the edition before gave for it", of_all("share"), other_editions
    ),
)
