"""Operations of the assessment: means up the indicator tree, the product of shares, its bounds.

Scores run from 0 to 100, weights from 0 to 1. Means take score, weight, score, weight … of the
children that are known; the weights of all children sum to 1, so what is left of 1 is missing.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from decimal import Decimal

from suyuan.core.numbers import trimmed
from suyuan.domain.assessment.robustness import robustness
from suyuan.domain.assessment.simulation import sample as fewer_draws
from suyuan.domain.assessment.simulation import simulate
from suyuan.domain.assessment.sobol import sample as fewer_sobol_draws
from suyuan.domain.assessment.sobol import sobol
from suyuan.lineage.operation import Operand, Operation, Result, number_of

BEST, POINTS = Decimal(100), Decimal(5)
ZERO, ONE = Decimal(0), Decimal(1)
VERDICTS = {"met": ONE, "mostly": Decimal("0.75"), "partly": Decimal("0.5"),
            "weak": Decimal("0.25"), "no": ZERO}  # fmt: skip


def _pairs(parents: Sequence[Operand]) -> Iterator[tuple[Decimal, Decimal]]:
    numbers = [number_of(parent) for parent in parents]
    return zip(numbers[::2], numbers[1::2], strict=True)


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


def goalposts(parents: Sequence[Operand]) -> Result:
    """A rating of 0 to 5 points on the scale of 0 to 100; the goalposts are fixed."""
    (rating,) = parents
    return Result(number_of(rating) / POINTS * BEST)


def mean(parents: Sequence[Operand]) -> Result:
    """Weighted arithmetic mean of the known children."""
    weighted, total = _weighted(parents)
    return Result(weighted / total)


def mean_low(parents: Sequence[Operand]) -> Result:
    """The same with every missing child at 0."""
    return Result(_weighted(parents)[0])


def mean_high(parents: Sequence[Operand]) -> Result:
    """The same with every missing child at 100."""
    weighted, total = _weighted(parents)
    return Result(weighted + BEST * (ONE - total))


def geometric(parents: Sequence[Operand]) -> Result:
    """Weighted geometric mean of the known children."""
    product, total = _power(parents)
    return Result(product ** (ONE / total))


def geometric_low(parents: Sequence[Operand]) -> Result:
    """The same with every missing child at 0: 0 as soon as one is missing."""
    product, total = _power(parents)
    return Result(product if total == ONE else ZERO)


def geometric_high(parents: Sequence[Operand]) -> Result:
    """The same with every missing child at 100."""
    product, total = _power(parents)
    return Result(product * BEST ** (ONE - total))


def weighted_sum(parents: Sequence[Operand]) -> Result:
    """Σ of the numbers by their weights: coverage of the children to coverage of the node."""
    return Result(_weighted(parents)[0])


def supply_index(parents: Sequence[Operand]) -> Result:
    """S = 1 + 99 · score of supply, from 1 to 100."""
    (score,) = parents
    return Result(ONE + Decimal(99) * number_of(score) / BEST)


def regional_share(parents: Sequence[Operand]) -> Result:
    """R = R0 · (1 + κ(g − 0.5)), cut to [0, 1]: the base, the regional score, κ."""
    base, fit, kappa = (number_of(parent) for parent in parents)
    return Result(min(max(base * (ONE + kappa * (fit / BEST - Decimal("0.5"))), ZERO), ONE))


def multiply(parents: Sequence[Operand]) -> Result:
    """Π of the parents."""
    result = ONE
    for parent in parents:
        result *= number_of(parent)
    return Result(result)


def market_share(parents: Sequence[Operand]) -> Result:
    """F / ΣF · (1 − other): own F, the sum of all, the share of the others."""
    own, total, other = (number_of(parent) for parent in parents)
    return Result(own / total * (ONE - other))


def frechet_low(parents: Sequence[Operand]) -> Result:
    """max(0, Σp − (k − 1)): the least that shares of one whole have in common [Fréchet 1935]."""
    return Result(max(sum((number_of(p) for p in parents), ZERO) - (len(parents) - 1), ZERO))


def log_ratio(parents: Sequence[Operand]) -> Result:
    """ln(first / second); over the factors of two products these add up."""
    first, second = (number_of(parent) for parent in parents)
    return Result((first / second).ln())


def _first_two(parents: Sequence[Operand]) -> tuple[int, int]:
    """Places of the largest and the second largest; of equals the earlier comes first."""
    first, second, *_ = sorted(range(len(parents)), key=lambda at: -number_of(parents[at]))
    return first, second


def second(parents: Sequence[Operand]) -> Result:
    """Name of the second largest; the parents are the numbers, then their names."""
    half = len(parents) // 2
    return Result(str(parents[half + _first_two(parents[:half])[1]].v))


def of_first(parents: Sequence[Operand]) -> Result:
    """What the largest has; the parents are number, what it has, number, what it has …"""
    first, _ = _first_two(parents[::2])
    return Result(number_of(parents[1::2][first]))


def lead_ratio(parents: Sequence[Operand]) -> Result:
    """The largest over the second largest."""
    first, behind = _first_two(parents)
    return Result(number_of(parents[first]) / number_of(parents[behind]))


def lead_log_ratio(parents: Sequence[Operand]) -> Result:
    """Natural logarithm of what the first has over what the second has; as in ``of_first``."""
    first, behind = _first_two(parents[::2])
    return log_ratio([parents[1::2][first], parents[1::2][behind]])


def lead_p_beats(parents: Sequence[Operand]) -> Result:
    """P(the largest beats the second): n numbers, then n · (n − 1) odds, row by row."""
    count = next(n for n in range(len(parents) + 1) if n * n == len(parents))
    first, behind = _first_two(parents[:count])
    row = parents[count + first * (count - 1) :]
    return Result(number_of(row[behind - (behind > first)]))


def logarithm(parents: Sequence[Operand]) -> Result:
    """Natural logarithm of the one parent."""
    (parent,) = parents
    return Result(number_of(parent).ln())


def admission(parents: Sequence[Operand]) -> Result:
    """Mean of verdicts on criteria: met 1, mostly 0.75, partly 0.5, weak 0.25, no 0."""
    try:
        points = [VERDICTS[str(parent.v)] for parent in parents]
    except KeyError as unknown:
        raise ValueError(f"no verdict: {unknown}") from None
    return Result(sum(points, ZERO) / len(points))


def pick(parents: Sequence[Operand], value_id: str) -> Result:
    """The result that an analysis holds under the value's own id."""
    (analysis,) = parents
    try:
        return Result(trimmed(Decimal(json.loads(str(analysis.v))[value_id])))
    except KeyError:
        raise ValueError(f"the analysis has no {value_id}") from None


FEW = "an input that the results do not hang on, or too little to show"
ONLY = "weight or score without effect: an only child, equal children, or a factor of zero"
BEHIND = "of one that is not among the first two, or what sets the order and leaves it"
CUT = "a bound that is cut off at the end of its scale"

ASSESSMENT = {
    "goalposts": Operation(goalposts),
    "mean": Operation(mean, idle=ONLY),
    "mean_low": Operation(mean_low, idle=ONLY),
    "mean_high": Operation(mean_high, idle=ONLY),
    "geometric": Operation(geometric, idle=ONLY),
    "geometric_low": Operation(geometric_low, idle=ONLY),
    "geometric_high": Operation(geometric_high, idle=ONLY),
    "weighted_sum": Operation(weighted_sum, idle=ONLY),
    "supply_index": Operation(supply_index),
    "regional_share": Operation(regional_share, idle=CUT),
    "multiply": Operation(multiply, idle=ONLY),
    "market_share": Operation(market_share),
    "frechet_low": Operation(frechet_low, idle=CUT),
    "log_ratio": Operation(log_ratio),
    "admission": Operation(admission),
    "second": Operation(second, idle=BEHIND),
    "of_first": Operation(of_first, idle=BEHIND),
    "lead_ratio": Operation(lead_ratio, idle=BEHIND),
    "lead_log_ratio": Operation(lead_log_ratio, idle=BEHIND),
    "logarithm": Operation(logarithm),
    "lead_p_beats": Operation(lead_p_beats, idle=BEHIND),
    "simulate": Operation(simulate, named=True, sample=fewer_draws, idle=FEW),
    "sobol": Operation(sobol, named=True, sample=fewer_sobol_draws, idle=FEW),
    "robustness": Operation(robustness, named=True, idle=FEW),
    "pick": Operation(pick, named=True),
}
