"""Weights of criteria from their data or from judgements, each method a function.

Data-driven methods take a matrix, shape (units, criteria), and give weights, shape (criteria,),
that sum to 1. Missing (NaN) is never a number: each statistic of a criterion is taken over the
units that are known, and a correlation over the units known to both criteria. A criterion that
cannot tell units apart (fewer than two known values, or all of them equal but for rounding;
``scale`` is how large the numbers were that made them) gets the weight 0 and has no part in the
weights of the others. Where no criterion can, or a statistic needs what
the data are not, UndefinedWeights is raised: no weight is made up.

Entropy weights and coefficients of variation change with the origin of a scale, and zeros raise
them; they suit amounts, not ratings on a scale such as 0 to 5.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from suyuan.core.errors import SuyuanError
from suyuan.index import noise
from suyuan.index.correlation import correlations
from suyuan.index.pairwise import completed_numbers

CONSISTENT = 0.1  # Saaty: judgements with a larger consistency ratio should be revised

NOISE = 1e-12  # a correlation this near to 1 is 1: the rest is rounding

# Mean consistency index of random reciprocal matrices of order 1, 2, 3, ...
RANDOM_INDEX: Mapping[str, tuple[float, ...]] = {
    # T. L. Saaty, The Analytic Hierarchy Process, 1980, p. 21.
    "saaty1980": (
        0,
        0,
        0.58,
        0.90,
        1.12,
        1.24,
        1.32,
        1.41,
        1.45,
        1.49,
        1.51,
        1.48,
        1.56,
        1.57,
        1.59,
    ),
    # T. L. Saaty, Theory and Applications of the Analytic Network Process, 2005, p. 31.
    "saaty2005": (
        0,
        0,
        0.52,
        0.89,
        1.11,
        1.25,
        1.35,
        1.40,
        1.45,
        1.49,
        1.52,
        1.54,
        1.56,
        1.58,
        1.59,
    ),
}


class UndefinedWeights(SuyuanError):
    """The data determine no weights by this method."""


@dataclass(frozen=True)
class Priorities:
    """Weights of pairwise judgements, shape (criteria,), and how consistent these are."""

    weights: np.ndarray
    largest_eigenvalue: float
    consistency_index: float
    consistency_ratio: float

    @property
    def consistent(self) -> bool:
        """Whether the consistency ratio is at most 0.1."""
        return self.consistency_ratio <= CONSISTENT


def equal(matrix: np.ndarray, scale: float = 0.0) -> np.ndarray:
    """The same weight for every criterion, whatever the data."""
    return np.full(matrix.shape[1], 1.0 / matrix.shape[1])


def entropy(matrix: np.ndarray, scale: float = 0.0) -> np.ndarray:
    """Weights by 1 - e, with e the entropy of a criterion's shares, in units of ln(known units).

    Raises UndefinedWeights for negative values. Source: Shannon entropy, as in Elsayed, Dawood
    and Karthikeyan 2017.
    """
    if (matrix < 0).any():
        raise UndefinedWeights("entropy needs values that are not negative")
    return _normalised(np.array([_divergence(column) for column in _tells_apart(matrix, scale)]))


def critic(matrix: np.ndarray, scale: float = 0.0) -> np.ndarray:
    """Weights by contrast times conflict: sd of the min-max scores times the sum of 1 - r.

    Criteria on which less is better must be turned round before. A pair that is known together
    for fewer than three units (two are always in line), or constant there, counts as
    uncorrelated. Source: Diakoulaki, Mavrotas and Papayannakis 1995,
    doi:10.1016/0305-0548(94)00059-H.
    """
    columns = [(j, column) for j, column in enumerate(_tells_apart(matrix, scale)) if column.size]
    related = relations(matrix[:, [j for j, _ in columns]])
    information = np.zeros(matrix.shape[1])
    for place, (j, column) in enumerate(columns):
        contrast = noise.deviation(column) / (np.nanmax(column) - np.nanmin(column))
        conflict = sum(1.0 - r for other, r in enumerate(related[place]) if other != place)
        information[j] = contrast * (conflict if len(columns) > 1 else 1.0)
    return _normalised(information)


def variation(matrix: np.ndarray, scale: float = 0.0) -> np.ndarray:
    """Weights by the coefficient of variation: sample standard deviation over mean.

    Raises UndefinedWeights for negative values, where the coefficient says nothing.
    """
    if (matrix < 0).any():
        raise UndefinedWeights("a coefficient of variation needs values that are not negative")
    columns = _tells_apart(matrix, scale)
    spreads = [noise.deviation(c) / noise.mean(c) if c.size else 0.0 for c in columns]
    return _normalised(np.array(spreads))


def ahp(comparisons: np.ndarray, random_index: str = "saaty1980") -> Priorities:
    """Priorities of a matrix of pairwise comparisons: its principal eigenvector, summing to 1.

    ``comparisons[i, j]`` says how many times as important i is as j; one of it and [j, i] may be
    missing, or be a rounded reciprocal, as 0.33 is of 3. ``random_index`` names the
    table of ``RANDOM_INDEX`` behind the consistency ratio, which is 0 for fewer than three
    criteria. Raises ValueError for a matrix that is not square, positive and reciprocal, and for
    more criteria than the table has. Source: Saaty 1980; Saaty 2008,
    doi:10.1504/IJSSCI.2008.017590.
    """
    n = len(comparisons)
    if comparisons.shape != (n, n) or (comparisons <= 0).any():
        raise ValueError("comparisons must be a square matrix of positive numbers")
    comparisons = completed_numbers(comparisons)
    if n > len(RANDOM_INDEX[random_index]):
        raise ValueError(f"{random_index} has no random index for {n} criteria")
    values, vectors = np.linalg.eig(comparisons)
    largest = int(np.argmax(values.real))
    vector = np.abs(vectors[:, largest].real)
    over = max(values[largest].real - n, 0.0)  # which rounds to just below 0
    index = over / (n - 1) if n > 1 else 0.0
    random = RANDOM_INDEX[random_index][n - 1]
    ratio = index / random if random else 0.0
    return Priorities(
        vector / vector.sum(), float(values[largest].real), float(index), float(ratio)
    )


def _tells_apart(matrix: np.ndarray, scale: float) -> list[np.ndarray]:
    """The columns, each empty in place of one that cannot tell units apart."""
    spread = [not noise.constant(column, scale) for column in matrix.T]
    return [col if apart else col[:0] for col, apart in zip(matrix.T, spread, strict=True)]


def _divergence(column: np.ndarray) -> float:
    known = column[~np.isnan(column)]
    if not known.size:
        return 0.0
    off = known / noise.mean(known) - 1.0  # from an even share: small ones keep their digits
    logs = np.log1p(off, out=np.zeros_like(off), where=off > -1)  # p·ln p at 0 is 0 in the limit
    lost = noise.total((1.0 + off) * logs - off)  # no term is below 0
    return lost / (known.size * float(np.log(known.size)))


def relations(columns: np.ndarray) -> np.ndarray:
    """Correlations that weights may be made of: 0 where there is none, 1 but for rounding is 1."""
    found = np.nan_to_num(correlations(columns))
    return np.where(found < 1.0 - NOISE, found, 1.0)  # else weights would be ratios of noise


def _normalised(amounts: np.ndarray) -> np.ndarray:
    if not amounts.sum() > 0:
        raise UndefinedWeights("no criterion tells units apart")
    return noise.normed(amounts)
