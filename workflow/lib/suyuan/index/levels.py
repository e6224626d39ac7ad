"""The tree of an index as arrays, level by level, and the weighted means at its nodes.

Draws or units are the last axis of scores, and a missing one is NaN. A mean is the power mean
(Σ w·xᵖ)^(1/p): p is 1 for the arithmetic, 0 (the limit) for the geometric and -1 for the harmonic.

Source: Hardy, Littlewood and Pólya, Inequalities, 2nd ed., 1952, ch. II.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Level:
    """One level of the tree: the children in order, the node each belongs to, and its weight.

    ``parent`` is (children,), nodes counted from 0; ``weight`` is (children,), not negative, 1 over
    the children of each node; ``geometric`` is (nodes,): the nodes with a geometric mean.
    ``powers`` is (nodes,) too, where there are other means; it then stands for ``geometric``.
    A tree is its levels from the indicators up; the nodes of one are the children of the next, and
    the last has a single node. Raises ValueError for weights or parents that are not so.
    """

    parent: NDArray[np.intp]
    weight: Array
    geometric: NDArray[np.bool_]
    powers: Array | None = None

    def __post_init__(self) -> None:
        if self.parent.shape != self.weight.shape or self.parent.max() >= len(self.geometric):
            raise ValueError("each child has one weight and a node among the nodes")
        if np.any(self.weight < 0) or not np.allclose(self.membership @ self.weight, 1, rtol=1e-9):
            raise ValueError("weights are not negative and sum to 1 at each node")

    @property
    def membership(self) -> Array:
        """1 where a child belongs to a node, else 0: (nodes × children)."""
        return np.equal.outer(np.arange(len(self.geometric)), self.parent).astype(float)

    @property
    def power(self) -> Array:
        """The exponent of each node's mean, (nodes,)."""
        return np.where(self.geometric, 0.0, 1.0) if self.powers is None else self.powers

    @cached_property
    def families(self) -> list[slice | NDArray[np.intp]]:
        """The children of each node, as what picks them: a slice where they stand together."""
        places = [np.flatnonzero(self.parent == node) for node in range(len(self.geometric))]
        return [
            slice(own[0], own[-1] + 1) if own.size and own[-1] - own[0] < own.size else own
            for own in places
        ]

    def sums(self, values: Array) -> Array:
        """Sums over the children of each node, (children × n) to (nodes × n), in their order.

        One by one, whatever n is: so the sum of a unit is the same number beside any others, on
        any number of processors.
        """
        if values.shape[1] == 1:  # numpy would sum a single column in pairs
            each = [np.add.accumulate(values[own])[-1:] for own in self.families]
            return np.concatenate(each)
        return np.array([np.add.reduce(values[own], axis=0) for own in self.families])


def node_scores(scores: Array, level: Level, weights: Array) -> Array:
    """Weighted means of the children: (children × n) to (nodes × n); n are draws or units.

    ``weights`` is (children × n) or (children × 1). Missing children are left out and the weights
    of the others scaled to 1; a node without known children, or with weight on none, is NaN.
    A mean with an exponent of 0 or less is 0 where a child with a weight scores 0.
    """
    missing = np.isnan(scores)
    if missing.any():
        scores, weights = _without(missing, scores, weights)
    total = level.sums(np.broadcast_to(weights, scores.shape))
    power = level.power
    with np.errstate(invalid="ignore"):  # 0 / 0: nothing is known; 0 × an infinite score
        weighted = weights * scores
        if np.isnan(weighted).any():
            weighted[np.broadcast_to(weights == 0, weighted.shape)] = 0
        means = level.sums(weighted) / total
        for node in np.flatnonzero(power != 1).tolist():
            own = level.families[node]
            means[node] = _mean(scores[own], weights[own] / total[node], power[node])
    return means


def _without(missing: NDArray[np.bool_], scores: Array, weights: Array) -> tuple[Array, Array]:
    """Scores and weights of 0 where a score is missing."""
    gone = missing[:, 0]
    if (missing == gone[:, None]).all():  # in all draws: whole rows are sooner set
        scores, weights = scores.copy(), weights.copy()
        scores[gone] = weights[gone] = 0
        return scores, weights
    return np.where(missing, 0.0, scores), weights * ~missing


def _mean(values: Array, weights: Array, power: float) -> Array:
    """The power mean over the first axis; a value of weight 0 has no part in it."""
    if power == 0:
        product = np.asarray(np.prod(values**weights, axis=0))
        if np.isnan(product).any():  # 0 × an infinite score
            product[((values == 0) & (weights > 0)).any(axis=0)] = 0
        return product
    # In shares of the largest value, or of the smallest for a negative power: none overflows.
    counted = weights > 0
    if power > 0:
        unit = np.max(np.where(counted, values, 0), axis=0)
    else:
        unit = np.min(np.where(counted, values, np.inf), axis=0)
    with np.errstate(over="ignore"):  # beyond all numbers: a negative power makes it 0
        parts = np.divide(values, unit, out=np.zeros_like(values), where=counted & (unit > 0))
    raised = np.power(parts, power, out=np.zeros_like(parts), where=parts > 0)
    total = np.sum(weights * raised, axis=0)
    known = total > 0  # else a zero counts, or nothing is known and the weights are NaN
    mean = np.where(np.isnan(total), np.nan, 0.0)
    mean[known] = unit[known] * total[known] ** (1 / power)
    mean[np.isinf(unit) & ~np.isnan(total)] = np.inf
    return mean
