"""Pairwise comparisons as people type them: a triangle is enough, and 0.33 stands for 1/3.

A number is known to half a unit of its last digit, a fraction or a whole number exactly. Of two
cells that say the same, one the other way round, the one known better counts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

DIAGONAL = Fraction(1)
COMPUTED = 10  # decimals that nobody types: these are off by what a computer rounds
COMPUTED_ERROR = Fraction(1, 10**12)


@dataclass(frozen=True)
class Typed:
    """A number as typed: its value, and how far it may be off by its digits."""

    value: Fraction
    half: Fraction

    @property
    def rough(self) -> Fraction:
        """How far it may be off, for its size."""
        return self.half / self.value

    def turned(self) -> tuple[Fraction, Fraction]:
        """Between what its reciprocal lies; without an upper end where it may be 0."""
        low, high = self.value - self.half, self.value + self.half
        return 1 / high, (1 / low if low > 0 else Fraction(10**9))


class Contradiction(ValueError):
    """Two cells that do not say the same, or none that says anything: row, column, both texts."""

    def __init__(self, row: int, column: int, upper: str, lower: str) -> None:
        super().__init__(f"comparisons {row}, {column} must be reciprocal: {upper!r}, {lower!r}")
        self.row, self.column, self.upper, self.lower = row, column, upper, lower


def typed(text: str) -> Typed | None:
    """The number of a cell, None for an empty one. ValueError unless it is positive."""
    text = text.strip()
    if not text:
        return None
    try:
        value = Fraction(text.replace(" ", ""))
    except (ValueError, ZeroDivisionError) as error:
        raise ValueError(f"{text!r} is not a comparison") from error
    if value <= 0:
        raise ValueError(f"{text!r} is not positive")
    _, point, decimals = text.partition(".")
    exact = "/" in text or not point or not decimals.strip("0")
    if exact:
        return Typed(value, Fraction(0))
    digits = len(decimals) if decimals.isdigit() else 10**9
    half = Fraction(1, 2 * 10**digits) if digits < COMPUTED else value * COMPUTED_ERROR
    return Typed(value, half)


def completed(cells: Sequence[Sequence[str]]) -> np.ndarray:
    """The whole reciprocal matrix of the cells. Raises Contradiction, ValueError for no number."""
    count = len(cells)
    matrix = np.ones((count, count))
    for row in range(count):
        own = typed(cells[row][row])
        if own is not None and own.value != DIAGONAL:
            raise Contradiction(row, row, cells[row][row], "1")
        for column in range(row + 1, count):
            value = _pair(cells, row, column)
            matrix[row, column], matrix[column, row] = float(value), float(1 / value)
    return matrix


def _pair(cells: Sequence[Sequence[str]], row: int, column: int) -> Fraction:
    texts = cells[row][column], cells[column][row]
    upper, lower = typed(texts[0]), typed(texts[1])
    if upper is None and lower is None:
        raise Contradiction(row, column, *texts)
    if lower is None or upper is None:
        return upper.value if upper is not None else 1 / lower.value  # type: ignore[union-attr]
    low, high = lower.turned()
    if upper.value + upper.half < low or upper.value - upper.half > high:
        raise Contradiction(row, column, *texts)
    return upper.value if upper.rough <= lower.rough else 1 / lower.value


def completed_numbers(comparisons: np.ndarray) -> np.ndarray:
    """The same of numbers, NaN for an empty cell: their shortest digits are what was typed."""
    return completed([["" if np.isnan(x) else _text(x) for x in row] for row in comparisons])


def _text(number: float) -> str:
    """As typed; more than ten digits were computed, and are the fraction that they round."""
    fraction = Fraction(float(number)).limit_denominator(1000)
    if len(repr(float(number))) > 12 and abs(float(fraction) / number - 1) < 1e-15:
        return str(fraction)
    return repr(float(number))
