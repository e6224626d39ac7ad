"""Intervals: where numbers may lie that are known by their printed digits only.

Inputs count as independent, so an interval may be a little too wide where one number enters
twice, never too narrow. A result that infinities leave open raises ArithmeticError.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

INFINITY = Decimal("Infinity")


@dataclass(frozen=True)
class Interval:
    """From ``low`` to ``high``, both included; either may be infinite."""

    low: Decimal
    high: Decimal

    @property
    def finite(self) -> bool:
        return self.low.is_finite() and self.high.is_finite()

    @property
    def is_point(self) -> bool:
        return self.low == self.high


Intervals = Sequence[Interval]

ANYTHING = Interval(-INFINITY, INFINITY)


def multiplied(parts: Intervals) -> Interval:
    """Π of the parts, whatever their signs."""
    low = high = Decimal(1)
    for part in parts:
        ends = [one * other for one in (low, high) for other in (part.low, part.high)]
        low, high = min(ends), max(ends)
    return Interval(low, high)


def divided(parts: Intervals) -> Interval:
    """First over second; anything over what may be zero."""
    part, whole = parts
    if whole.low <= 0 <= whole.high or not (part.finite or whole.finite):
        return ANYTHING
    ends = [p / w for p in (part.low, part.high) for w in (whole.low, whole.high)]
    return Interval(min(ends), max(ends))


def changed(parts: Intervals) -> Interval:
    """Relative change from the first to the second."""
    before, after = parts
    times = divided([after, before])
    return Interval(times.low - 1, times.high - 1)


def less_the_rest(parts: Intervals) -> Interval:
    """First minus all others."""
    first, *others = parts
    low = first.low - sum((other.high for other in others), Decimal(0))
    return Interval(low, first.high - sum((other.low for other in others), Decimal(0)))


def placed(parts: Intervals) -> Interval:
    """Place of the first among all, largest first; equals share a place."""
    own, *others = parts
    best = 1 + sum(other.low > own.high for other in others)
    return Interval(Decimal(best), Decimal(1 + sum(other.high > own.low for other in others)))


def classified(parts: Intervals) -> Interval:
    """Number of the first class whose floor the first reaches: floor, name, floor, name …"""
    own, floors = parts[0], parts[1::2]
    best = (n for n, floor in enumerate(floors, start=1) if own.high >= floor.low)
    worst = (n for n, floor in enumerate(floors, start=1) if own.low >= floor.high)
    try:
        return Interval(Decimal(next(best)), Decimal(next(worst)))
    except StopIteration:
        return ANYTHING  # no class takes all that it may be


def in_class(parts: Intervals) -> list[tuple[Interval, Interval]]:
    """Class and thing of those that may be members: a class's number, all classes, all things."""
    own, middle = parts[0], len(parts) // 2 + 1
    pairs = zip(parts[1:middle], parts[middle:], strict=True)
    return [(cls, thing) for cls, thing in pairs if cls.low <= own.low <= cls.high]


def members_summed(parts: Intervals) -> Interval:
    """Σ over the members of a class; anything where it is not sure who is one."""
    found = in_class(parts)
    if not all(cls.is_point for cls, _ in found):
        return ANYTHING
    things = [thing for _, thing in found]
    low = sum((thing.low for thing in things), Decimal(0))
    return Interval(low, sum((thing.high for thing in things), Decimal(0)))


def members_counted(parts: Intervals) -> Interval:
    """How many members a class has: those that surely are, to those that may be."""
    found = in_class(parts)
    sure = sum(cls.is_point for cls, _ in found)
    return Interval(Decimal(sure), Decimal(len(found)))


def leading(parts: Intervals, places: int) -> list[int] | None:
    """Which are the largest, in order, as many as ``places``; None where that is not sure."""
    ordered = sorted(range(len(parts)), key=lambda at: -parts[at].low)
    for place, ahead in enumerate(ordered[:places], start=1):
        if any(parts[other].high >= parts[ahead].low for other in ordered[place:]):
            return None
    return ordered[:places]
