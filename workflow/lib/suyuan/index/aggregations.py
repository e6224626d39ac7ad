"""The ways to make a node's score of its children's: an object each.

A power mean scores a unit by itself, lies between its children and is homogeneous of degree 1, so
that contributions add up to it. TOPSIS and Copeland compare the units at hand: another unit can
change every score and reverse ranks, and no part of a score is one child's alone.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from suyuan.index import noise

ARITHMETIC, GEOMETRIC, HARMONIC = "arithmetic", "geometric", "harmonic"
COPELAND, TOPSIS, POWER = "copeland", "topsis", "power"
BLOCK = 50_000  # numbers held at once where units are compared in pairs: they stay in the cache

# (units × children × …) scores, (children × …) weights, size of the scores, to shares of 1
Compare = Callable[[np.ndarray, np.ndarray, float], np.ndarray]


@dataclass(frozen=True)
class Aggregation:
    """A way to aggregate: a mean of that ``power``, or else a comparison of units.

    ``positive`` tells that it means nothing for scores below 0.
    """

    name: str
    source: str
    power: float | None = None
    compare: Compare | None = None

    @property
    def relative(self) -> bool:
        """Whether a score depends on the other units."""
        return self.compare is not None

    @property
    def positive(self) -> bool:
        return self.power is not None and self.power != 1


def topsis(scores: np.ndarray, weights: np.ndarray, scale: float) -> np.ndarray:
    """Closeness to the best of each child against the worst: d⁻ / (d⁺ + d⁻), 0 to 1.

    Distances are Euclidean, over weighted differences, and over the children that the unit knows,
    with their weights scaled to 1. Where all units are alike, it is one half.
    """
    known = ~np.isnan(scores)
    shares = _shares(known, weights)
    best, worst = _end(scores, np.fmax), _end(scores, np.fmin)
    to_best = np.sqrt(np.sum(np.where(known, shares * (best - scores), 0) ** 2, axis=1))
    to_worst = np.sqrt(np.sum(np.where(known, shares * (scores - worst), 0) ** 2, axis=1))
    apart = to_best + to_worst
    alike = apart <= noise.SPREAD * scale
    closeness = np.divide(to_worst, apart, out=np.full_like(apart, 0.5), where=~alike)
    return np.where(known_at_all(known, weights), closeness, np.nan)


def copeland(scores: np.ndarray, weights: np.ndarray, scale: float) -> np.ndarray:
    """Share of the other units that a unit beats, those it ties with counted half.

    A beats B where the children on which it scores more have more weight than those on which it
    scores less, of those that both know. Units that share no child tie.
    """
    count, children = scores.shape[:2]
    flat = scores.reshape(count, children, -1)
    votes = np.broadcast_to(weights.reshape(children, -1), flat.shape[1:])
    taking_part = known_at_all(~np.isnan(flat), votes)
    points = np.zeros(taking_part.shape)
    tied = noise.tied(scale)
    together = max(1, BLOCK // max(1, flat[0].size))
    for row in range(count - 1):
        for start in range(row + 1, count, together):
            rivals = slice(start, start + together)
            gap = flat[row] - flat[rivals]  # NaN where one does not know the child: no vote
            votes_for = np.greater(gap, tied).view(np.int8)
            side = votes_for - np.less(gap, -tied).view(np.int8)
            margin = np.einsum("rcd,cd->rd", side, votes)
            won = (margin > noise.SHARE).view(np.int8) - (margin < -noise.SHARE).view(np.int8)
            points[row] += won.sum(axis=0)
            points[rivals] -= won
    others = taking_part.sum(axis=0) - 1.0
    share = np.where(others > 0, 0.5 + points / (2 * np.maximum(others, 1)), 0.5)
    return np.where(taking_part, share, np.nan).reshape(count, *scores.shape[2:])


def known_at_all(known: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Which units know a child with a weight: (units × …)."""
    return np.asarray((known & (weights > 0)).any(axis=1))


def _shares(known: np.ndarray, weights: np.ndarray) -> np.ndarray:
    held = known * weights
    total = held.sum(axis=1, keepdims=True)
    return np.divide(held, total, out=np.zeros_like(held), where=total > 0)


def _end(scores: np.ndarray, which: np.ufunc) -> np.ndarray:
    return np.asarray(which.reduce(scores, axis=0, keepdims=True))


HANDBOOK = "OECD/JRC, Handbook on Constructing Composite Indicators, 2008"
AGGREGATIONS = {
    each.name: each
    for each in (
        Aggregation(ARITHMETIC, f"{HANDBOOK}, §6.7", power=1.0),
        Aggregation(GEOMETRIC, f"{HANDBOOK}, §6.8", power=0.0),
        Aggregation(HARMONIC, "COINr, a_hmean (Becker et al. 2022)", power=-1.0),
        Aggregation(
            COPELAND,
            "Copeland 1951; Saari and Merlin 1996, doi:10.1007/BF01213491; COINr, a_copeland",
            compare=copeland,
        ),
        Aggregation(TOPSIS, "Hwang and Yoon 1981, doi:10.1007/978-3-642-48318-9", compare=topsis),
    )
}


@lru_cache(maxsize=256)
def aggregation(name: str) -> Aggregation:
    """The one of that name, or the mean of any exponent for ``power:0.5``; ValueError for another.

    ``power:1``, ``power:0`` and ``power:-1`` are the arithmetic, geometric and harmonic mean.
    """
    if name in AGGREGATIONS:
        return AGGREGATIONS[name]
    kind, _, text = name.partition(":")
    if kind != POWER or not text:
        raise ValueError(f"no aggregation is called {name!r}")
    power = float(text)
    if not math.isfinite(power):
        raise ValueError(f"an exponent is a finite number, not {text}")
    return Aggregation(name, "Hardy, Littlewood and Pólya, Inequalities, 1952, ch. II", power=power)
