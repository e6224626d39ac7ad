"""Correlation of columns: the one place for it.

It is taken over the units known to both. Where these are fewer than three (two are always in
line), or one column is constant there, there is none: NaN. It is the same in whatever order the
units stand.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from suyuan.index import noise
from suyuan.index.ranking import DENSE, FRACTIONAL, rank

FEWEST = 3  # units
Seen = Callable[[np.ndarray], np.ndarray]
Centred = tuple[np.ndarray, float]  # what values are off their mean, and the sum of its squares


def correlation(first: np.ndarray, second: np.ndarray, seen: Seen = np.asarray) -> float:
    """Pearson's, of two columns (units,) as they are ``seen`` among the units known to both."""
    both = ~np.isnan(first) & ~np.isnan(second)
    return _related(_centred(seen(first[both])), _centred(seen(second[both])))


def correlations(columns: np.ndarray, seen: Seen = np.asarray) -> np.ndarray:
    """``correlation`` of every two columns, digit for digit: (units × k) to (k × k)."""
    known = [~np.isnan(column) for column in columns.T]
    alike = [mask.tobytes() for mask in known]
    own = [_centred(seen(column[mask])) for column, mask in zip(columns.T, known, strict=True)]
    found = np.empty((len(own), len(own)))
    for i, first in enumerate(own):
        for j, second in enumerate(own[: i + 1]):
            found[i, j] = found[j, i] = (
                _related(first, second)
                if alike[i] == alike[j]
                else correlation(columns[:, i], columns[:, j], seen)
            )
    return found


def rank_correlations(columns: np.ndarray) -> np.ndarray:
    """Spearman's, of every two columns: those of their ranks, where rounding is no order."""
    places = [rank(column, DENSE) for column in columns.T]
    return correlations(np.column_stack(places), lambda values: rank(values, FRACTIONAL))


def _centred(values: np.ndarray) -> Centred | None:
    """None for values of which there is no correlation."""
    if values.size < FEWEST or noise.constant(values):
        return None
    off = values - noise.mean(values)
    return off, noise.total(off * off)


def _related(first: Centred | None, second: Centred | None) -> float:
    if first is None or second is None:
        return float("nan")
    return float(noise.total(first[0] * second[0]) / np.sqrt(first[1] * second[1]))
