"""Which inputs the uncertainty of an index or a product comes from, and what its rankings rest on.

Draws are the last axis of an array, as in ``draws``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from statistics import NormalDist

import numpy as np
from numpy.typing import ArrayLike, NDArray

from suyuan.index.levels import Array, Level, node_scores
from suyuan.index.standing import intervals, ranks

# Variance-based sensitivity


def pick_freeze(
    model: Callable[[Mapping[str, Array]], Array],
    first: Mapping[str, Array],
    second: Mapping[str, Array],
) -> tuple[Array, Array, Array]:
    """The model at the first draws, at the second, and at the first with one group of the second.

    ``first`` and ``second`` are independent draws of the same groups of inputs; the model turns a
    set of groups into (… × draws). The third array is (groups × … × draws), in the order of
    ``first``.
    """
    mixed = [model({**first, group: second[group]}) for group in first]
    return model(first), model(second), np.stack(mixed)


def sobol_estimates(f_a: Array, f_b: Array, f_ab: Array) -> tuple[Array, Array]:
    """First-order and total Sobol indices, each (groups × …), from (… × draws) and (groups × …).

    First order mean(f_B · (f_AB − f_A)) / V [Saltelli et al. 2010, doi:10.1016/j.cpc.2009.09.018,
    table 2 (b)], total mean((f_A − f_AB)²) / 2V [Jansen 1999, doi:10.1016/S0010-4655(98)00154-4],
    V the variance of f_A and f_B together. NaN where the output does not vary.
    """
    variance = np.var(np.concatenate([f_a, f_b], axis=-1), axis=-1, ddof=1)
    variance = np.where(variance > 0, variance, np.nan)
    first = np.mean(f_b * (f_ab - f_a), axis=-1) / variance
    total = np.mean((f_a - f_ab) ** 2, axis=-1) / (2 * variance)
    return first, total


def _resampled(f_a: Array, f_b: Array, f_ab: Array, times: Array) -> tuple[Array, Array]:
    """``sobol_estimates`` of every resample, (groups × … × resamples).

    ``times`` is (resamples × draws): how often each resample holds each draw. Its means are then
    matrix products, which is twenty times faster than picking the draws.
    """
    draws, groups = times.shape[1], len(f_ab)
    middle = (f_a + f_b).mean(axis=-1, keepdims=True) / 2  # variances of small numbers
    squares = (f_a - middle) ** 2 + (f_b - middle) ** 2
    sums = f_a + f_b - 2 * middle
    summands = (f_b * (f_ab - f_a), (f_a - f_ab) ** 2, squares[None], sums[None])
    means = np.concatenate(summands) @ times.T / draws  # one product: the counts are read once
    first, total = means[:groups], means[groups : 2 * groups]
    spread = means[-2] / 2 - (means[-1] / 2) ** 2
    variance = np.where(spread > 0, spread * 2 * draws / (2 * draws - 1), np.nan)
    return first / variance, total / (2 * variance)


@dataclass(frozen=True)
class SobolIndices:
    """Indices (groups × …), their intervals (groups × … × [low, high]), and the draws of each.

    The errors (groups × …) are the standard deviations of the resamples.
    """

    first: Array
    total: Array
    first_interval: Array
    total_interval: Array
    first_error: Array
    total_error: Array
    draws: int


def sobol_indices(
    f_a: Array,
    f_b: Array,
    f_ab: Array,
    *,
    resamples: int,
    level: float,
    stream: np.random.Generator,
    centre: bool = True,
) -> SobolIndices:
    """Sobol indices of the outputs of ``pick_freeze``, with percentile bootstrap intervals.

    Draws are resampled together with their mixed ones. ``centre`` takes the mean of f_A and f_B
    from all outputs first: the indices stay what they are, their sampling error no longer grows
    with that mean [Sobol' 2001, doi:10.1016/S0378-4754(00)00270-6].
    """
    if centre:
        middle = np.concatenate([f_a, f_b], axis=-1).mean(axis=-1, keepdims=True)
        f_a, f_b, f_ab = f_a - middle, f_b - middle, f_ab - middle
    draws = f_a.shape[-1]
    chosen = (stream.integers(draws, size=draws) for _ in range(resamples))
    times = np.stack([np.bincount(c, minlength=draws) for c in chosen]).astype(float)
    first, total = sobol_estimates(f_a, f_b, f_ab)
    resampled = _resampled(f_a, f_b, f_ab, times)
    first_ends, total_ends = (intervals(estimates, level) for estimates in resampled)
    first_error, total_error = (np.std(estimates, axis=-1, ddof=1) for estimates in resampled)
    return SobolIndices(first, total, first_ends, total_ends, first_error, total_error, draws)


# Resolution and decomposition of a product


def resolution_ratio(log_sd: ArrayLike, level: float) -> float:
    """How many times larger F must be to tell two units apart, from the sd of ln of each factor.

    exp(z · √2 · √Σσ²) for independent log-normal factors and independent units; z is the two-sided
    normal quantile of ``level``: 1.96 at 0.95.
    """
    z = NormalDist().inv_cdf((1 + level) / 2)
    return float(np.exp(z * np.sqrt(2 * np.sum(np.square(log_sd)))))


def resolution_from_draws(products: Array, level: float) -> Array:
    """The same ratio for each pair of units, from their draws: (units × draws) to (units × units).

    exp of the ``level`` quantile of |ln(F_i / F_j) − its median|: what both share in a draw
    cancels. Raises ValueError unless all products are above 0.
    """
    if not np.all(products > 0):
        raise ValueError("a product of 0, or a missing one, has no logarithm")
    logs = np.log(products)
    ratios = np.ones((len(logs), len(logs)))
    for row, own in enumerate(logs[:-1]):
        gap = own - logs[row + 1 :]
        gap -= np.median(gap, axis=1, keepdims=True)
        ratios[row, row + 1 :] = np.exp(np.quantile(np.abs(gap), level, axis=1))
        ratios[row + 1 :, row] = ratios[row, row + 1 :]
    return ratios


def frechet_bounds(shares: Array) -> tuple[Array, Array]:
    """Least and largest share that passes all filters, if ``shares`` (… × filters) are marginals.

    max(0, Σp − (k − 1)) and min p [Fréchet 1935]; the product lies between them.
    """
    spare = shares.shape[-1] - 1
    return np.maximum(shares.sum(axis=-1) - spare, 0), shares.min(axis=-1)


def log_decomposition(first: Mapping[str, float], second: Mapping[str, float]) -> dict[str, float]:
    """ln(first / second) of each factor; the terms add up to ln(F_first / F_second).

    Raises ValueError if a factor is not above 0 or the two have different factors.
    """
    if first.keys() != second.keys():
        raise ValueError("both products need the same factors")
    if not all(factor > 0 for factor in (*first.values(), *second.values())):
        raise ValueError("a factor of 0, or a missing one, has no logarithm")
    return {name: float(np.log(first[name] / second[name])) for name in first}


# Robustness of a ranking


@dataclass(frozen=True)
class RankShift:
    """Mean and largest absolute change of rank over the units."""

    mean: float
    largest: float


def rank_shift(baseline: Array, alternative: Array) -> RankShift:
    """How far units move between two sets of their values (units,); ties have the mean rank.

    Raises ValueError where a value is missing.
    """
    moved = np.abs(ranks(alternative) - ranks(baseline))
    return RankShift(float(moved.mean()), float(moved.max()))


def composite(scores: Array, levels: Sequence[Level]) -> Array:
    """Composite of (children × units) scores of the lowest of ``levels``: (units,)."""
    for level in levels:
        scores = node_scores(scores, level, level.weight[:, None])
    return scores[0]


def with_leaf_weights(levels: Sequence[Level], weights: Array) -> list[Level]:
    """The tree in which each leaf has that share of the whole, and each node that of its leaves.

    ``weights`` is (leaves,), of any sum. Below a node without weight the old weights stay.
    Raises ValueError for negative weights or a sum of 0.
    """
    if not weights.sum() > 0:
        raise ValueError("weights need a sum above 0")
    changed = []
    for level in levels:
        total = level.membership @ weights
        own = total[level.parent]
        shares = np.divide(weights, own, out=level.weight.copy(), where=own > 0)
        changed.append(replace(level, weight=shares))
        weights = total
    return changed


def with_means(levels: Sequence[Level], *, geometric: bool) -> list[Level]:
    """The tree with geometric means at all nodes, or with arithmetic ones."""
    return [
        replace(level, geometric=np.full_like(level.geometric, geometric), powers=None)
        for level in levels
    ]


def robustness_table(
    scores: Array, levels: Sequence[Level], weights: Mapping[str, Array]
) -> dict[str, RankShift]:
    """Change of ranks under other weights of the leaves, and under other means.

    ``scores`` is (leaves × units), ``weights`` names alternatives of shape (leaves,). The rows
    ``arithmetic`` and ``geometric`` come last; one of them is the tree itself where it is pure.
    """
    trees = {name: with_leaf_weights(levels, alternative) for name, alternative in weights.items()}
    trees["arithmetic"] = with_means(levels, geometric=False)
    trees["geometric"] = with_means(levels, geometric=True)
    baseline = composite(scores, levels)
    return {name: rank_shift(baseline, composite(scores, tree)) for name, tree in trees.items()}


def leave_one_out(scores: Array, levels: Sequence[Level]) -> list[RankShift]:
    """Change of ranks when each child in turn is left out and the other weights scaled to 1.

    ``scores`` is (children × units), the children those of the lowest of ``levels``: the dimensions
    with the last level alone. Raises ValueError if a unit then has no score.
    """
    baseline = composite(scores, levels)
    shifts = []
    for child in range(len(scores)):
        without = scores.copy()
        without[child] = np.nan
        shifts.append(rank_shift(baseline, composite(without, levels)))
    return shifts


def leave_one_unit_out(
    evaluate: Callable[[NDArray[np.intp]], Array], units: int
) -> list[RankShift]:
    """Change of the other units' ranks when each in turn is left out.

    ``evaluate`` takes the indices of the units that stay and returns their values. With fixed
    goalposts and fixed weights nothing moves; data-driven ones can reverse ranks.
    """
    everyone = np.arange(units)
    baseline = evaluate(everyone)
    others = (np.delete(everyone, unit) for unit in everyone)
    return [rank_shift(baseline[stay], evaluate(stay)) for stay in others]
