"""What draws say: how units stand to each other, how probable their ranks are, intervals.

In all arrays the draws are the last axis.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from math import sqrt

import numpy as np
from numpy.typing import NDArray

from suyuan.index.levels import Array
from suyuan.index.ranking import COMPETITION, DENSE, FRACTIONAL, rank

BATCHES = 20
LEAST = 10  # draws of a batch; fewer have no interval to speak of


def _units_above(values: Array, tolerance: float = 0.0) -> NDArray[np.intp]:
    """How many units of the same draw have a larger value; same shape.

    Sorted values are alike where a step between neighbours is at most ``tolerance``.
    """
    by_draw = np.ascontiguousarray(-values.T)
    order = np.argsort(by_draw, axis=1)
    ordered = np.take_along_axis(by_draw, order, axis=1)
    place = np.broadcast_to(np.arange(len(values)), order.shape).copy()
    if tolerance:
        alike = ordered[:, 1:] - ordered[:, :-1] <= tolerance
    else:
        alike = ordered[:, 1:] == ordered[:, :-1]
    place[:, 1:][alike] = 0
    np.maximum.accumulate(place, axis=1, out=place)
    above = np.empty_like(place)
    np.put_along_axis(above, order, place, axis=1)
    return above.T


def _standing(values: Array, tolerance: float = 0.0) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """How many units stand above each and how many below.

    Raises ValueError for missing values: what has none is not ranked.
    """
    _check(values)
    table = values.reshape(len(values), -1)
    above, below = _units_above(table, tolerance), _units_above(-table, tolerance)
    return above.reshape(values.shape), below.reshape(values.shape)


def _check(values: Array) -> None:
    if np.isnan(values).any():
        raise ValueError("units without a value cannot be ranked")


def ranks(values: Array, ties: str = FRACTIONAL, tolerance: float = 0.0) -> Array:
    """Ranks of (units,) or (units × draws), 1 for the largest, each draw as by ``ranking.rank``."""
    if ties == DENSE:
        columns = values.reshape(len(values), -1).T
        dense = np.column_stack([rank(column, ties, tolerance) for column in columns])
        return dense.reshape(values.shape)
    if ties == COMPETITION:
        _check(values)
        table = values.reshape(len(values), -1)
        return 1 + _units_above(table, tolerance).reshape(values.shape).astype(np.float64)
    above, below = _standing(values, tolerance)
    return (above + len(values) + 1 - below) / 2


def rank_probabilities(values: Array) -> Array:
    """P(rank = r) from (units × draws): (units × ranks); rows and columns sum to 1.

    Tied units share the ranks they take up in equal parts.
    """
    count, draws = values.shape
    above, below = _standing(values)
    part = 1 / (count - above - below)
    row = np.arange(count)[:, None] * (count + 1)
    cells = count * (count + 1)
    entered = np.bincount((row + above).ravel(), part.ravel(), cells)
    left = np.bincount((row + count - below).ravel(), part.ravel(), cells)
    steps = (entered - left).reshape(count, count + 1)
    return np.cumsum(steps, axis=1)[:, :count] / draws


def expected_ranks(probabilities: Array) -> Array:
    """Mean rank over the draws, (units,), from the (units × ranks) of ``rank_probabilities``."""
    return probabilities @ np.arange(1, len(probabilities) + 1)


def rank_bounds(probabilities: Array, level: float) -> NDArray[np.intp]:
    """Best and worst rank of the equal-tailed interval that holds ``level``: (units × 2).

    From the (units × ranks) of ``rank_probabilities``. On either side at most (1 − level) / 2 of
    the probability lies outside.
    """
    tail = (1 - level) / 2 + 1e-9  # sums of shares are not exact
    better = np.cumsum(probabilities, axis=1) <= tail
    worse = np.cumsum(probabilities[:, ::-1], axis=1) <= tail
    return np.stack([1 + better.sum(axis=1), probabilities.shape[1] - worse.sum(axis=1)], axis=1)


def pairwise_probabilities(values: Array) -> Array:
    """P(row beats column) from (units × draws): (units × units); ties count half, to each side."""
    count, draws = values.shape
    above, below = _standing(values)
    standing = np.ascontiguousarray(below - above, np.int32)  # compares faster than the values
    beats = np.full((count, count), 0.5)
    for row in range(count - 1):
        rest = standing[row + 1 :]
        wins = np.count_nonzero(standing[row] > rest, axis=1)
        losses = np.count_nonzero(standing[row] < rest, axis=1)
        beats[row, row + 1 :] = 0.5 + (wins - losses) / (2 * draws)
        beats[row + 1 :, row] = 1 - beats[row, row + 1 :]
    return beats


def statistical_ties(beats: Array, threshold: float) -> NDArray[np.bool_]:
    """Pairs of units that each beat the other with at least that probability: (units × units).

    ``beats`` is what ``pairwise_probabilities`` gives; a unit is no pair with itself.
    """
    return (np.minimum(beats, beats.T) >= threshold) & ~np.eye(len(beats), dtype=bool)


def intervals(values: Array, level: float) -> Array:
    """Equal-tailed interval of (… × draws) holding ``level`` of them: (… × [low, high]).

    Quantiles are interpolated linearly [Hyndman and Fan 1996, type 7].
    """
    tail = (1 - level) / 2
    return np.moveaxis(np.quantile(values, [tail, 1 - tail], axis=-1), 0, -1)


def standard_error(probability: Array, draws: int) -> Array:
    """√(p(1 − p)/n) of probabilities that are shares of n draws, same shape.

    One that no draw or every draw bears out is not sure: it counts as 1/(n + 2) short of it, as by
    Laplace's rule of succession.
    """
    least = 1 / (draws + 2)
    inner = np.clip(probability, least, 1 - least)
    return np.sqrt(inner * (1 - inner) / draws)


def batch_errors(
    summary: Callable[[Mapping[str, Array]], dict[str, float]], drawn: Mapping[str, Array]
) -> dict[str, float]:
    """Standard errors of what ``summary`` says of draws, by its names.

    The draws, last axis, are dealt into batches; the error is the standard deviation of the
    batches' results over the square root of their number. {} where a batch would have few draws.
    """
    draws = next(iter(drawn.values())).shape[-1]
    if draws < LEAST * BATCHES:
        return {}
    dealt = [
        summary({name: values[..., start::BATCHES] for name, values in drawn.items()})
        for start in range(BATCHES)
    ]
    return {
        name: float(np.std([batch[name] for batch in dealt], ddof=1)) / sqrt(BATCHES)
        for name in dealt[0]
    }
