"""Typed comparisons of numbers: each has outcomes, and a margin that says how near another one is.

A predicate is one object that states all that is true of it: its outcomes, its parameter and the
interval of its margin included.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from itertools import pairwise
from typing import TypeAlias

from suyuan.lineage.intervals import ANYTHING, Interval, Intervals
from suyuan.lineage.outcomes import (
    ABOVE,
    BELOW,
    EQUAL,
    ONE,
    SEVERAL,
    BySign,
    Ordered,
    Outcomes,
    Passing,
    Stepwise,
    in_twos,
)

Numbers: TypeAlias = Sequence[Decimal]
Margin: TypeAlias = Callable[[Numbers], Decimal]
Span: TypeAlias = Callable[[Margin, Intervals], Interval]


@dataclass(frozen=True, kw_only=True)
class Predicate:
    """A comparison of facts.

    ``margin`` is that of the facts, told the parameter before them where there is one.
    ``parameter``: whether the comparison has one; it must then be given, else it must not.
    ``span``: smallest and largest margin that the facts' intervals allow. ``outcomes``: how the
    facts may stand. ``least`` and ``most``: how many facts it is about, None for any number.
    ``against``: how many of the last facts the others are held against. ``groups``: how many groups
    of as many facts they are. ``multiple``: whether it is of a multiple of the last fact, which is
    one only of what is above zero.
    """

    margin: Callable[..., Decimal]
    parameter: bool
    span: Span
    outcomes: Outcomes
    least: int
    most: int | None
    against: int
    groups: int
    multiple: bool

    def takes(self, facts: int) -> bool:
        """Whether the comparison may be of so many facts."""
        enough = self.least <= facts and facts % self.groups == 0
        return enough and (self.most is None or facts <= self.most)

    def judge(
        self, facts: Numbers, spans: Intervals, parameter: Decimal | None
    ) -> tuple[Decimal, Interval]:
        """Margin of the facts, and the interval that rounding allows it."""
        margin = self.margin if parameter is None else partial(self.margin, parameter)
        return margin(facts), self.span(margin, spans)


def _beyond(facts: Numbers) -> Decimal:
    left, right = facts
    return left - right


def _over(threshold: Decimal, facts: Numbers) -> Decimal:
    (fact,) = facts
    return fact - threshold


def _times(factor: Decimal, facts: Numbers) -> Decimal:
    left, right = facts
    return left - factor * right


def _leads(facts: Numbers) -> Decimal:
    first, second = sorted(facts, reverse=True)[:2]
    return first - second


def _within(tolerance: Decimal, facts: Numbers) -> Decimal:
    left, right = facts
    return tolerance - abs(left - right)


def _part_of(facts: Numbers) -> Decimal:
    *parts, whole = facts
    return whole - sum(parts)


def _steps(facts: Numbers) -> Decimal:
    return min(after - before for before, after in pairwise(facts))


def _alike(facts: Numbers) -> Decimal:
    """The smallest lead over another member that both orders have; negative where one has not."""

    def shared(one: Decimal, two: Decimal) -> Decimal:
        return min(abs(one), abs(two)) * (1 if (one < 0) == (two < 0) else -1)

    return min(shared(a - b, c - d) for (a, c), (b, d) in in_twos(facts))


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


SIDES = BySign(BELOW, EQUAL, ABOVE)

PREDICATES: dict[str, Predicate] = {
    # the fact beside a threshold of ours
    "threshold": Predicate(
        margin=_over, parameter=True, span=first_raises, outcomes=SIDES,
        least=1, most=1, against=0, groups=1, multiple=False,
    ),
    # the first beside the second
    "compare": Predicate(
        margin=_beyond, parameter=False, span=first_raises, outcomes=SIDES,
        least=2, most=2, against=1, groups=1, multiple=False,
    ),
    # the first beside a multiple of the second
    "times": Predicate(
        margin=_times, parameter=True, span=first_raises, outcomes=SIDES,
        least=2, most=2, against=1, groups=1, multiple=True,
    ),
    # one is ahead of all others, or several are together
    "leads": Predicate(
        margin=_leads, parameter=False, span=two_at_a_time,
        outcomes=BySign(SEVERAL, SEVERAL, ONE),
        least=2, most=None, against=0, groups=1, multiple=False,
    ),
    # how many pass the last
    "only": Predicate(
        margin=_only, parameter=False, span=two_at_a_time, outcomes=Passing(),
        least=3, most=None, against=1, groups=1, multiple=False,
    ),
    # the difference of the two beside what is allowed
    "within": Predicate(
        margin=_within, parameter=True, span=nearness,
        outcomes=BySign("outside", "touching", "inside"),
        least=2, most=2, against=1, groups=1, multiple=False,
    ),
    # the parts together beside the whole, the last
    "part_of": Predicate(
        margin=_part_of, parameter=False, span=last_raises,
        outcomes=BySign("beyond", EQUAL, "within"),
        least=2, most=None, against=1, groups=1, multiple=False,
    ),
    # the first half of the facts beside the second, by the order of their members
    "order": Predicate(
        margin=_alike, parameter=False, span=two_at_a_time, outcomes=Ordered(),
        least=4, most=None, against=1, groups=2, multiple=False,
    ),
    # from each fact to the next
    "trend": Predicate(
        margin=_steps, parameter=False, span=two_at_a_time, outcomes=Stepwise(),
        least=2, most=None, against=0, groups=1, multiple=False,
    ),
}  # fmt: skip
