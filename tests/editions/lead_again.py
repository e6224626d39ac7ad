"""Operations on whoever leads, once more from their definitions, for the lineage contract."""

from __future__ import annotations

from collections.abc import Callable
from decimal import localcontext
from fractions import Fraction
from typing import Any

from tests.editions.assessment_again import decimal, numbers, pairs

Parents = list[dict[str, Any]]


def ranking(found: list[Fraction]) -> list[int]:
    """Places of the numbers, the largest first."""
    return sorted(range(len(found)), key=lambda at: found[at], reverse=True)


def natural_log(number: Fraction) -> Fraction:
    with localcontext(prec=60):
        return Fraction(decimal(number).ln())


def second(parents: Parents) -> str:
    half = len(parents) // 2
    return parents[half + ranking(numbers(parents[:half]))[1]]["v"]


def of_first(parents: Parents) -> Fraction:
    return max(pairs(parents), key=lambda pair: pair[0])[1]


def lead_ratio(parents: Parents) -> Fraction:
    first, behind, *_ = sorted(numbers(parents), reverse=True)
    return first / behind


def lead_times(parents: Parents) -> Fraction:
    (_, first), (_, behind), *_ = sorted(pairs(parents), key=lambda pair: pair[0], reverse=True)
    return first / behind


def lead_log_ratio(parents: Parents) -> Fraction:
    return natural_log(lead_times(parents))


def lead_p_beats(parents: Parents) -> Fraction:
    """Of n numbers and the n · (n − 1) odds of each over each other, row by row."""
    size = round(len(parents) ** 0.5)
    first, behind, *_ = ranking(numbers(parents[:size]))
    odds = iter(numbers(parents[size:]))
    table = {(i, j): next(odds) for i in range(size) for j in range(size) if i != j}
    return table[first, behind]


LEAD_AGAIN: dict[str, Callable[[Parents], Fraction | int | str]] = {
    "second": second,
    "of_first": of_first,
    "lead_ratio": lead_ratio,
    "lead_times": lead_times,
    "lead_log_ratio": lead_log_ratio,
    "logarithm": lambda ps: natural_log(Fraction(ps[0]["v"])),
    "lead_p_beats": lead_p_beats,
}
