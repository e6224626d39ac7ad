"""How far raters agree, and items."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from suyuan.index import noise

NOMINAL, ORDINAL, INTERVAL = "nominal", "ordinal", "interval"
LEVELS = (NOMINAL, ORDINAL, INTERVAL)


def krippendorff_alpha(ratings: np.ndarray, level: str) -> float:
    """Krippendorff's alpha of ``ratings``, shape (raters, units), NaN where a rater gave none.

    1 for full agreement, 0 for what chance would give. ``level`` of measurement says how far two
    ratings are apart: ``nominal``, ``ordinal`` or ``interval``. Units with fewer than two ratings
    say nothing about agreement and are left out. NaN where no unit is left, or where all ratings
    are equal so that nothing could have disagreed. Raises ValueError for another level.

    Source: Krippendorff, Content Analysis, 4th ed., 2018, ch. 12.
    """
    if level not in LEVELS:
        raise ValueError(f"level must be one of {LEVELS}, not {level!r}")
    values = np.unique(ratings[~np.isnan(ratings)])
    counts = (ratings[:, :, None] == values).sum(axis=0).astype(float)  # units × values
    counts = counts[counts.sum(axis=1) >= 2]
    rated = counts.sum(axis=1)
    pairs = counts[:, :, None] * counts[:, None, :] - counts[:, :, None] * np.eye(values.size)
    coincidences = (pairs / (rated - 1)[:, None, None]).sum(axis=0)
    totals = coincidences.sum(axis=1)
    distances = _squared_distances(values, totals, level)
    chance = (np.outer(totals, totals) * distances).sum()
    if not chance > 0:
        return float("nan")
    return float(1.0 - (totals.sum() - 1) * (coincidences * distances).sum() / chance)


def cronbach_alpha(items: ArrayLike) -> float:
    """Cronbach's alpha of items, units × at least two items, over the wholly known units.

    k/(k-1) · (1 - sum of variances / variance of the sum). NaN where fewer than two units are
    known or their sums are equal but for rounding. Raises ValueError for a single column. Source:
    Cronbach 1951, doi:10.1007/BF02310555.
    """
    scores = np.asarray(items, dtype=float)
    known, k = scores[~np.isnan(scores).any(axis=1)], scores.shape[1]
    if k < 2:
        raise ValueError("alpha needs at least two items")
    sums = known.sum(axis=1)
    if len(known) < 2 or noise.constant(sums, float(np.abs(known).max())):
        return float("nan")
    return float(k / (k - 1) * (1.0 - known.var(axis=0, ddof=1).sum() / sums.var(ddof=1)))


def _squared_distances(values: np.ndarray, totals: np.ndarray, level: str) -> np.ndarray:
    """Squared difference of every two values, shape (values, values)."""
    if level == NOMINAL:
        return 1.0 - np.eye(values.size)
    if level == INTERVAL:
        return (values[:, None] - values[None, :]) ** 2
    middle = np.cumsum(totals) - totals / 2  # how many ratings lie below the middle of a value
    return (middle[:, None] - middle[None, :]) ** 2
