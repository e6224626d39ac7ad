"""How scores become ranks and how numbers are rounded: the one place for both policies.

Ranks are taken from unrounded scores. Rounding is for print.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

import numpy as np

from suyuan.core.numbers import half_up
from suyuan.index import noise

COMPETITION, DENSE, FRACTIONAL = "competition", "dense", "fractional"
TIES = (COMPETITION, DENSE, FRACTIONAL)


def rank(scores: np.ndarray, ties: str = COMPETITION, tolerance: float | None = None) -> np.ndarray:
    """Ranks of ``scores``, shape (units,), 1 for the highest; NaN has no rank and takes none.

    Scores 9, 8, 8, 7 rank 1, 2, 2, 4 with ``competition``, 1, 2, 2, 3 with ``dense`` and
    1, 2.5, 2.5, 4 with ``fractional``. Sorted scores are tied where a step between neighbours is
    at most ``tolerance``; without one, where it is rounding noise of scores as large as the
    largest. Raises ValueError for another name of a policy.
    """
    if ties not in TIES:
        raise ValueError(f"ties must be one of {TIES}, not {ties!r}")
    ranks = np.full(scores.shape, np.nan)
    known = np.flatnonzero(~np.isnan(scores))
    if not known.size:
        return ranks
    if tolerance is None:
        tolerance = noise.tied(float(np.abs(scores[known]).max()))
    order = known[np.argsort(-scores[known], kind="stable")]
    starts = np.append(True, -np.diff(scores[order]) > tolerance)
    group = np.cumsum(starts) - 1
    size = np.bincount(group)
    best = np.cumsum(size) - size + 1.0
    by_group = {
        COMPETITION: best,
        DENSE: np.arange(1.0, size.size + 1),
        FRACTIONAL: best + (size - 1) / 2,
    }
    ranks[order] = by_group[ties][group]
    return ranks


@dataclass(frozen=True)
class Order:
    """How scores become ranks: who is tied, within what ``tolerance``, what ranks the tied have.

    With ``decimals`` they are taken from scores as people see them, rounded.
    """

    ties: str = COMPETITION
    tolerance: float = 0.0
    decimals: int | None = None

    def ranks(self, scores: np.ndarray) -> np.ndarray:
        """Ranks of (units,); NaN has none."""
        if self.decimals is None:
            return rank(scores, self.ties, self.tolerance)
        rounded = [
            np.nan if np.isnan(score) else float(round_half_up(score, self.decimals))
            for score in scores
        ]
        return rank(np.array(rounded), self.ties, 10.0**-self.decimals / 2)

    def seen(self, scores: np.ndarray) -> np.ndarray:
        """The scores of draws as they are ranked, in steps of the last decimal."""
        if self.decimals is None:
            return scores
        unit = 10.0**self.decimals
        steps = np.floor(np.abs(scores) * unit + 0.5 + noise.STEP)  # halves away from zero
        return np.asarray(np.copysign(steps, scores) / unit)

    @property
    def apart(self) -> float:
        """Steps between scores ``seen`` that are no larger are none."""
        return self.tolerance if self.decimals is None else 10.0**-self.decimals / 2


def round_half_up(value: float, decimals: int) -> Decimal:
    """``value`` as a reader rounds it: halves of the shortest decimal text go away from zero.

    So 2.675 becomes 2.68, although the nearest binary number is a little smaller.
    """
    return half_up(Decimal(repr(float(value))), decimals)
