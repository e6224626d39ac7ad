"""Operations of the assessment: means up the indicator tree, the product of shares, its bounds.

Scores run from 0 to 100, weights from 0 to 1. Means take score, weight, score, weight … of the
children that are known; the weights of all children sum to 1, so what is left of 1 is missing.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise
from math import isqrt
from typing import TypeVar

from suyuan.domain.assessment.parts import Named, of_pairs
from suyuan.lineage.forms import IN_WORDS, formula, infix, paired
from suyuan.lineage.intervals import ANYTHING, Interval, Intervals, divided, leading, multiplied
from suyuan.lineage.operation import (
    NONE,
    PURE,
    Monotone,
    Operand,
    Result,
    analysis,
    in_parts,
    in_words,
    number_of,
    plain,
)

T = TypeVar("T")
BEST, POINTS = Decimal(100), Decimal(5)
ZERO, ONE = Decimal(0), Decimal(1)
ONLY = "weight or score without effect: an only child, equal children, or a factor of zero"
BEHIND = "of one that is not among the first two, or what sets the order and leaves it"
CUT = "a bound that is cut off at the end of its scale"
RISING = Monotone("+")
BY_WEIGHT = Monotone("+.")  # score, weight, score, weight …
WEIGHTED_SUM = paired(" × ", "+", "", "")
WEIGHTED_SUM_TO_BEST = paired(" × ", "+", "", " + 100 × (1 − ({}))")
SUM_OVER_WEIGHTS = paired(" × ", "+", "(", ") ÷ ({})")
ROOT_OVER_WEIGHTS = paired(" ^ ", "×", "(", ") ^ (1 ÷ ({}))")
FULFILMENT = {"met": ONE, "mostly": Decimal("0.75"), "partly": Decimal("0.5"),
            "weak": Decimal("0.25"), "no": ZERO}  # fmt: skip


def _pairs(parents: Sequence[Operand]) -> Iterator[tuple[Decimal, Decimal]]:
    """Score and weight of each child, always in the same order: that of display moves nothing."""
    numbers = [number_of(parent) for parent in parents]
    return iter(sorted(zip(numbers[::2], numbers[1::2], strict=True)))


def _weighted(parents: Sequence[Operand]) -> tuple[Decimal, Decimal]:
    """Σ weight · score, and Σ weight."""
    pairs = list(_pairs(parents))
    return sum((w * x for x, w in pairs), ZERO), sum((w for _, w in pairs), ZERO)


def _power(parents: Sequence[Operand]) -> tuple[Decimal, Decimal]:
    """Π score ** weight, and Σ weight."""
    product, total = ONE, ZERO
    for score, weight in _pairs(parents):
        product *= score**weight if score else Decimal(not weight)
        total += weight
    return product, total


@plain(bounds=RISING, form=formula("{0} ÷ 5 × 100"), idle=NONE)
def goalposts(parents: Sequence[Operand]) -> Result:
    """A rating of 0 to 5 points on the scale of 0 to 100; the goalposts are fixed."""
    (rating,) = parents
    return Result(number_of(rating) / POINTS * BEST)


@plain(bounds=BY_WEIGHT, form=SUM_OVER_WEIGHTS, idle=ONLY)
def mean(parents: Sequence[Operand]) -> Result:
    """Weighted arithmetic mean of the known children."""
    weighted, total = _weighted(parents)
    return Result(weighted / total)


@plain(bounds=BY_WEIGHT, form=WEIGHTED_SUM, idle=ONLY)
def mean_low(parents: Sequence[Operand]) -> Result:
    """The same with every missing child at 0."""
    return Result(_weighted(parents)[0])


@plain(bounds=BY_WEIGHT, form=WEIGHTED_SUM_TO_BEST, idle=ONLY)
def mean_high(parents: Sequence[Operand]) -> Result:
    """The same with every missing child at 100."""
    weighted, total = _weighted(parents)
    return Result(weighted + BEST * (ONE - total))


@plain(bounds=BY_WEIGHT, form=ROOT_OVER_WEIGHTS, idle=ONLY)
def geometric(parents: Sequence[Operand]) -> Result:
    """Weighted geometric mean of the known children."""
    product, total = _power(parents)
    return Result(product ** (ONE / total))


@plain(bounds=BY_WEIGHT, form=IN_WORDS, idle=ONLY)
def geometric_low(parents: Sequence[Operand]) -> Result:
    """The same with every missing child at 0: 0 as soon as one is missing."""
    product, total = _power(parents)
    return Result(product if total == ONE else ZERO)


@plain(bounds=BY_WEIGHT, form=IN_WORDS, idle=ONLY)
def geometric_high(parents: Sequence[Operand]) -> Result:
    """The same with every missing child at 100."""
    product, total = _power(parents)
    return Result(product * BEST ** (ONE - total))


@plain(bounds=BY_WEIGHT, form=WEIGHTED_SUM, idle=ONLY)
def weighted_sum(parents: Sequence[Operand]) -> Result:
    """Σ of the numbers by their weights: coverage of the children to coverage of the node."""
    return Result(_weighted(parents)[0])


@plain(bounds=RISING, form=formula("1 + 99 × {0} ÷ 100"), idle=NONE)
def supply_index(parents: Sequence[Operand]) -> Result:
    """S = 1 + 99 · score of supply, from 1 to 100."""
    (score,) = parents
    return Result(ONE + Decimal(99) * number_of(score) / BEST)


@plain(bounds=Monotone("++."), form=formula("{0} × (1 + {2} × ({1} ÷ 100 − 0.5))"), idle=CUT)
def regional_share(parents: Sequence[Operand]) -> Result:
    """R = R0 · (1 + κ(g − 0.5)), cut to [0, 1]: the base, the regional score, κ."""
    base, fit, kappa = (number_of(parent) for parent in parents)
    return Result(min(max(base * (ONE + kappa * (fit / BEST - Decimal("0.5"))), ZERO), ONE))


@plain(bounds=multiplied, form=infix("×"), idle=ONLY)
def multiply(parents: Sequence[Operand]) -> Result:
    """Π of the parents."""
    result = ONE
    for parent in parents:
        result *= number_of(parent)
    return Result(result)


@plain(bounds=Monotone("+--"), form=formula("{0} ÷ {1} × (1 − {2})"), idle=NONE)
def market_share(parents: Sequence[Operand]) -> Result:
    """F / ΣF · (1 − other): own F, the sum of all, the share of the others."""
    own, total, other = (number_of(parent) for parent in parents)
    return Result(own / total * (ONE - other))


@plain(bounds=RISING, form=IN_WORDS, idle=CUT)
def frechet_low(parents: Sequence[Operand]) -> Result:
    """max(0, Σp − (k − 1)): the least that shares of one whole have in common [Fréchet 1935]."""
    return Result(max(sum((number_of(p) for p in parents), ZERO) - (len(parents) - 1), ZERO))


@plain(bounds=Monotone("+-"), form=formula("ln({0} ÷ {1})"), idle=NONE)
def log_ratio(parents: Sequence[Operand]) -> Result:
    """ln(first / second); over the factors of two products these add up."""
    first, second = (number_of(parent) for parent in parents)
    return Result((first / second).ln())


def _of_a_sure_first(parts: Intervals) -> Interval:
    sure = leading(parts[::2], 1)
    return ANYTHING if sure is None else parts[1::2][sure[0]]


def _sure_lead_times(parts: Intervals) -> Interval:
    sure = leading(parts[::2], 2)
    return ANYTHING if sure is None else divided([parts[1::2][place] for place in sure])


def _sure_lead_logarithm(parts: Intervals) -> Interval:
    times = _sure_lead_times(parts)
    return times if times is ANYTHING else Interval(times.low.ln(), times.high.ln())


def _first_over_second(parts: Intervals) -> Interval:
    """Largest over second largest; each rises with every number."""
    lows, highs = (
        sorted(ends, reverse=True)[:2]
        for ends in zip(*((p.low, p.high) for p in parts), strict=True)
    )
    first, second = (Interval(low, high) for low, high in zip(lows, highs, strict=True))
    return divided([first, second])


def _first_two(parents: Sequence[Operand]) -> tuple[int, int]:
    """Places of the largest and the second largest; of equals the earlier comes first."""
    first, second, *_ = sorted(range(len(parents)), key=lambda at: -number_of(parents[at]))
    return first, second


@in_words(idle=BEHIND)
def second(parents: Sequence[Operand]) -> Result:
    """Name of the second largest; the parents are the numbers, then their names."""
    half = len(parents) // 2
    return Result(str(parents[half + _first_two(parents[:half])[1]].v))


@plain(bounds=_of_a_sure_first, form=IN_WORDS, idle=BEHIND)
def of_first(parents: Sequence[Operand]) -> Result:
    """What the largest has; the parents are number, what it has, number, what it has …"""
    first, _ = _first_two(parents[::2])
    found = parents[1::2][first]
    return Result(number_of(found), se=found.se)


@plain(bounds=_first_over_second, form=IN_WORDS, idle=BEHIND)
def lead_ratio(parents: Sequence[Operand]) -> Result:
    """The largest over the second largest."""
    first, behind = _first_two(parents)
    return Result(number_of(parents[first]) / number_of(parents[behind]))


@plain(bounds=_sure_lead_times, form=IN_WORDS, idle=BEHIND)
def lead_times(parents: Sequence[Operand]) -> Result:
    """What the first has over what the second has; the order is as in ``of_first``."""
    first, behind = _first_two(parents[::2])
    own = parents[1::2]
    return Result(number_of(own[first]) / number_of(own[behind]))


@plain(bounds=_sure_lead_logarithm, form=IN_WORDS, idle=BEHIND)
def lead_log_ratio(parents: Sequence[Operand]) -> Result:
    """Natural logarithm of what the first has over what the second has; as in ``of_first``."""
    first, behind = _first_two(parents[::2])
    return log_ratio.compute([parents[1::2][first], parents[1::2][behind]])


def _odds_of(parts: Sequence[T], first: int, behind: int) -> T:
    """Of n numbers, then n · (n − 1) odds, row by row: the odds of one against another."""
    count = isqrt(len(parts))
    row = parts[count + first * (count - 1) :]
    return row[behind - (behind > first)]


def _odds_of_a_sure_lead(parts: Intervals) -> Interval:
    sure = leading(parts[: isqrt(len(parts))], 2)
    return ANYTHING if sure is None else _odds_of(parts, *sure)


@in_parts(of_pairs)
@plain(bounds=_odds_of_a_sure_lead, form=IN_WORDS, idle=BEHIND)
def lead_p_beats(parents: Sequence[Operand]) -> Result:
    """P(the largest beats the second); parents as in ``_odds_of``."""
    found = _odds_of(parents, *_first_two(parents[: isqrt(len(parents))]))
    return Result(number_of(found), se=found.se)


@in_parts(of_pairs)
@analysis(bounds=PURE, sample=list, idle=BEHIND)
def bands(parents: Sequence[Named], _value_id: str) -> Result:
    """Bands from the largest down by the id of each; parents as in ``_odds_of``, then the level.

    A band ends where the odds of one against the next in order reach the level.
    """
    *parts, level = parents
    owners = [part.id.split(".")[0] for part in parts[: isqrt(len(parts))]]
    numbers = [number_of(part) for part in parts[: len(owners)]]
    order = sorted(range(len(numbers)), key=lambda at: -numbers[at])
    found = {order[0]: 1}
    for ahead, behind in pairwise(order):
        apart = number_of(_odds_of(parts, ahead, behind)) >= number_of(level)
        found[behind] = found[ahead] + apart
    named = {f"{owner}.band": str(found[place]) for place, owner in enumerate(owners)}
    return Result(json.dumps(named), txt=str(len(set(found.values()))))


@plain(bounds=RISING, form=formula("ln({0})"), idle=NONE)
def logarithm(parents: Sequence[Operand]) -> Result:
    """Natural logarithm of the one parent."""
    (parent,) = parents
    return Result(number_of(parent).ln())


@in_words(idle=NONE)
def admission(parents: Sequence[Operand]) -> Result:
    """Mean of verdicts on criteria: met 1, mostly 0.75, partly 0.5, weak 0.25, no 0."""
    try:
        points = [FULFILMENT[str(parent.v)] for parent in parents]
    except KeyError as unknown:
        raise ValueError(f"no verdict: {unknown}") from None
    return Result(sum(points, ZERO) / len(points))
