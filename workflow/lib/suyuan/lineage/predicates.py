"""Typed statements over numbers: each has a margin, positive or zero when it holds.

A margin is how far the facts may move before the statement flips. A predicate is one object that
states all that is true of it, its parameter and the interval of its margin included.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from itertools import pairwise
from typing import TypeAlias

from suyuan.lineage.intervals import ANYTHING, Interval, Intervals

Numbers: TypeAlias = Sequence[Decimal]
Margin: TypeAlias = Callable[[Numbers], Decimal]
Span: TypeAlias = Callable[[Margin, Intervals], Interval]


@dataclass(frozen=True, kw_only=True)
class Predicate:
    """A statement over facts.

    ``margin`` is that of the facts, told the parameter before them where there is one.
    ``parameter``: whether the statement has one; it must then be given, else it must not.
    ``span``: smallest and largest margin that the facts' intervals allow. ``strict``: a margin of
    zero fails. ``least`` and ``most``: how many facts it is about, None for any number.
    """

    margin: Callable[..., Decimal]
    parameter: bool
    span: Span
    strict: bool
    least: int
    most: int | None

    def holds(self, margin: Decimal) -> bool:
        """Whether a margin means that the statement is true."""
        return margin > 0 if self.strict else margin >= 0

    def takes(self, facts: int) -> bool:
        """Whether the statement may be about so many facts."""
        return self.least <= facts and (self.most is None or facts <= self.most)

    def judge(
        self, facts: Numbers, spans: Intervals, parameter: Decimal | None
    ) -> tuple[Decimal, Interval]:
        """Margin of the facts, and the interval that rounding allows it."""
        margin = self.margin if parameter is None else partial(self.margin, parameter)
        return margin(facts), self.span(margin, spans)


def _exceeds(facts: Numbers) -> Decimal:
    left, right = facts
    return left - right


def _above(threshold: Decimal, facts: Numbers) -> Decimal:
    (fact,) = facts
    return fact - threshold


def _at_least_times(factor: Decimal, facts: Numbers) -> Decimal:
    left, right = facts
    return left - factor * right


def _leads(facts: Numbers) -> Decimal:
    first, second = sorted(facts, reverse=True)[:2]
    return first - second


def _beats_all(facts: Numbers) -> Decimal:
    return facts[0] - max(facts[1:])


def _within(tolerance: Decimal, facts: Numbers) -> Decimal:
    left, right = facts
    return tolerance - abs(left - right)


def _part_of(facts: Numbers) -> Decimal:
    *parts, whole = facts
    return whole - sum(parts)


def _rising(facts: Numbers) -> Decimal:
    return min(after - before for before, after in pairwise(facts))


def _only(facts: Numbers) -> Decimal:
    *candidates, threshold = facts
    first, second = sorted(candidates, reverse=True)[:2]
    return min(first - threshold, threshold - second)


def first_raises(margin: Margin, spans: Intervals) -> Interval:
    """The first fact raises the margin, all others lower it."""
    first, *others = spans
    worst = [first.low, *(other.high for other in others)]
    best = [first.high, *(other.low for other in others)]
    return Interval(margin(worst), margin(best))


def last_raises(margin: Margin, spans: Intervals) -> Interval:
    """The last fact raises the margin, all others lower it."""
    *others, last = spans
    worst = [*(other.high for other in others), last.low]
    best = [*(other.low for other in others), last.high]
    return Interval(margin(worst), margin(best))


def two_at_a_time(margin: Margin, spans: Intervals) -> Interval:
    """Two facts at a time are compared: no margin moves by more than the widest two do."""
    if not all(span.finite for span in spans):
        return ANYTHING
    middle = margin([(span.low + span.high) / 2 for span in spans])
    widths = sorted(((span.high - span.low) / 2 for span in spans), reverse=True)
    slack = sum(widths[:2], Decimal(0))
    return Interval(middle - slack, middle + slack)


def nearness(margin: Margin, spans: Intervals) -> Interval:
    """The first fact moves; the tolerance stands for what the second may be."""
    own, other = spans
    if not (own.finite and other.finite):
        return ANYTHING
    fixed = (other.low + other.high) / 2
    ends = [margin([own.low, fixed]), margin([own.high, fixed])]
    nearest = margin([fixed, fixed]) if own.low <= fixed <= own.high else max(ends)
    return Interval(min(ends), nearest)


PREDICATES: dict[str, Predicate] = {
    # a threshold of ours
    "above": Predicate(
        margin=_above, parameter=True, span=first_raises, strict=True, least=1, most=1
    ),
    # threshold, comparison
    "exceeds": Predicate(
        margin=_exceeds, parameter=False, span=first_raises, strict=True, least=2, most=2
    ),
    # growth: 翻番 is 2 times
    "at_least_times": Predicate(
        margin=_at_least_times, parameter=True, span=first_raises, strict=False, least=2, most=2
    ),
    # one of them is ahead of all others
    "leads": Predicate(
        margin=_leads, parameter=False, span=two_at_a_time, strict=True, least=2, most=None
    ),
    # the first named is ahead
    "beats_all": Predicate(
        margin=_beats_all, parameter=False, span=first_raises, strict=True, least=2, most=None
    ),
    # exactly one passes the threshold, the last
    "only": Predicate(
        margin=_only, parameter=False, span=two_at_a_time, strict=True, least=3, most=None
    ),
    # equal across restatements, 近三成
    "within": Predicate(
        margin=_within, parameter=True, span=nearness, strict=False, least=2, most=2
    ),
    # parts do not exceed the whole, the last
    "part_of": Predicate(
        margin=_part_of, parameter=False, span=last_raises, strict=False, least=2, most=None
    ),
    # each later one is larger
    "rising": Predicate(
        margin=_rising, parameter=False, span=two_at_a_time, strict=True, least=2, most=None
    ),
}
