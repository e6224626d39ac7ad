"""The smallest change of weights that makes two neighbours in the ranking level.

``weights`` are those of the indicators in the whole, (indicators,); changed ones are not negative
and sum to 1. ``gaps`` are differences of the scores of two units, (pairs × indicators), so that the
first is ahead by gaps · weights. Each function gives the changed weights, (pairs × indicators), NaN
where there are none: where the first is ahead in everything.
"""

from __future__ import annotations

import numpy as np

HALVINGS = 48  # of the range of 1


def by_sum(weights: np.ndarray, gaps: np.ndarray) -> np.ndarray:
    """The change with the smallest sum of absolute changes.

    What is moved goes to the indicator of the least gap, from those of the greatest first: every
    bit of weight costs the same and closes as much of the lead as the two gaps differ.
    """
    pairs, least = np.arange(len(gaps)), np.argmin(gaps, axis=1)
    order = np.argsort(-gaps, axis=1, kind="stable")
    closing = np.take_along_axis(gaps, order, axis=1) - gaps[pairs, least][:, None]
    room = weights[order] * closing
    lead = np.sum(gaps * weights, axis=1, keepdims=True)
    closed = np.clip(lead - (np.cumsum(room, axis=1) - room), 0, room)
    moved = np.divide(closed, closing, out=np.zeros_like(closed), where=closing > 0)
    changed = np.tile(weights, (len(gaps), 1))
    np.put_along_axis(changed, order, np.maximum(weights[order] - moved, 0), axis=1)
    changed[pairs, least] += moved.sum(axis=1)
    return _possible(gaps, changed)


def by_largest(weights: np.ndarray, gaps: np.ndarray) -> np.ndarray:
    """The change whose largest change of one weight is smallest.

    For a given limit the lead is smallest where weight is moved to the least gaps first; it falls
    as the limit rises, so that the limit is found by halving.
    """
    order = np.argsort(gaps, axis=1, kind="stable")
    low, high = np.zeros(len(gaps)), (np.sum(gaps * weights, axis=1) > 0).astype(float)
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        ahead = np.sum(_least(weights, order, middle) * gaps, axis=1) > 0
        low, high = np.where(ahead, middle, low), np.where(ahead, high, middle)
    return _possible(gaps, _least(weights, order, high))


def by_one(weights: np.ndarray, gaps: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The indicator whose weight must change least, if the others keep their proportions.

    The lead is linear in the weight t of one: t · gap + (1 − t) · (lead of the others). It is level
    at t = others / (others − gap) [Triantaphyllou and Sánchez 1997,
    doi:10.1111/j.1540-5915.1997.tb01306.x]. Places (pairs,), and the weights; NaN also where no
    weight between 0 and 1 does it.
    """
    rest = 1 - weights
    lead = np.sum(gaps * weights, axis=1, keepdims=True)
    with np.errstate(divide="ignore", invalid="ignore"):
        others = (lead - weights * gaps) / rest
        level = np.where(lead == 0, weights, others / (others - gaps))
    usable = (level >= 0) & (level <= 1) & (rest > 0)
    change = np.where(usable, np.abs(level - weights), np.inf)
    places = np.argmin(change, axis=1)
    pairs = np.arange(len(gaps))
    chosen = level[pairs, places]
    with np.errstate(divide="ignore", invalid="ignore"):
        changed = weights * ((1 - chosen) / rest[places])[:, None]
    changed[pairs, places] = chosen
    changed[~usable[pairs, places]] = np.nan
    return places, changed


def _least(weights: np.ndarray, order: np.ndarray, limit: np.ndarray) -> np.ndarray:
    """Weights within each ``limit`` of ``weights`` with the smallest lead, (pairs × indicators)."""
    low = np.maximum(weights - limit[:, None], 0)
    room = np.take_along_axis(np.minimum(weights + limit[:, None], 1) - low, order, axis=1)
    left = 1 - low.sum(axis=1, keepdims=True)
    given = np.clip(left - (np.cumsum(room, axis=1) - room), 0, room)
    changed = np.empty_like(low)
    np.put_along_axis(changed, order, np.take_along_axis(low, order, axis=1) + given, axis=1)
    return changed


def _possible(gaps: np.ndarray, changed: np.ndarray) -> np.ndarray:
    changed[~(gaps.min(axis=1) <= 0)] = np.nan
    return changed
