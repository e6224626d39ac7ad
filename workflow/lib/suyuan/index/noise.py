"""When computed numbers differ, and when only their rounding does: the one place for both.

All limits are relative to the size of what is compared, so that no unit of measurement and no
range of scores changes an answer.
"""

from __future__ import annotations

import math
from collections.abc import Iterable

import numpy as np

SPREAD = 1e-12  # values whose range is smaller, for their size, are all equal
STEP = 1e-11  # scores whose step is smaller, for the size of their scale, are tied
LARGEST = 1e75  # the fourth power of a number, for kurtosis, is a number still
SHARE = 1e-12  # shares of 1 this near to a limit have reached it


def constant(values: np.ndarray, scale: float = 0.0) -> bool:
    """Whether all known ``values`` are equal but for rounding; so too where none is known.

    ``scale`` is how large the numbers were that these are differences or sums of, where that is
    larger than they are themselves.
    """
    known = values[~np.isnan(values)]
    if not known.size:
        return True
    size = max(float(np.abs(known).max()), scale)
    return bool(known.max() - known.min() <= SPREAD * size)


def size(output: tuple[float, float]) -> float:
    """How large scores of that range can be, which is what their rounding is relative to."""
    return max(abs(output[0]), abs(output[1]), output[1] - output[0])


def tied(scale: float) -> float:
    """The largest step between scores of that ``size`` that is none."""
    return STEP * scale


def reaches(share: np.ndarray, least: float) -> np.ndarray:
    """Whether shares of 1 are at least ``least``."""
    return np.asarray(share >= least - SHARE)


def total(values: np.ndarray) -> float:
    """Sum of the known values, the same in whatever order they stand."""
    return math.fsum(values[~np.isnan(values)].tolist())


def mean(values: np.ndarray) -> float:
    """Mean of the known values, the same in whatever order they stand; NaN of none."""
    count = np.count_nonzero(~np.isnan(values))
    return total(values) / count if count else float("nan")


def deviation(values: np.ndarray) -> float:
    """Sample standard deviation of at least two known values, in whatever order they stand."""
    count = np.count_nonzero(~np.isnan(values))
    return math.sqrt(total((values - mean(values)) ** 2) / (count - 1))


def normed(weights: Iterable[float]) -> np.ndarray:
    """``weights`` divided by their sum, which does not depend on their order."""
    given = np.array([*weights], dtype=float)
    return given / math.fsum(given.tolist())
