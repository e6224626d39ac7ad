"""How sure a composite index, a product of shares and their rankings are.

Inputs are drawn, the index is computed in every draw, and the draws are counted. In all arrays the
draws are the last axis, and a missing rating is NaN.

Every unit draws its ratings and shares from streams of its own, named by its key; what is common
to all units (weights, the region, the rest of the market) comes from streams without a unit. So
another unit, another order of units or another input of one unit changes no other unit's draws.

Ratings and shares are drawn by inversion: one uniform number per input and draw, turned into a
score by the quantile function of that input. So a changed input moves its own draws only, and a
raised one raises every draw.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import isnan, nan

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]

RATING_MAX = 5.0
QUANTILE_CELLS = 4096  # bias of a mean below 2e-5 of the range: 1% of its error in 10,000 draws
EDGES = np.linspace(0, 1, QUANTILE_CELLS + 1)
LOG_MIDDLE = np.log((EDGES[:-1] + EDGES[1:]) / 2)
LOG_REST = LOG_MIDDLE[::-1]  # ln(1 − x): the cells lie evenly about one half


def generator(seed: int, *names: str) -> np.random.Generator:
    """The random stream of that name; the same on every platform and in every process.

    SHA-256 of the seed and the names feeds ``SeedSequence``, so that streams of different names
    are independent.
    """
    key = json.dumps([seed, *names]).encode()
    return np.random.Generator(np.random.PCG64(int.from_bytes(hashlib.sha256(key).digest(), "big")))


def unit_uniforms(
    seed: int, stream: str, units: Sequence[str], shape: tuple[int, ...]
) -> Iterator[Array]:
    """For each unit an array of uniform numbers in [0, 1) from its own stream.

    Raises ValueError if a unit is named twice: both would get the same numbers.
    """
    if len(set(units)) < len(units):
        raise ValueError("each unit needs a key of its own")
    return (generator(seed, stream, unit).random(shape) for unit in units)


# Distributions


@lru_cache(maxsize=256)
def _standard_pert_quantiles(position: float) -> tuple[Array, Array]:
    """Quantiles of the PERT distribution on [0, 1] with mode ``position``, at equal steps of u.

    Its density is integrated by the midpoint rule and inverted. Returns the quantile at the start
    of each cell and the step to the next, each (QUANTILE_CELLS,). Within a cell quantiles are
    linear, which is coarse only in the first and the last, in one draw of 2,000.
    """
    density = np.exp(4 * position * LOG_MIDDLE + 4 * (1 - position) * LOG_REST)
    probability = np.concatenate([[0], np.cumsum(density)])
    quantiles = np.interp(EDGES, probability / probability[-1], EDGES)
    return quantiles[:-1], np.diff(quantiles)


def _looked_up(table: tuple[Array, Array], uniform: Array) -> Array:
    """Quantiles at ``uniform``, linear within the cells of the table; same shape."""
    start, step = table
    place = uniform * QUANTILE_CELLS
    cell = place.astype(np.intp)
    return start[cell] + (place - cell) * step[cell]


def pert_quantiles(uniform: Array, low: ArrayLike, mode: ArrayLike, high: ArrayLike) -> Array:
    """PERT quantiles at ``uniform`` (inputs × draws) in [0, 1); low, mode, high are (inputs,).

    PERT is the Beta distribution with shapes 1 + 4(mode − low)/(high − low) and
    1 + 4(high − mode)/(high − low) stretched over [low, high]; its mean is (low + 4·mode + high)/6
    [Malcolm et al. 1959, doi:10.1287/opre.7.5.646]. low = mode = high is a constant, NaN stays NaN.
    Raising ``mode``, or all three together, lowers no quantile.
    Raises ValueError unless low <= mode <= high.
    """
    estimates = np.asarray([low, mode, high], float)
    if np.any(estimates[:-1] > estimates[1:]):
        raise ValueError("estimates are not in order: low, mode, high")
    drawn = np.empty_like(uniform)
    for row, (bottom, peak, top) in enumerate(estimates.T.tolist()):
        if isnan(bottom + peak + top):
            drawn[row] = nan
        elif bottom == top:
            drawn[row] = peak
        else:
            table = _standard_pert_quantiles((peak - bottom) / (top - bottom))
            drawn[row] = bottom + (top - bottom) * _looked_up(table, uniform[row])
            np.minimum(drawn[row], top, out=drawn[row])  # the sum may round to just above
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


def share_draws(estimates: ArrayLike, units: Sequence[str], seed: int, draws: int) -> Array:
    """Shares of each unit (units × shares × draws), PERT.

    ``estimates`` is (units × shares × 3): low, mode, high.
    Raises ValueError for an estimate outside [0, 1] or out of order, and for a unit named twice.
    """
    estimates = np.asarray(estimates, float)
    if np.any((estimates < 0) | (estimates > 1)):
        raise ValueError("shares lie in [0, 1]")
    drawn = np.empty((*estimates.shape[:2], draws))
    streams = unit_uniforms(seed, "shares", units, drawn.shape[1:])
    for row, (own, uniform) in enumerate(zip(estimates, streams, strict=True)):
        drawn[row] = pert_quantiles(uniform, *own.T)
    return drawn


def common_draws(low: float, mode: float, high: float, seed: int, name: str, draws: int) -> Array:
    """PERT draws (draws,) of a number that is the same for all units in a draw."""
    return pert_quantiles(generator(seed, name).random((1, draws)), [low], [mode], [high])[0]


# The tree


@dataclass(frozen=True)
class Level:
    """One level of the tree: the children in order, the node each belongs to, and its weight.

    ``parent`` is (children,), nodes counted from 0; ``weight`` is (children,), not negative, 1 over
    the children of each node; ``geometric`` is (nodes,): the nodes with a geometric mean.
    A tree is its levels from the indicators up; the nodes of one are the children of the next, and
    the last has a single node. Raises ValueError for weights or parents that are not so.
    """

    parent: NDArray[np.intp]
    weight: Array
    geometric: NDArray[np.bool_]

    def __post_init__(self) -> None:
        if self.parent.shape != self.weight.shape or self.parent.max() >= len(self.geometric):
            raise ValueError("each child has one weight and a node among the nodes")
        if np.any(self.weight < 0) or not np.allclose(self.membership @ self.weight, 1, rtol=1e-9):
            raise ValueError("weights are not negative and sum to 1 at each node")

    @property
    def membership(self) -> Array:
        """1 where a child belongs to a node, else 0: (nodes × children)."""
        return np.equal.outer(np.arange(len(self.geometric)), self.parent).astype(float)

    def geometric_nodes(self) -> Iterator[tuple[int, NDArray[np.intp]]]:
        """Each node with a geometric mean, and its children."""
        for node in np.flatnonzero(self.geometric):
            yield int(node), np.flatnonzero(self.parent == node)


def weight_draws(
    levels: Sequence[Level], concentration: float, seed: int, draws: int
) -> list[Array]:
    """Weights of each level (children × draws): Dirichlet at each node around the declared ones.

    Mean w, variance w(1 − w)/(concentration + 1). Infinite concentration gives the declared
    weights, as (children × 1); a weight of 0 stays 0.
    Raises ValueError if ``concentration`` is not positive.
    """
    if not concentration > 0:
        raise ValueError(f"concentration {concentration} is not positive")
    if np.isinf(concentration):
        return [level.weight[:, None] for level in levels]
    drawn = [np.zeros((len(level.parent), draws)) for level in levels]
    for depth, level in enumerate(levels):
        for node in range(len(level.geometric)):
            own = np.flatnonzero((level.parent == node) & (level.weight > 0))
            stream = generator(seed, "weights", str(depth), str(node))
            drawn[depth][own] = stream.dirichlet(concentration * level.weight[own], draws).T
    return drawn


def node_scores(scores: Array, level: Level, weights: Array) -> Array:
    """Weighted means of the children: (children × n) to (nodes × n); n are draws or units.

    ``weights`` is (children × n) or (children × 1). Missing children are left out and the weights
    of the others scaled to 1; a node without known children, or with weight on none, is NaN.
    The geometric mean of scores one of which is 0 is 0.
    """
    known = ~np.isnan(scores)
    weighted = weights * known
    membership = level.membership
    total = membership @ weighted
    with np.errstate(invalid="ignore"):  # 0 / 0: nothing is known
        geometric = [
            np.prod(np.where(known[own], scores[own], 0) ** (weighted[own] / total[node]), axis=0)
            for node, own in level.geometric_nodes()
        ]
        np.multiply(weighted, scores, out=weighted, where=known)
        means = membership @ weighted / total
    if geometric:
        means[level.geometric] = geometric
    return means


def composite_draws(
    ratings: Array,
    spread: Array,
    levels: Sequence[Level],
    weights: Sequence[Array],
    units: Sequence[str],
    seed: int,
    draws: int,
    stream: str,
) -> tuple[Array, Array]:
    """Scores from 0 to 1 of the children of the root (units × children × draws) and of the root.

    ``ratings`` and ``spread`` are (units × indicators), in points of the 0–5 scale; ``weights`` are
    those of the levels, drawn or declared. ``stream`` names what is rated: two trees of the same
    units need two names. The second array is (units × draws); a unit without a known rating is NaN.
    Raises ValueError for what ``rating_draws`` rejects, and for a unit named twice.
    """
    dimensions = np.empty((len(units), len(levels[-1].parent), draws))
    composites = np.empty((len(units), draws))
    streams = unit_uniforms(seed, stream, units, (ratings.shape[1], draws))
    for row, uniform in enumerate(streams):
        scores = rating_draws(ratings[row], spread[row], uniform)
        for level, drawn in zip(levels[:-1], weights[:-1], strict=True):
            scores = node_scores(scores, level, drawn)
        dimensions[row] = scores
        composites[row] = node_scores(scores, levels[-1], weights[-1])[0]
    return dimensions / RATING_MAX, composites / RATING_MAX


# The product


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


# What the draws say


def _units_above(values: Array) -> NDArray[np.intp]:
    """How many units of the same draw have a larger value; same shape."""
    by_draw = np.ascontiguousarray(-values.T)
    order = np.argsort(by_draw, axis=1)
    ordered = np.take_along_axis(by_draw, order, axis=1)
    place = np.broadcast_to(np.arange(len(values)), order.shape).copy()
    place[:, 1:][ordered[:, 1:] == ordered[:, :-1]] = 0
    np.maximum.accumulate(place, axis=1, out=place)
    above = np.empty_like(place)
    np.put_along_axis(above, order, place, axis=1)
    return above.T


def _standing(values: Array) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """How many units stand above each and how many below.

    Raises ValueError for missing values: what has none is not ranked.
    """
    if np.isnan(values).any():
        raise ValueError("units without a value cannot be ranked")
    table = values.reshape(len(values), -1)
    return _units_above(table).reshape(values.shape), _units_above(-table).reshape(values.shape)


def ranks(values: Array) -> Array:
    """Ranks of (units,) or (units × draws), 1 for the largest; tied units share the mean rank."""
    above, below = _standing(values)
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
