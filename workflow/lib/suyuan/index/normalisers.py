"""From the unit of an indicator to a common scale on which more is better.

Every function takes the values of one indicator, shape (units,), and gives scores of the same
shape; missing (NaN) stays missing and takes part in nothing. ``direction`` is 1 when more is
better and -1 when less is. ``output`` is the worst and the best score.

Only ``goalpost``, ``optimum`` and ``reference`` score a unit by itself. All others compare it with
the units at hand, so that adding or removing one moves the scores of the others and can reverse
their ranks. Where all known values are equal, ``minmax``, ``zscore``, ``rank_score`` and
``percentile`` cannot tell units apart: all get the middle of ``output``. ``suyuan.index.scoring``
has what each method needs, and its range.

Source: OECD/JRC, Handbook on Constructing Composite Indicators, 2008, step 5.
"""

from __future__ import annotations

import numpy as np

from suyuan.index import noise
from suyuan.index.ranking import FRACTIONAL, rank

Output = tuple[float, float]


def goalpost(
    values: np.ndarray,
    low: float,
    high: float,
    direction: int = 1,
    output: Output = (0.0, 100.0),
    *,
    clip: bool = True,
) -> np.ndarray:
    """Straight line between fixed goalposts; beyond them a unit gets the score at the goalpost.

    Without ``clip`` the line goes on. Raises ValueError unless ``low`` is below ``high``. Source:
    Handbook 2008, §5.6; UNDP, Human Development Report, technical note 1.
    """
    if not low < high:
        raise ValueError(f"goalposts must be low < high, not {low}, {high}")
    position = (values - low) / (high - low)
    if clip:
        position = np.clip(position, 0.0, 1.0)
    return _stretch(position if direction > 0 else 1.0 - position, output)


def minmax(values: np.ndarray, direction: int = 1, output: Output = (0.0, 100.0)) -> np.ndarray:
    """Straight line between the smallest and the largest known value. Handbook 2008, §5.3."""
    oriented = direction * values
    if noise.constant(oriented):
        return _middle(values, output)
    low, high = np.nanmin(oriented), np.nanmax(oriented)
    return _stretch((oriented - low) / (high - low), output)


def zscore(
    values: np.ndarray,
    direction: int = 1,
    output: Output = (0.0, 100.0),
    *,
    clip: bool = False,
) -> np.ndarray:
    """Mean at the middle of ``output`` and a sample standard deviation of a sixth of its width.

    Three deviations reach an end of ``output``; a unit further away lies outside, so the scores
    have no bounds, or gets the score at that end with ``clip``. Source: Handbook 2008, §5.2.
    """
    if noise.constant(values):
        return _middle(values, output)
    deviations = direction * (values - noise.mean(values)) / noise.deviation(values)
    scores = sum(output) / 2 + deviations * (output[1] - output[0]) / 6
    return np.clip(scores, *output) if clip else scores


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
    values: np.ndarray,
    target: float,
    direction: int = 1,
    output: Output = (0.0, 100.0),
    *,
    clip: bool = True,
) -> np.ndarray:
    """Share of the way from the worst known value to ``target``; beyond it there is no more.

    Without ``clip`` there is. Where no known value is worse than the target, all have reached it
    and get the best score. Source: Handbook 2008, §5.4; COINr, ``n_dist2targ``.
    """
    oriented, goal = direction * values, direction * target
    worst = np.nanmin(oriented) if not np.isnan(oriented).all() else goal
    if worst >= goal - noise.SPREAD * max(abs(worst), abs(goal)):
        return np.where(np.isnan(values), np.nan, output[1])
    position = (oriented - worst) / (goal - worst)
    return _stretch(np.minimum(position, 1.0) if clip else position, output)


def share(values: np.ndarray, direction: int = 1, output: Output = (0.0, 100.0)) -> np.ndarray:
    """Share of the sum over known units, of the reciprocals where less is better.

    Raises ValueError for values below zero, and for zeros of which less is better. A share near
    an end of ``output`` needs a unit that is nearly all or nearly nothing. Source: linear sum
    normalisation, as in Kracka, Brauers and Zavadskas 2010.
    """
    _amounts(values, direction)
    amounts = values if direction > 0 else 1.0 / values
    whole = noise.total(amounts)
    return _stretch(amounts / whole, output) if whole > 0 else _middle(values, output)


def percentile(
    values: np.ndarray,
    low: float = 5.0,
    high: float = 95.0,
    direction: int = 1,
    output: Output = (0.0, 100.0),
    *,
    clip: bool = True,
) -> np.ndarray:
    """Goalposts at two percentiles of the known values, interpolated linearly.

    Raises ValueError for percentiles out of order or outside 0 to 100. Source: Handbook 2008,
    §5.3; percentiles as goalposts, Lafortune et al., SDG Index methodology, 2018.
    """
    if not 0 <= low < high <= 100:
        raise ValueError(f"percentiles must be 0 <= low < high <= 100, not {low}, {high}")
    known = values[~np.isnan(values)]
    if noise.constant(values):
        return _middle(values, output)
    bottom, top = np.percentile(known, [low, high])
    if noise.constant(np.array([bottom, top]), float(np.abs(known).max())):
        return _middle(values, output)  # nearly all values are equal
    return goalpost(values, float(bottom), float(top), direction, output, clip=clip)


def reference(
    values: np.ndarray,
    standard: np.ndarray,
    direction: int = 1,
    output: Output = (0.0, 100.0),
    *,
    clip: bool = False,
) -> np.ndarray:
    """Ratio to a standard, or of the standard to the value where less is better: 1 is as good.

    With ``clip`` no more than 1. ``standard`` has one number for each unit. Raises ValueError for
    standards that are not positive, and for values as ``share``. Source: Handbook 2008, §5.4,
    distance to a reference.
    """
    _amounts(values, direction)
    if (standard <= 0).any():
        raise ValueError("ratios need positive values")
    ratio = values / standard if direction > 0 else standard / values
    return _stretch(np.minimum(ratio, 1.0) if clip else ratio, output)


def optimum(
    values: np.ndarray,
    low: float,
    best_low: float,
    best_high: float,
    high: float,
    output: Output = (0.0, 100.0),
) -> np.ndarray:
    """Best from ``best_low`` to ``best_high``, from there down on straight lines to low and high.

    Raises ValueError unless the four are in order and low is below high. Source: two-sided
    (trapezoid) value function, as in Keeney and Raiffa, Decisions with Multiple Objectives, 1976.
    """
    if not low <= best_low <= best_high <= high or not low < high:
        raise ValueError("an optimum lies between low and high")
    known = np.where(np.isnan(values), best_low, values)
    rising, falling = np.ones_like(known), np.ones_like(known)
    if best_low > low:
        rising = (known - low) / (best_low - low)
    if high > best_high:
        falling = (high - known) / (high - best_high)
    inside = (known >= low) & (known <= high)
    position = np.where(inside, np.minimum(np.minimum(rising, falling), 1.0), 0.0)
    return _stretch(np.where(np.isnan(values), np.nan, position), output)


def vector(values: np.ndarray, direction: int = 1, output: Output = (0.0, 100.0)) -> np.ndarray:
    """Share of the root of the sum of squares; 1 less it where less is better.

    For TOPSIS, whose distances are the same for either sign. Source: Hwang and Yoon 1981.
    """
    norm = np.sqrt(noise.total(values**2))
    if not norm > 0:
        return _middle(values, output)
    return _stretch(values / norm if direction > 0 else 1 - values / norm, output)


def maximum(values: np.ndarray, direction: int = 1, output: Output = (0.0, 100.0)) -> np.ndarray:
    """Share of the largest known value; of the smallest in the value where less is better.

    Raises ValueError as ``share``. Source: linear scale transformation, Hwang and Yoon 1981;
    Zavadskas et al. 2012, doi:10.5755/j01.eee.122.6.1810 (WASPAS).
    """
    _amounts(values, direction)
    if not (values > 0).any():
        return _middle(values, output)
    ratio = values / np.nanmax(values) if direction > 0 else np.nanmin(values) / values
    return _stretch(ratio, output)


def _amounts(values: np.ndarray, direction: int) -> None:
    """There may be nothing of what more is better; nothing can be divided by it."""
    if (values < 0).any() or (direction < 0 and (values == 0).any()):
        raise ValueError("shares and ratios need positive values")


def _middle(values: np.ndarray, output: Output) -> np.ndarray:
    return np.where(np.isnan(values), np.nan, sum(output) / 2)


def _stretch(position: np.ndarray, output: Output) -> np.ndarray:
    return output[0] + position * (output[1] - output[0])
