"""The methods of normalising as a tree and a recipe name them: an object each.

What every method needs and may take, whether it looks at other units, and between what its scores
lie, is said once, here; the arithmetic is in ``suyuan.index.normalisers``.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import KW_ONLY, dataclass

import numpy as np

from suyuan.index import noise, normalisers
from suyuan.index.normalisers import Output
from suyuan.index.tree import LOG, Node

GOALPOST, MINMAX, ZSCORE, RANK, TARGET, SHARE = (
    "goalpost",
    "minmax",
    "zscore",
    "rank",
    "distance_to_target",
    "share",
)
PERCENTILE, REFERENCE, OPTIMUM, VECTOR, MAXIMUM = (
    "percentile",
    "reference",
    "optimum",
    "vector",
    "maximum",
)
WHOLE, UPWARD, UNBOUNDED = (0.0, 1.0), (0.0, np.inf), (-np.inf, np.inf)
HANDBOOK = "OECD/JRC, Handbook on Constructing Composite Indicators, 2008"


@dataclass(frozen=True)
class Asked:
    """What a method is asked for: the leaf with its parameters, the range of scores.

    ``standard`` has the reference of each unit, where the recipe names one.
    """

    leaf: Node
    output: Output
    clip: bool
    standard: np.ndarray | None = None

    def number(self, name: str) -> float:
        """A parameter of the leaf, on its scale. ValueError where it has none."""
        value = getattr(self.leaf, name)
        if value is None:
            raise ValueError(f"{self.leaf.id} has no {name}")
        return float(self.scaled(np.array(value, dtype=float)))

    def scaled(self, values: np.ndarray) -> np.ndarray:
        """The values, or their logarithms; ValueError for the log of what is not positive."""
        if self.leaf.scale != LOG:
            return values
        if (values <= 0).any():
            raise ValueError("logarithms need positive values")
        return np.log(values)


@dataclass(frozen=True)
class Normaliser:
    """A method: its ``score`` turns values on the scale of the leaf into scores.

    ``needs`` and ``takes`` are columns of the tree that it must and may have. ``relative`` tells
    that it compares the units at hand. ``amounts`` tells that values must be positive, or zero
    where more is better, and that logarithms of them mean nothing to it; ``free`` that no
    parameter and no zero of the data has a part in its scores, so that any rising transformation
    may come before. ``clip`` is what it does where nothing is said, None where there is no choice.
    ``beyond`` is the range of its scores, in shares of the output, where they are not clipped.
    Of these scores ``ratios`` tells that their zero is that of the data, ``standard`` that mean and
    deviation are the same whatever the data, ``lowest`` that the worst unit has the lowest one.
    """

    name: str
    source: str
    score: Callable[[np.ndarray, Asked], np.ndarray]
    _: KW_ONLY
    needs: tuple[str, ...]
    takes: tuple[str, ...]
    relative: bool
    amounts: bool
    free: bool
    clip: bool | None
    beyond: Output
    ratios: bool
    standard: bool
    lowest: bool

    def parameters(self, leaf: Node) -> dict[str, float]:
        """Those of ``leaf`` that have a part in its scores; the tree may have others."""
        given = {column: getattr(leaf, column) for column in (*self.needs, *self.takes)}
        return {column: value for column, value in given.items() if value is not None}

    def clips(self, leaf: Node, recipe: bool | None) -> bool:
        """Whether the scores of ``leaf`` end at the range: as it says, the recipe or the method."""
        if self.clip is None:
            return True
        chosen = leaf.clip if leaf.clip is not None else recipe
        return self.clip if chosen is None else chosen

    def range(self, clips: bool, output: Output) -> Output:
        """The worst and the best score there can be."""
        low, high = WHOLE if clips and self.clip is not None else self.beyond
        width = output[1] - output[0]
        return output[0] + low * width, output[0] + high * width


def _goalpost(values: np.ndarray, asked: Asked) -> np.ndarray:
    low, high = asked.number("low"), asked.number("high")
    return normalisers.goalpost(
        values, low, high, asked.leaf.direction, asked.output, clip=asked.clip
    )


def _target(values: np.ndarray, asked: Asked) -> np.ndarray:
    target, direction = asked.number("target"), asked.leaf.direction
    return normalisers.distance_to_target(values, target, direction, asked.output, clip=asked.clip)


def _zscore(values: np.ndarray, asked: Asked) -> np.ndarray:
    return normalisers.zscore(values, asked.leaf.direction, asked.output, clip=asked.clip)


def _percentile(values: np.ndarray, asked: Asked) -> np.ndarray:
    low = 5.0 if asked.leaf.low is None else asked.leaf.low
    high = 95.0 if asked.leaf.high is None else asked.leaf.high
    return normalisers.percentile(
        values, low, high, asked.leaf.direction, asked.output, clip=asked.clip
    )


def _reference(values: np.ndarray, asked: Asked) -> np.ndarray:
    if asked.standard is None:
        raise ValueError(f"{asked.leaf.id} has no reference")
    return normalisers.reference(
        values, asked.standard, asked.leaf.direction, asked.output, clip=asked.clip
    )


def _optimum(values: np.ndarray, asked: Asked) -> np.ndarray:
    low, high = asked.number("low"), asked.number("high")
    best = asked.number("optimum_low"), asked.number("optimum_high")
    return normalisers.optimum(values, low, *best, high, asked.output)


def _plain(
    method: Callable[[np.ndarray, int, Output], np.ndarray],
) -> Callable[[np.ndarray, Asked], np.ndarray]:
    return lambda values, asked: method(values, asked.leaf.direction, asked.output)


METHODS = {
    each.name: each
    for each in (
        Normaliser(
            GOALPOST, f"{HANDBOOK}, §5.6; UNDP, Human Development Report, technical note 1",
            _goalpost, needs=("low", "high"), takes=(),
            relative=False, amounts=False, free=False, clip=True, beyond=UNBOUNDED,
            ratios=False, standard=False, lowest=False,
        ),
        Normaliser(
            TARGET, f"{HANDBOOK}, §5.4; COINr, n_dist2targ",
            _target, needs=("target",), takes=(),
            relative=True, amounts=False, free=False, clip=True, beyond=UPWARD,
            ratios=False, standard=False, lowest=True,
        ),
        Normaliser(
            MINMAX, f"{HANDBOOK}, §5.3",
            _plain(normalisers.minmax), needs=(), takes=(),
            relative=True, amounts=False, free=True, clip=None, beyond=WHOLE,
            ratios=False, standard=False, lowest=True,
        ),
        Normaliser(
            ZSCORE, f"{HANDBOOK}, §5.2",
            _zscore, needs=(), takes=(),
            relative=True, amounts=False, free=True, clip=False, beyond=UNBOUNDED,
            ratios=False, standard=True, lowest=False,
        ),
        Normaliser(
            RANK, f"{HANDBOOK}, §5.1 (Borda)",
            _plain(normalisers.rank_score), needs=(), takes=(),
            relative=True, amounts=False, free=True, clip=None, beyond=WHOLE,
            ratios=False, standard=True, lowest=True,
        ),
        Normaliser(
            SHARE, "Kracka, Brauers and Zavadskas 2010 (linear sum)",
            _plain(normalisers.share), needs=(), takes=(),
            relative=True, amounts=True, free=False, clip=None, beyond=WHOLE,
            ratios=True, standard=False, lowest=False,
        ),
        Normaliser(
            PERCENTILE, f"{HANDBOOK}, §5.3; Lafortune et al., SDG Index, 2018",
            _percentile, needs=(), takes=("low", "high"),
            relative=True, amounts=False, free=True, clip=True, beyond=UNBOUNDED,
            ratios=False, standard=False, lowest=False,
        ),
        Normaliser(
            REFERENCE, f"{HANDBOOK}, §5.4 (distance to a reference)",
            _reference, needs=(), takes=(),
            relative=False, amounts=True, free=False, clip=False, beyond=UPWARD,
            ratios=True, standard=False, lowest=False,
        ),
        Normaliser(
            OPTIMUM, "Keeney and Raiffa, Decisions with Multiple Objectives, 1976 (trapezoid)",
            _optimum, needs=("low", "optimum_low", "optimum_high", "high"), takes=(),
            relative=False, amounts=False, free=False, clip=None, beyond=WHOLE,
            ratios=False, standard=False, lowest=False,
        ),
        Normaliser(
            VECTOR, "Hwang and Yoon 1981",
            _plain(normalisers.vector), needs=(), takes=(),
            relative=True, amounts=False, free=False, clip=None, beyond=(-1.0, 2.0),
            ratios=True, standard=False, lowest=False,
        ),
        Normaliser(
            MAXIMUM, "Hwang and Yoon 1981",
            _plain(normalisers.maximum), needs=(), takes=(),
            relative=True, amounts=True, free=False, clip=None, beyond=WHOLE,
            ratios=True, standard=False, lowest=False,
        ),
    )
}  # fmt: skip


def method_of(leaf: Node, recipe: str) -> Normaliser:
    """The method of that leaf: its own, else that of the recipe."""
    name = leaf.normalise or recipe
    if name not in METHODS:
        raise ValueError(f"no normaliser is called {name!r}")
    return METHODS[name]


def normalise(
    values: np.ndarray,
    leaf: Node,
    method: str,
    output: Output,
    *,
    clip: bool | None = None,
    standard: np.ndarray | None = None,
    groups: Sequence[np.ndarray] | None = None,
) -> np.ndarray:
    """Scores of one indicator by its method, with the parameters of its node.

    On a log scale the values, goalposts and target are replaced by their logarithms. Units are
    compared within each of ``groups``, rows of them, or all with all. Raises ValueError for an
    unknown method, a parameter that is not given, and the log of what is not positive.
    """
    how = method_of(leaf, method)
    clips = how.clips(leaf, clip)
    scores = np.full(values.shape, np.nan)
    every = [np.arange(len(values))]
    for rows in every if groups is None or not how.relative else groups:
        asked = Asked(leaf, output, clips, None if standard is None else standard[rows])
        if how.free and noise.constant(values[rows]):  # their logarithms may differ by rounding
            scores[rows] = np.where(np.isnan(values[rows]), np.nan, sum(output) / 2)
            continue
        scores[rows] = how.score(asked.scaled(values[rows]), asked)
    return scores


def score_range(leaf: Node, method: str, output: Output, clip: bool | None = None) -> Output:
    """The worst and the best score that the method of ``leaf`` can give."""
    how = method_of(leaf, method)
    return how.range(how.clips(leaf, clip), output)
