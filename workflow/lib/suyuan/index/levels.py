"""The tree of an index as arrays, level by level, and the weighted means at its nodes.

Draws or units are the last axis of scores, and a missing one is NaN. A mean is the power mean
(Σ w·xᵖ)^(1/p): p is 1 for the arithmetic, 0 (the limit) for the geometric and -1 for the harmonic.

Source: Hardy, Littlewood and Pólya, Inequalities, 2nd ed., 1952, ch. II.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

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

    def curved_nodes(self) -> Iterator[tuple[int, float, NDArray[np.intp]]]:
        """Each node with another mean than the arithmetic, its exponent and its children."""
        for node in np.flatnonzero(self.power != 1):
            yield int(node), float(self.power[node]), np.flatnonzero(self.parent == node)


def node_scores(scores: Array, level: Level, weights: Array) -> Array:
    """Weighted means of the children: (children × n) to (nodes × n); n are draws or units.

    ``weights`` is (children × n) or (children × 1). Missing children are left out and the weights
    of the others scaled to 1; a node without known children, or with weight on none, is NaN.
    A mean with an exponent of 0 or less is 0 where a child with a weight scores 0.
    """
    known = ~np.isnan(scores)
    weighted = weights * known
    membership = level.membership
    total = membership @ weighted
    with np.errstate(invalid="ignore"):  # 0 / 0: nothing is known
        curved = {
            node: _mean(np.where(known[own], scores[own], 0), weighted[own] / total[node], power)
            for node, power, own in level.curved_nodes()
        }
        np.multiply(weighted, scores, out=weighted, where=weighted > 0)  # 0 × an infinite score
        means = membership @ weighted / total
    for node, mean in curved.items():
        means[node] = mean
    return means


def _mean(values: Array, weights: Array, power: float) -> Array:
    """The power mean over the first axis; a value of weight 0 has no part in it."""
    if power == 0:
        return np.asarray(np.prod(values**weights, axis=0))
    # In shares of the largest value, or of the smallest for a negative power: none overflows.
    counted = weights > 0
    if power > 0:
        unit = np.max(np.where(counted, values, 0), axis=0)
    else:
        unit = np.min(np.where(counted, values, np.inf), axis=0)
    parts = np.divide(values, unit, out=np.zeros_like(values), where=counted & (unit > 0))
    raised = np.power(parts, power, out=np.zeros_like(parts), where=parts > 0)
    mean = unit * np.sum(weights * raised, axis=0) ** (1 / power)
    return np.where(unit > 0, mean, np.where(np.isnan(weights).any(axis=0), np.nan, 0.0))
