"""Rules of series: a number beside those before and after it, and beside its neighbours."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import exp, log
from statistics import median

from suyuan.contract.queries.rule import Rule
from suyuan.contract.queries.scopes import of_all
from suyuan.contract.queries.seen import OBSERVATIONS, Bounds, Point, Seen
from suyuan.core.errors import Problem

SCALE = 1.4826  # makes the median deviation of normal numbers their standard deviation
VALUE = "value"


def _distinct(points: Sequence[Point]) -> list[Point]:
    """The first positive number of each period, in the order of time."""
    found: dict[float, Point] = {}
    for point in points:
        if point.number > 0:
            found.setdefault(point.end, point)
    return list(found.values())


def broken_lines(seen: Seen, bounds: Bounds) -> Iterator[Problem]:
    """A number off the line between the one before and the one after it, on a log scale."""
    for series in seen.series:
        if len(series) < bounds["points"]:
            continue
        points = _distinct(series)
        triples = list(zip(points, points[1:], points[2:], strict=False))
        off = [_off(*triple) for triple in triples]
        for place, (before, now, after) in enumerate(triples):
            # One wrong number puts those beside it off as well, by half as much.
            beside = [*off[max(place - 1, 0) : place], *off[place + 1 : place + 2]]
            apart = [abs(far) for far in [*off[: max(place - 1, 0)], *off[place + 2 :]]]
            usual = bounds["times"] * median(apart) if apart else 0.0
            steep = bounds["steep"] * abs(log(after.number / before.number))
            most = max(bounds["least"], usual, steep, *map(abs, beside))
            if abs(off[place]) > most:
                told = {"ratio": f"{exp(off[place]):.2f}", "after": after.key}
                rows = before.row, after.row
                yield seen.query("W175", OBSERVATIONS, now.row, VALUE, *rows, **told)


def _off(before: Point, now: Point, after: Point) -> float:
    """How far a number is from the line through two others, on a log scale."""
    share = (now.end - before.end) / (after.end - before.end)
    line = log(before.number) * (1 - share) + log(after.number) * share
    return log(now.number) - line


def changed_paces(seen: Seen, bounds: Bounds) -> Iterator[Problem]:
    """A series' last step, by the year and on a log scale, beside all steps before it."""
    for series in seen.series:
        if len(series) < bounds["points"]:
            continue
        points = _distinct(series)
        if len(points) < bounds["points"]:
            continue
        paces = [log(b.number / a.number) / (b.end - a.end) for a, b in pairwise(points)]
        *known, last = paces
        low, high = min(*known, 0.0) - bounds["beyond"], max(*known, 0.0) + bounds["beyond"]
        if not low <= last <= high:
            told = {
                "pace": f"{exp(last):.2f}", "low": f"{exp(min(known)):.2f}",
                "high": f"{exp(max(known)):.2f}",
            }  # fmt: skip
            row, before = points[-1].row, points[-2].row
            yield seen.query("W176", OBSERVATIONS, row, VALUE, before, **told)


def significant(text: str) -> int:
    """Digits of a number but for zeros at either end."""
    return len(text.lstrip("-").replace(".", "").strip("0"))


def repeated(seen: Seen, bounds: Bounds) -> Iterator[Problem]:
    """A number with the very digits of the period before: carried over, or copied?"""
    for series in seen.series:
        for before, now in pairwise(series):
            alike = before.number == now.number and before.end < now.end
            if alike and significant(now.row[VALUE]) >= bounds["digits"]:
                yield seen.query("W177", OBSERVATIONS, now.row, VALUE, before.row)


def _strange(numbers: Sequence[float], bounds: Bounds) -> Iterator[tuple[int, float, float]]:
    """Places of numbers that lie far from the others; how far, and the others' median."""
    for place, own in enumerate(numbers):
        others = [*numbers[:place], *numbers[place + 1 :]]
        middle = median(others)
        spread = SCALE * median(abs(other - middle) for other in others)
        far = (own - middle) / max(spread, bounds["least"])
        if abs(far) > bounds["z"]:
            yield place, far, middle


def _among(seen: Seen, point: Point) -> tuple[str, ...]:
    """What neighbours share: the indicator, and being the same sort of part of the same whole."""
    subject = seen.subjects[point.row["subject_id"]]
    return (
        point.row["indicator_id"], point.row["basis"], point.row["kind"],
        subject["type"], subject["parent_id"],
    )  # fmt: skip


def far_from_neighbours(seen: Seen, bounds: Bounds) -> Iterator[Problem]:
    """A number beside those of other parts of the same whole in the same period."""
    groups: dict[tuple[object, ...], dict[str, Point]] = defaultdict(dict)
    for point in seen.points:
        if point.number > 0 and point.end:
            groups[(*_among(seen, point), point.end)].setdefault(point.row["subject_id"], point)
    for group in groups.values():
        points = list(group.values())
        if len(points) < bounds["neighbours"] or len(points) > bounds["most"]:
            continue
        for place, far, middle in _strange([log(p.number) for p in points], bounds):
            told = {"z": f"{abs(far):.1f}", "ratio": f"{points[place].number / exp(middle):.2g}"}
            yield seen.query("W178", OBSERVATIONS, points[place].row, VALUE, **told)


def unlike_neighbours(seen: Seen, bounds: Bounds) -> Iterator[Problem]:
    """Growth from one period to the next beside that of other parts of the same whole."""
    groups: dict[tuple[object, ...], list[tuple[Point, Point]]] = defaultdict(list)
    for series in seen.series:
        points = _distinct(series)
        for before, now in pairwise(points):
            groups[(*_among(seen, now), before.end, now.end)].append((before, now))
    for steps in groups.values():
        if len(steps) < bounds["neighbours"] or len(steps) > bounds["most"]:
            continue
        for place, far, middle in _strange([log(b.number / a.number) for a, b in steps], bounds):
            before, now = steps[place]
            told = {
                "z": f"{abs(far):.1f}", "ratio": f"{now.number / before.number:.3f}",
                "usual": f"{exp(middle):.3f}",
            }  # fmt: skip
            yield seen.query("W179", OBSERVATIONS, now.row, VALUE, before.row, **told)


RULES = (
    Rule(
        "W175",
        "a number and the line between the periods before and after it",
        of_all("points", "least", "times", "steep"),
        broken_lines,
    ),
    Rule(
        "W176",
        "the last step of a series and all steps before it",
        of_all("points", "beyond"),
        changed_paces,
    ),
    Rule(
        "W177", "the digits of a number and those of the period before", of_all("digits"), repeated
    ),
    Rule(
        "W178",
        "a number and those of its neighbours in the same period",
        of_all("neighbours", "most", "z", "least"),
        far_from_neighbours,
    ),
    Rule(
        "W179",
        "growth over a period and that of the neighbours",
        of_all("neighbours", "most", "z", "least"),
        unlike_neighbours,
    ),
)
