"""Ratings, shares and weights as they may be: drawn, and a composite index in every draw.

In all arrays the draws are the last axis, and a missing rating is NaN.

Every unit draws each of its ratings from a stream of its own, named by the unit's key and the
indicator's, and its shares likewise; what is common to all units (the weight of each node, the
region, the rest of the market) comes from streams without a unit. So another unit, another
indicator, another order of either or another input of one unit changes no other draws.

Ratings and shares are drawn by inversion: one uniform number per input and draw, turned into a
score by the quantile function of that input. So a changed input moves its own draws only, and a
raised one raises every draw.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import ArrayLike, NDArray

from suyuan.index.levels import Array, Level, node_scores
from suyuan.index.streams import generator, unit_uniforms

RATING_MAX = 5.0
SMALLEST = 1e-200  # of the largest weight at a node, of those that are drawn
QUANTILE_CELLS = 4096  # bias of a mean below 2e-5 of the range: 1% of its error in 10,000 draws
EDGES = np.linspace(0, 1, QUANTILE_CELLS + 1)
LOG_MIDDLE = np.log((EDGES[:-1] + EDGES[1:]) / 2)
LOG_REST = LOG_MIDDLE[::-1]  # ln(1 − x): the cells lie evenly about one half
MODES = 240  # of a grid; between two of them a quantile is off by less than 5e-6 of the range
SAME_MODE = 1e-9  # steps of the grid
PORTION = 16384  # numbers that go through the steps of a look-up together, and stay in the cache


# Distributions


def _table(position: float) -> Array:
    """Quantiles of the PERT distribution on [0, 1] with mode ``position``, at equal steps of u.

    Its density is integrated by the midpoint rule and inverted. Between two of the
    QUANTILE_CELLS + 1 quantiles they are linear, which is coarse only in the first and the last
    cell, in one draw of 2,000.
    """
    density = np.exp(4 * position * LOG_MIDDLE + 4 * (1 - position) * LOG_REST)
    probability = np.concatenate([[0], np.cumsum(density)])
    return np.interp(EDGES, probability / probability[-1], EDGES)


@lru_cache(maxsize=64)
def _exact_tables(positions: tuple[float, ...]) -> Array:
    return np.stack([_exact_table(position) for position in positions])


@lru_cache(maxsize=1)
def _grid() -> Array:
    return np.stack([_table(mode / MODES) for mode in range(MODES + 1)])


_exact_table = lru_cache(maxsize=256)(_table)


def _look_up(tables: Array, which: NDArray[np.intp], uniform: Array, range_: Array) -> Array:
    """Quantiles at ``uniform`` (inputs × draws), linear within the cells of each input's table.

    They are stretched over the ``range_`` of each input: (2 × inputs), its low and its high end.
    """
    start = tables.ravel()
    end = start[1:]
    low, high = range_[:, :, None]
    width = high - low
    first_cell = (which * tables.shape[1]).astype(float)[:, None]
    inputs, draws = uniform.shape
    quantiles = np.empty_like(uniform)
    together = max(1, min(inputs, PORTION // max(1, draws)))
    place, rise = np.empty((2, together, draws))
    cell = np.empty((together, draws), np.intp)
    for first in range(0, inputs, together):
        rows = slice(first, min(first + together, inputs))
        count = rows.stop - first
        own, part, index, found = place[:count], rise[:count], cell[:count], quantiles[rows]
        np.multiply(uniform[rows], QUANTILE_CELLS, out=own)
        np.floor(own, out=found)
        own -= found
        found += first_cell[rows]
        np.copyto(index, found, casting="unsafe")
        np.take(start, index, out=found, mode="wrap")  # in place, without the check of bounds
        np.take(end, index, out=part, mode="wrap")
        part -= found
        part *= own
        found += part
        found *= width[rows]
        found += low[rows]
        np.minimum(found, high[rows], out=found)  # the sum may round to just above
    return quantiles


def _exact_quantiles(position: Array, uniform: Array, range_: Array) -> Array:
    positions, which = np.unique(position, return_inverse=True)
    return _look_up(_exact_tables(tuple(positions.tolist())), which, uniform, range_)


def _grid_quantiles(position: Array, uniform: Array, range_: Array) -> Array:
    """The same on a straight line between the two modes of the grid that are next."""
    place = position * MODES
    below = np.floor(place + SAME_MODE).astype(np.intp)
    quantiles = _look_up(_grid(), below, uniform, range_)
    between = np.flatnonzero(place - below > SAME_MODE)
    above = _look_up(_grid(), below[between] + 1, uniform[between], range_[:, between])
    above -= quantiles[between]
    above *= (place - below)[between, None]
    quantiles[between] += above
    return quantiles


def pert_quantiles(
    uniform: Array, low: ArrayLike, mode: ArrayLike, high: ArrayLike, *, many_modes: bool = False
) -> Array:
    """PERT quantiles at ``uniform`` (inputs × draws) in [0, 1); low, mode, high are (inputs,).

    PERT is the Beta distribution with shapes 1 + 4(mode − low)/(high − low) and
    1 + 4(high − mode)/(high − low) stretched over [low, high]; its mean is (low + 4·mode + high)/6
    [Malcolm et al. 1959, doi:10.1287/opre.7.5.646]. low = mode = high is a constant, NaN stays NaN.
    Raising ``mode``, or all three together, lowers no quantile. With ``many_modes`` quantiles are
    taken from a grid of modes, which is faster where hardly two inputs have one mode.
    Raises ValueError unless low <= mode <= high.
    """
    bottom, peak, top = estimates = np.asarray([low, mode, high], float)
    if np.any(estimates[:-1] > estimates[1:]):
        raise ValueError("estimates are not in order: low, mode, high")
    width = top - bottom
    position = np.divide(peak - bottom, width, out=np.zeros_like(width), where=width != 0)
    unknown = np.isnan(position)
    position[unknown] = 0  # of what is missing, which is put back
    quantiles = _grid_quantiles if many_modes else _exact_quantiles
    drawn = quantiles(position, uniform, estimates[::2])
    drawn[unknown] = np.nan
    return drawn


def rating_draws(ratings: ArrayLike, spread: ArrayLike, uniform: Array) -> Array:
    """Ratings as they may be: PERT around each within ± its spread, in points of the 0–5 scale.

    ``ratings`` and ``spread`` are (indicators,), ``uniform`` and the result (indicators × draws).
    The mode stays at the rating. Where the range passes an end of the scale it is cut there, so
    that near an end the mean lies up to spread / 6 further inside. Spread 0 gives the rating.
    Raises ValueError for a rating off the scale or a negative spread.
    """
    ratings, spread = np.asarray(ratings, float), np.asarray(spread, float)
    if np.any((ratings < 0) | (ratings > RATING_MAX)) or np.any(spread < 0):
        raise ValueError(f"ratings lie in [0, {RATING_MAX:g}], spreads are not negative")
    low, high = np.maximum(ratings - spread, 0), np.minimum(ratings + spread, RATING_MAX)
    return pert_quantiles(uniform, low, ratings, high)


def share_draws(
    estimates: ArrayLike, units: Sequence[str], shares: Sequence[str], seed: int, draws: int
) -> Array:
    """Shares of each unit (units × shares × draws), PERT.

    ``estimates`` is (units × shares × 3): low, mode, high of the units and shares that are named.
    Raises ValueError for an estimate outside [0, 1] or out of order, and for a unit named twice.
    """
    estimates = np.asarray(estimates, float)
    if np.any((estimates < 0) | (estimates > 1)):
        raise ValueError("shares lie in [0, 1]")
    drawn = np.empty((*estimates.shape[:2], draws))
    streams = unit_uniforms(seed, "shares", units, shares, draws)
    for row, (own, uniform) in enumerate(zip(estimates, streams, strict=True)):
        drawn[row] = pert_quantiles(uniform, *own.T)
    return drawn


def common_draws(low: float, mode: float, high: float, seed: int, name: str, draws: int) -> Array:
    """PERT draws (draws,) of a number that is the same for all units in a draw."""
    return pert_quantiles(generator(seed, name).random((1, draws)), [low], [mode], [high])[0]


def _log_gammas(shape: float, stream: np.random.Generator, draws: int) -> Array:
    """Logarithms of Gamma(``shape``) draws, finite however small the shape is.

    G(a) is G(a + 1) · U ** (1 / a) [Marsaglia & Tsang 2000, §6].
    """
    larger = stream.standard_gamma(shape + 1, draws)
    return np.log(larger) + np.log1p(-stream.random(draws)) / shape


def weight_draws(
    levels: Sequence[Level],
    names: Sequence[Sequence[str]],
    concentration: float,
    seed: int,
    draws: int,
) -> list[Array]:
    """Weights of each level (children × draws): Dirichlet at each node around the declared ones.

    They are Gamma draws over their sum, each child's from the stream of its name; ``names`` are
    those of each level's children. Mean w, variance w(1 − w)/(concentration + 1). Infinite
    concentration gives the declared weights, as (children × 1); a weight of 0 stays 0, and no other
    becomes 0: a unit that knows this child alone has a score in every draw.
    Raises ValueError if ``concentration`` is not positive.
    """
    if not concentration > 0:
        raise ValueError(f"concentration {concentration} is not positive")
    if np.isinf(concentration):
        return [level.weight[:, None] for level in levels]
    drawn = [np.zeros((len(level.parent), draws)) for level in levels]
    for weights, level, children in zip(drawn, levels, names, strict=True):
        for node in range(len(level.geometric)):
            own = np.flatnonzero((level.parent == node) & (level.weight > 0))
            logs = np.array(
                [
                    _log_gammas(
                        concentration * level.weight[child],
                        generator(seed, "weights", children[child]),
                        draws,
                    )
                    for child in own.tolist()
                ]
            )
            parts = np.maximum(np.exp(logs - logs.max(axis=0)), SMALLEST)
            weights[own] = parts / parts.sum(axis=0)
    return drawn


def composite_draws(
    ratings: Array,
    spread: Array,
    levels: Sequence[Level],
    weights: Sequence[Array],
    units: Sequence[str],
    indicators: Sequence[str],
    seed: int,
    draws: int,
    stream: str,
) -> tuple[Array, Array]:
    """Scores from 0 to 1 of the children of the root (units × children × draws) and of the root.

    ``ratings`` and ``spread`` are (units × indicators), in points of the 0–5 scale, of the units
    and indicators that are named; ``weights`` are those of the levels, drawn or declared.
    ``stream`` names what is rated: two trees of the same units need two names. The second array
    is (units × draws); a unit without a known rating is NaN.
    Raises ValueError for what ``rating_draws`` rejects, and for a unit named twice.
    """
    dimensions = np.empty((len(units), len(levels[-1].parent), draws))
    composites = np.empty((len(units), draws))
    streams = unit_uniforms(seed, stream, units, indicators, draws)
    for row, uniform in enumerate(streams):
        scores = rating_draws(ratings[row], spread[row], uniform)
        for level, drawn in zip(levels[:-1], weights[:-1], strict=True):
            scores = node_scores(scores, level, drawn)
        dimensions[row] = scores
        composites[row] = node_scores(scores, levels[-1], weights[-1])[0]
    return dimensions / RATING_MAX, composites / RATING_MAX
