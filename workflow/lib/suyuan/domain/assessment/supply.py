"""F = S · R · T · P · A · C in every draw, and the shares of the market that follow from it.

In all arrays the draws are the last axis.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from suyuan.index.levels import Array


def supply_index(score: Array) -> Array:
    """S = 1 + 99 · score: an index of 1 to 100 from a score of 0 to 1."""
    return 1 + 99 * score


def regional_share(base: ArrayLike, kappa: float, score: Array) -> Array:
    """R = R0 · (1 + κ(g − 0.5)), cut to [0, 1]; R0 is common to all units of a draw.

    ``base`` R0 is (draws,) or a number, ``score`` g from 0 to 1 is (units × draws).
    """
    return np.clip(np.asarray(base) * (1 + kappa * (score - 0.5)), 0, 1)


def product_draws(supply: Array, regional: Array, shares: Array) -> Array:
    """F = S · R · T · P · A · C: (units × draws), twice, and (units × shares × draws)."""
    return supply * regional * np.prod(shares, axis=1)


def market_shares(products: Array, other: ArrayLike) -> Array:
    """F / ΣF · (1 − other) in every draw, (units × draws); ``other`` is (draws,) or a number.

    Raises ValueError where no unit of a draw has a product above 0, or one is missing.
    """
    total = products.sum(axis=0)
    if not np.all(total > 0):
        raise ValueError("a draw without products above 0, or with a missing one, has no shares")
    return products / total * (1 - np.asarray(other))
