"""The assessment's operations once more, from their formulas, for the contract of lineage.json."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal, localcontext
from fractions import Fraction
from itertools import pairwise
from math import prod
from typing import Any

Parents = list[dict[str, Any]]
POINTS = {"met": 4, "mostly": 3, "partly": 2, "weak": 1, "no": 0}


def numbers(parents: Parents) -> list[Fraction]:
    return [Fraction(parent["v"]) for parent in parents]


def pairs(parents: Parents) -> list[tuple[Fraction, Fraction]]:
    found = numbers(parents)
    return list(zip(found[::2], found[1::2], strict=True))


def weighted(parents: Parents) -> Fraction:
    return sum((score * weight for score, weight in pairs(parents)), Fraction(0))


def known(parents: Parents) -> Fraction:
    return sum((weight for _, weight in pairs(parents)), Fraction(0))


def decimal(number: Fraction) -> Decimal:
    return Decimal(number.numerator) / Decimal(number.denominator)


def to_power(score: Fraction, weight: Fraction) -> Fraction:
    with localcontext(prec=60):
        return Fraction((decimal(score).ln() * decimal(weight)).exp()) if score else Fraction(0)


def powers(parents: Parents) -> Fraction:
    return prod((to_power(*pair) for pair in pairs(parents)), start=Fraction(1))


def log_ratio(parents: Parents) -> Fraction:
    first, second = numbers(parents)
    with localcontext(prec=60):
        return Fraction(decimal(first / second).ln())


def regional(parents: Parents) -> Fraction:
    base, fit, kappa = numbers(parents)
    return base * (1 + kappa * (fit / 100 - Fraction(1, 2)))


def share(parents: Parents) -> Fraction:
    own, total, other = numbers(parents)
    return own / total * (1 - other)


def bands(parents: Parents) -> list[int]:
    """Of each, one more than how often, on the way down to it, one surely beats the next."""
    *parts, level = numbers(parents)
    count = round((len(parts)) ** 0.5)
    products, odds = parts[:count], parts[count:]
    down = sorted(range(count), key=lambda place: products[place], reverse=True)
    beats = {(i, j): odds[i * (count - 1) + j - (j > i)] for i in down for j in down if i != j}
    return [
        1 + sum(beats[pair] >= level for pair in pairwise(down[: down.index(place) + 1]))
        for place in range(count)
    ]


ASSESSMENT_AGAIN: dict[str, Callable[[Parents], Fraction | int | str]] = {
    "goalposts": lambda ps: 20 * Fraction(ps[0]["v"]),
    "mean": lambda ps: weighted(ps) / known(ps),
    "mean_low": weighted,
    "mean_high": lambda ps: weighted(ps) + 100 * (1 - known(ps)),
    "geometric": lambda ps: to_power(powers(ps), 1 / known(ps)),
    "geometric_low": lambda ps: powers(ps) if known(ps) == 1 else Fraction(0),
    "geometric_high": lambda ps: powers(ps) * to_power(Fraction(100), 1 - known(ps)),
    "weighted_sum": weighted,
    "supply_index": lambda ps: 1 + Fraction(99, 100) * Fraction(ps[0]["v"]),
    "regional_share": regional,
    "multiply": lambda ps: prod(numbers(ps), start=Fraction(1)),
    "market_share": share,
    "frechet_low": lambda ps: max(Fraction(0), sum(numbers(ps)) - (len(ps) - 1)),
    "log_ratio": log_ratio,
    "admission": lambda ps: Fraction(sum(POINTS[p["v"]] for p in ps), 4 * len(ps)),
}
# Drawn, not derived: that the same inputs give the same text again is asked by `suyuan verify`,
# what they mean by tests/code/domain/assessment/test_scores.py.
DRAWN = {"simulate", "sobol", "robustness"}
