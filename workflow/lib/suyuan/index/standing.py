"""What draws say: how units stand to each other, how probable their ranks are, intervals.

In all arrays the draws are the last axis.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from math import sqrt

import numpy as np
from numpy.typing import NDArray

from suyuan.index.levels import Array
from suyuan.index.ranking import DENSE, FRACTIONAL

Counts = NDArray[np.int32]

BATCHES = 20
PORTION = 1 << 19  # values that are ranked together
SLACK = 1e-9  # sums of shares are not exact
LEAST = 10  # draws of a batch; fewer have no interval to speak of


def _sorted_draws(
    values: Array, tolerance: float
) -> Iterator[tuple[slice, NDArray[np.intp], NDArray[np.bool_]]]:
    """Some draws after others, the order of their units from the largest on, and which are tied.

    Order is (draws × units), the ties with the next before are (draws × units less one): a step
    between neighbours of at most ``tolerance``. Raises ValueError for missing values: what has
    none is not ranked.
    """
    if np.isnan(values).any():
        raise ValueError("units without a value cannot be ranked")
    together = max(1, PORTION // max(1, len(values)))
    for first in range(0, values.shape[1], together):
        draws = slice(first, first + together)
        falling = np.ascontiguousarray(-values[:, draws].T)
        order = np.argsort(falling, axis=1)
        ordered = np.take_along_axis(falling, order, axis=1)
        if tolerance:
            yield draws, order, ordered[:, 1:] - ordered[:, :-1] <= tolerance
        else:
            yield draws, order, ordered[:, 1:] == ordered[:, :-1]


def _put_back(order: NDArray[np.intp], sorted_: Counts) -> Counts:
    """What is in the order of the units of each draw, (draws × units), as (units × draws)."""
    found = np.empty_like(sorted_)
    np.put_along_axis(found, order, sorted_, axis=1)
    return found.T


def _first_of_tied(tied: NDArray[np.bool_]) -> Counts:
    """How many stand before each and those tied with it, (draws × units)."""
    draws, steps = tied.shape
    first = np.empty((draws, steps + 1), np.int32)
    first[:] = np.arange(steps + 1)
    if tied.any():
        first[:, 1:][tied] = 0
        np.maximum.accumulate(first, axis=1, out=first)
    return first


def _standing(values: Array, tolerance: float = 0.0) -> tuple[Counts, Counts]:
    """How many units of the same draw stand above each and how many below; same shape."""
    table = values.reshape(len(values), -1)
    above, below = np.empty(table.shape, np.int32), np.empty(table.shape, np.int32)
    for draws, order, tied in _sorted_draws(table, tolerance):
        above[:, draws] = _put_back(order, _first_of_tied(tied))
        below[:, draws] = _put_back(order, _first_of_tied(tied[:, ::-1])[:, ::-1])
    return above.reshape(values.shape), below.reshape(values.shape)


def ranks(values: Array, ties: str = FRACTIONAL, tolerance: float = 0.0) -> Array:
    """Ranks of (units,) or (units × draws), 1 for the largest, each draw as by ``ranking.rank``."""
    if ties == FRACTIONAL:
        above, below = _standing(values, tolerance)
        return (above + len(values) + 1 - below) / 2
    table = values.reshape(len(values), -1)
    found = np.ones(table.shape)
    for draws, order, tied in _sorted_draws(table, tolerance):
        if ties == DENSE:
            before = np.zeros(order.shape, np.int32)
            np.cumsum(~tied, axis=1, out=before[:, 1:])
        else:
            before = _first_of_tied(tied)
        found[:, draws] += _put_back(order, before)
    return found.reshape(values.shape)


def rank_probabilities(values: Array, tolerance: float = 0.0) -> Array:
    """P(rank = r) from (units × draws): (units × ranks); rows and columns sum to 1.

    Tied units share the ranks they take up in equal parts; ``tolerance`` is as in ``ranks``.
    """
    count, draws = values.shape
    above, below = _standing(values, tolerance)
    part = 1 / (count - above - below)
    row = np.arange(count)[:, None] * (count + 1)
    cells = count * (count + 1)
    entered = np.bincount((row + above).ravel(), part.ravel(), cells)
    left = np.bincount((row + count - below).ravel(), part.ravel(), cells)
    steps = (entered - left).reshape(count, count + 1)
    return np.cumsum(steps, axis=1)[:, :count] / draws


def likely_ranks(
    values: Array, tolerance: float = 0.0, least: float = 0.0
) -> tuple[NDArray[np.intp], NDArray[np.intp], Array]:
    """The cells of ``rank_probabilities`` above 0 and of at least ``least``: unit, rank, share.

    It holds the cells of a few units at a time, so that thousands of units take no more memory.
    """
    count, draws = values.shape
    above, below = _standing(values, tolerance)
    found = []
    together = max(1, PORTION // (count + 1))
    for first in range(0, count, together):
        own, under = above[first : first + together], below[first : first + together]
        rows, places = len(own), count + 1
        part = 1 / (count - own - under)
        start = np.arange(rows)[:, None] * places
        entered = np.bincount((start + own).ravel(), part.ravel(), rows * places)
        left = np.bincount((start + count - under).ravel(), part.ravel(), rows * places)
        shares = np.cumsum((entered - left).reshape(rows, places), axis=1)[:, :count] / draws
        unit, rank = np.nonzero(shares > max(least - SLACK, SLACK))
        found.append((unit + first, rank + 1, shares[unit, rank]))
    units, ranks_, shares_ = (np.concatenate(parts) for parts in zip(*found, strict=True))
    return units, ranks_, shares_


def expected_ranks(probabilities: Array) -> Array:
    """Mean rank over the draws, (units,), from the (units × ranks) of ``rank_probabilities``."""
    return probabilities @ np.arange(1, len(probabilities) + 1)


def rank_bounds(probabilities: Array, level: float) -> NDArray[np.intp]:
    """Best and worst rank of the equal-tailed interval that holds ``level``: (units × 2).

    From the (units × ranks) of ``rank_probabilities``. On either side at most (1 − level) / 2 of
    the probability lies outside.
    """
    tail = (1 - level) / 2 + SLACK
    better = np.cumsum(probabilities, axis=1) <= tail
    worse = np.cumsum(probabilities[:, ::-1], axis=1) <= tail
    return np.stack([1 + better.sum(axis=1), probabilities.shape[1] - worse.sum(axis=1)], axis=1)


def pairwise_probabilities(values: Array, tolerance: float = 0.0) -> Array:
    """P(row beats column) from (units × draws): (units × units); ties count half, to each side."""
    count, draws = values.shape
    above, below = _standing(values, tolerance)
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
