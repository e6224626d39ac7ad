"""The tree of an index as arrays, level by level, and the weighted means at its nodes.

Draws or units are the last axis of scores, and a missing one is NaN.
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
        np.multiply(weighted, scores, out=weighted, where=weighted > 0)  # 0 × an infinite score
        means = membership @ weighted / total
    if geometric:
        means[level.geometric] = geometric
    return means
