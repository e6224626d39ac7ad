"""From the unit of an indicator to a common scale on which more is better.

Every function takes the values of one indicator, shape (units,), and gives scores of the same
shape; missing (NaN) stays missing and takes part in nothing. ``direction`` is 1 when more is
better and -1 when less is. ``output`` is the worst and the best score.

Only ``goalpost`` scores a unit by itself. All others compare it with the units at hand, so that
adding or removing one moves the scores of the others and can reverse their ranks. Where all
known values are equal, these others cannot tell units apart: all get the middle of ``output``.

Source: OECD/JRC, Handbook on Constructing Composite Indicators, 2008, step 5.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from suyuan.index import noise
from suyuan.index.ranking import FRACTIONAL, rank
from suyuan.index.tree import LOG, Node

Output = tuple[float, float]

GOALPOST, MINMAX, ZSCORE, RANK, TARGET, SHARE = (
    "goalpost",
    "minmax",
    "zscore",
    "rank",
    "distance_to_target",
    "share",
)
UNBOUNDED = (-np.inf, np.inf)


def goalpost(
    values: np.ndarray, low: float, high: float, direction: int = 1, output: Output = (0.0, 100.0)
) -> np.ndarray:
    """Straight line between fixed goalposts; beyond them a unit gets the score at the goalpost.

    Raises ValueError unless ``low`` is below ``high``. Source: Handbook 2008, §5.6; UNDP, Human
    Development Report, technical note 1.
    """
    if not low < high:
        raise ValueError(f"goalposts must be low < high, not {low}, {high}")
    position = np.clip((values - low) / (high - low), 0.0, 1.0)
    return _stretch(position if direction > 0 else 1.0 - position, output)


def minmax(values: np.ndarray, direction: int = 1, output: Output = (0.0, 100.0)) -> np.ndarray:
    """Straight line between the smallest and the largest known value. Handbook 2008, §5.3."""
    oriented = direction * values
    if noise.constant(oriented):
        return _middle(values, output)
    low, high = np.nanmin(oriented), np.nanmax(oriented)
    return _stretch((oriented - low) / (high - low), output)


def zscore(values: np.ndarray, direction: int = 1, output: Output = (0.0, 100.0)) -> np.ndarray:
    """Mean at the middle of ``output`` and a sample standard deviation of a sixth of its width.

    Three deviations reach an end of ``output``; a unit further away lies outside, so the scores
    have no bounds. Source: Handbook 2008, §5.2.
    """
    if noise.constant(values):
        return _middle(values, output)
    deviations = direction * (values - noise.mean(values)) / noise.deviation(values)
    return sum(output) / 2 + deviations * (output[1] - output[0]) / 6


def rank_score(values: np.ndarray, direction: int = 1, output: Output = (0.0, 100.0)) -> np.ndarray:
    """Share of the other known units that are behind, ties counted half (Borda count).

    Source: Handbook 2008, §5.1.
    """
    known = np.count_nonzero(~np.isnan(values))
    if known < 2:
        return _middle(values, output)
    ranks = rank(direction * values, FRACTIONAL, noise.SPREAD * float(np.nanmax(np.abs(values))))
    return _stretch((known - ranks) / (known - 1), output)


def distance_to_target(
    values: np.ndarray, target: float, direction: int = 1, output: Output = (0.0, 100.0)
) -> np.ndarray:
    """Share of the way from the worst known value to ``target``; beyond it there is no more.

    Where no known value is worse than the target, all have reached it and get the best score.
    Source: Handbook 2008, §5.4; COINr, ``n_dist2targ``.
    """
    oriented, goal = direction * values, direction * target
    worst = np.nanmin(oriented) if not np.isnan(oriented).all() else goal
    if worst >= goal - noise.SPREAD * max(abs(worst), abs(goal)):
        return np.where(np.isnan(values), np.nan, output[1])
    return _stretch(np.minimum((oriented - worst) / (goal - worst), 1.0), output)


def share(values: np.ndarray, direction: int = 1, output: Output = (0.0, 100.0)) -> np.ndarray:
    """Share of the sum over known units, of the reciprocals where less is better.

    Raises ValueError for values that are not positive. A share near an end of ``output`` needs a
    unit that is nearly all or nearly nothing. Source: linear sum normalisation, as in Kracka,
    Brauers and Zavadskas 2010.
    """
    if (values <= 0).any():
        raise ValueError("shares need positive values")
    amounts = values if direction > 0 else 1.0 / values
    return _stretch(amounts / noise.total(amounts), output)


def normalise(values: np.ndarray, leaf: Node, method: str, output: Output) -> np.ndarray:
    """Scores of one indicator by the method of that name, with the parameters of its node.

    On a log scale the values, goalposts and target are replaced by their logarithms. Raises
    ValueError for an unknown method, a goalpost or target that is not given, and for the log of
    what is not positive.
    """
    if method not in METHODS:
        raise ValueError(f"no normaliser is called {method!r}")
    scale = _log if leaf.scale == LOG else _same
    if method in _RELATIVE and method != SHARE and noise.constant(values):
        return _middle(values, output)  # equal as data: their logarithms may differ by rounding
    data = scale(values)
    if method == GOALPOST:
        low, high = scale(_given(leaf, "low")), scale(_given(leaf, "high"))
        return goalpost(data, float(low), float(high), leaf.direction, output)
    if method == TARGET:
        target = scale(_given(leaf, "target"))
        return distance_to_target(data, float(target), leaf.direction, output)
    return _RELATIVE[method](data, leaf.direction, output)


def score_range(method: str, output: Output) -> Output:
    """The worst and the best score that ``method`` can give."""
    return UNBOUNDED if method == ZSCORE else output


def _given(leaf: Node, name: str) -> np.ndarray:
    value = getattr(leaf, name)
    if value is None:
        raise ValueError(f"{leaf.id} has no {name}")
    return np.array(value, dtype=float)


def _log(values: np.ndarray) -> np.ndarray:
    if (values <= 0).any():
        raise ValueError("logarithms need positive values")
    return np.log(values)


def _same(values: np.ndarray) -> np.ndarray:
    return values


def _middle(values: np.ndarray, output: Output) -> np.ndarray:
    return np.where(np.isnan(values), np.nan, sum(output) / 2)


def _stretch(position: np.ndarray, output: Output) -> np.ndarray:
    return output[0] + position * (output[1] - output[0])


_RELATIVE: dict[str, Callable[[np.ndarray, int, Output], np.ndarray]] = {
    MINMAX: minmax,
    ZSCORE: zscore,
    RANK: rank_score,
    SHARE: share,
}
METHODS = (GOALPOST, TARGET, *_RELATIVE)
