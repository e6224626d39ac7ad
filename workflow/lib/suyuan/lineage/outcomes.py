"""Outcomes of a test, named by how its facts stand: whatever they are, exactly one is the case.

An outcome states a relation; the tests that hold a difference against what is allowed, or parts
against the whole, have names of their own for below, equal and above.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations, pairwise
from typing import Protocol, TypeVar

from suyuan.lineage.intervals import Interval, Intervals

BELOW, EQUAL, ABOVE = "below", "equal", "above"
NONE, ONE, SEVERAL = "none", "one", "several"
ALIKE, UNLIKE = "alike", "unlike"
STATED_BY = {
    "inside": BELOW, "touching": EQUAL, "outside": ABOVE,  # a difference, beside what is allowed
    "within": BELOW, "beyond": ABOVE,  # the parts together, beside the whole
}  # fmt: skip
STEPS = {
    frozenset({1}): "rising",
    frozenset({0}): "flat",
    frozenset({-1}): "falling",
    frozenset({0, 1}): "climbing",
    frozenset({-1, 0}): "sinking",
    frozenset({-1, 1}): "mixed",
    frozenset({-1, 0, 1}): "mixed",
}
RELATIONS = (BELOW, EQUAL, ABOVE, NONE, ONE, SEVERAL, ALIKE, UNLIKE, *dict.fromkeys(STEPS.values()))
NAMES = (*RELATIONS, *STATED_BY)


T = TypeVar("T")


def relation_of(outcome: str) -> str:
    """The relation that an outcome states."""
    return STATED_BY.get(outcome, outcome)


def listed(key: str) -> list[str]:
    """The names that a key of configuration joins, as ``below, equal``."""
    return [name.strip() for name in key.split(",")]


def _sign(number: Decimal) -> int:
    return (number > 0) - (number < 0)


def in_twos(facts: Sequence[T]) -> Iterator[tuple[tuple[T, T], tuple[T, T]]]:
    """Every two members of two groups, each with its fact in the first and in the second."""
    half = len(facts) // 2
    return combinations(zip(facts[:half], facts[half:], strict=True), 2)


def _signs(span: Interval) -> set[int]:
    """Signs that a number within ``span`` may have."""
    below, above = span.low < 0, span.high > 0
    zero = span.low <= 0 <= span.high
    return {sign for sign, may in ((-1, below), (0, zero), (1, above)) if may}


class Outcomes(Protocol):
    """The outcomes of a test: which is the case, and which are where the facts may be others."""

    @property
    def names(self) -> tuple[str, ...]: ...

    def of(self, margin: Decimal, facts: Sequence[Decimal]) -> str:
        """The outcome of facts with that margin."""

    def among(self, margin: Interval, facts: Intervals) -> frozenset[str]:
        """The outcomes that are possible where margin and facts lie so."""

    def toward(self, asserted: frozenset[str], margin: Decimal) -> Decimal:
        """The margin, positive or zero where an asserted outcome is the case."""


@dataclass(frozen=True)
class BySign:
    """The outcome of a negative margin, of none, and of a positive one."""

    negative: str
    zero: str
    positive: str

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys((self.negative, self.zero, self.positive)))

    def _named(self, sign: int) -> str:
        return (self.zero, self.positive, self.negative)[sign]

    def of(self, margin: Decimal, _facts: Sequence[Decimal]) -> str:
        return self._named(_sign(margin))

    def among(self, margin: Interval, _facts: Intervals) -> frozenset[str]:
        return frozenset(map(self._named, _signs(margin)))

    def toward(self, asserted: frozenset[str], margin: Decimal) -> Decimal:
        up, down = self.positive in asserted, self.negative in asserted
        if up and down:
            return abs(margin)
        return margin if up else -margin if down else -abs(margin)


@dataclass(frozen=True)
class Stepwise:
    """How a series goes from each fact to the next."""

    names = RELATIONS[RELATIONS.index(STEPS[frozenset({1})]) :]

    def of(self, _margin: Decimal, facts: Sequence[Decimal]) -> str:
        return STEPS[frozenset(_sign(after - before) for before, after in pairwise(facts))]

    def among(self, _margin: Interval, facts: Intervals) -> frozenset[str]:
        ways = {frozenset[int]()}
        for before, after in pairwise(facts):
            signs = _signs(Interval(after.low - before.high, after.high - before.low))
            ways = {way | {sign} for way in ways for sign in signs}
        return frozenset(STEPS[way] for way in ways)

    def toward(self, _asserted: frozenset[str], margin: Decimal) -> Decimal:
        return margin


@dataclass(frozen=True)
class Passing:
    """How many of the facts are above the last of them."""

    names = (NONE, ONE, SEVERAL)

    def of(self, _margin: Decimal, facts: Sequence[Decimal]) -> str:
        *candidates, threshold = facts
        return self.names[min(sum(fact > threshold for fact in candidates), 2)]

    def among(self, _margin: Interval, facts: Intervals) -> frozenset[str]:
        *candidates, threshold = facts
        sure = sum(fact.low > threshold.high for fact in candidates)
        may = sum(fact.high > threshold.low for fact in candidates)
        return frozenset(self.names[min(count, 2)] for count in range(sure, may + 1))

    def toward(self, _asserted: frozenset[str], margin: Decimal) -> Decimal:
        return margin


@dataclass(frozen=True)
class Ordered:
    """Whether the members of two groups come in the same order by both."""

    names = (ALIKE, UNLIKE)

    def of(self, _margin: Decimal, facts: Sequence[Decimal]) -> str:
        alike = all(_sign(a - b) == _sign(c - d) for (a, c), (b, d) in in_twos(facts))
        return ALIKE if alike else UNLIKE

    def among(self, _margin: Interval, facts: Intervals) -> frozenset[str]:
        def ways(one: Interval, other: Interval) -> set[int]:
            return _signs(Interval(one.low - other.high, one.high - other.low))

        both = [(ways(a, b), ways(c, d)) for (a, c), (b, d) in in_twos(facts)]
        alike = {ALIKE} if all(one & two for one, two in both) else set()
        unlike = {UNLIKE} if any(len(one | two) > 1 for one, two in both) else set()
        return frozenset(alike | unlike)

    def toward(self, asserted: frozenset[str], margin: Decimal) -> Decimal:
        return margin if ALIKE in asserted else -margin
