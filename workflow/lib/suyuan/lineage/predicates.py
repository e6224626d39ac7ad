"""Typed statements over numbers: each has a margin, positive or zero when it holds.

A margin is how far the facts may move before the statement flips. ``up`` and ``down`` say which
facts raise the margin and which lower it, so that its interval follows from those of the facts.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from suyuan.lineage.intervals import ANYTHING, Interval

Numbers = Sequence[Decimal]


@dataclass(frozen=True)
class Predicate:
    """``margin`` of the facts; ``raises`` marks the facts that raise it; strict: zero fails."""

    margin: Callable[[Numbers, Decimal], Decimal]
    raises: Callable[[int], Sequence[bool]]
    strict: bool = False

    def holds(self, margin: Decimal) -> bool:
        """Whether a margin means that the statement is true."""
        return margin > 0 if self.strict else margin >= 0


def _exceeds(facts: Numbers, _: Decimal) -> Decimal:
    left, right = facts
    return left - right


def _above(facts: Numbers, threshold: Decimal) -> Decimal:
    (fact,) = facts
    return fact - threshold


def _at_least_times(facts: Numbers, factor: Decimal) -> Decimal:
    left, right = facts
    return left - factor * right


def _leads(facts: Numbers, _: Decimal) -> Decimal:
    first, second = sorted(facts, reverse=True)[:2]
    return first - second


def _beats_all(facts: Numbers, _: Decimal) -> Decimal:
    return facts[0] - max(facts[1:])


def _within(facts: Numbers, tolerance: Decimal) -> Decimal:
    left, right = facts
    return tolerance - abs(left - right)


def _part_of(facts: Numbers, _: Decimal) -> Decimal:
    *parts, whole = facts
    return whole - sum(parts)


def _rising(facts: Numbers, _: Decimal) -> Decimal:
    return min(after - before for before, after in pairwise(facts))


def _only(facts: Numbers, _: Decimal) -> Decimal:
    *candidates, threshold = facts
    first, second = sorted(candidates, reverse=True)[:2]
    return min(first - threshold, threshold - second)


def _first_up(count: int) -> Sequence[bool]:
    return [True, *[False] * (count - 1)]


def _last_up(count: int) -> Sequence[bool]:
    return [*[False] * (count - 1), True]


PREDICATES: dict[str, Predicate] = {
    "exceeds": Predicate(_exceeds, _first_up, strict=True),  # threshold, comparison
    "above": Predicate(_above, _first_up, strict=True),  # a threshold of ours
    "at_least_times": Predicate(_at_least_times, _first_up),  # growth: 翻番 is 2 times
    "leads": Predicate(_leads, _first_up, strict=True),  # one of them is ahead of all others
    "beats_all": Predicate(_beats_all, _first_up, strict=True),  # the first named is ahead
    "only": Predicate(_only, _first_up, strict=True),  # exactly one passes the threshold, the last
    "within": Predicate(_within, _first_up),  # equal across restatements, 近三成
    "part_of": Predicate(_part_of, _last_up),  # parts do not exceed the whole, the last
    "rising": Predicate(_rising, _last_up, strict=True),  # each later one is larger
}


PAIRWISE = frozenset({"leads", "only", "rising", "within"})


def margin_interval(test: str, facts: Sequence[Interval], parameter: Decimal) -> Interval:
    """Smallest and largest margin that the facts' intervals allow.

    ``leads``, ``only`` and ``rising`` compare two facts at a time: their margin moves by no more
    than the two widest half-widths. ``within`` has a tolerance for its second fact already.
    """
    predicate = PREDICATES[test]
    raises = predicate.raises(len(facts))
    if test not in PAIRWISE:
        worst = [f.low if up else f.high for f, up in zip(facts, raises, strict=True)]
        best = [f.high if up else f.low for f, up in zip(facts, raises, strict=True)]
        ends = [predicate.margin(extreme, parameter) for extreme in (worst, best)]
        return Interval(*ends)
    if not all(f.finite for f in facts):
        return ANYTHING
    middle = predicate.margin([(f.low + f.high) / 2 for f in facts], parameter)
    widths = [(f.high - f.low) / 2 for f in facts]
    if test == "within":
        return Interval(middle - widths[0], middle + widths[0])
    slack = sum(sorted(widths, reverse=True)[:2], Decimal(0))
    return Interval(middle - slack, middle + slack)
