"""Which ranks are possible: over all values of missing cells and a region of weights, exactly.

At each node the weights of the children may be anything within a share of their nominal ones, or
anything at all; they sum to 1. The largest difference of two scores is then a linear programme at
each node, from the indicators upwards, for the weights of different nodes are free of each other:
a fractional knapsack, which the greedy rule solves [Dantzig 1957, doi:10.1287/opre.5.2.266]. A unit
that is ahead in the worst case for it is always ahead, so counting pairs bounds the ranks; a best
rank itself would be an integer programme [Salo and Punkka 2011, doi:10.1287/mnsc.1100.1265]. The
weights that are best for one pair are tried on all units: what they attain is possible for sure.
Where both meet, they are the best and the worst rank.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from suyuan.index.tree import Tree


@dataclass(frozen=True)
class Possible:
    """Best and worst ranks (units,): none is beyond them; and those that are attained."""

    best: np.ndarray
    worst: np.ndarray
    best_attained: np.ndarray
    worst_attained: np.ndarray


def arithmetic(tree: Tree, root: str) -> bool:
    """Whether the score of ``root`` is linear in those of its indicators, and in each weight."""
    how = tree.nodes[root].how
    if how.relative or (how.power != 1 and len(tree.children(root)) > 1):
        return False
    return all(arithmetic(tree, child) for child in tree.children(root) if tree.children(child))


@dataclass(frozen=True)
class Region:
    """Weights within ± ``share`` of their nominal ones at every node below ``root``.

    An infinite share is the whole simplex of each node. ``leaves`` are in the order of arrays.
    """

    tree: Tree
    root: str
    share: float

    @property
    def leaves(self) -> tuple[str, ...]:
        return self.tree.leaves_below(self.root)

    def ends(self, node: str) -> tuple[np.ndarray, np.ndarray]:
        """The least and the greatest weights of the children of ``node``, in sorted order."""
        _, nominal = self.tree.weighed(node)
        if np.isinf(self.share):
            return np.zeros_like(nominal), np.ones_like(nominal)
        low, high = nominal * (1 - self.share), nominal * (1 + self.share)
        return np.maximum(low, 0.0), np.minimum(high, 1.0)

    def greatest(self, values: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """The greatest weighted sum of each row of ``values`` (rows × leaves), and its weights."""
        columns = {leaf: values[:, place] for place, leaf in enumerate(self.leaves)}
        own: dict[str, np.ndarray] = {}
        below = set(self.leaves)
        for node in self.tree.upward:
            children, _ = self.tree.weighed(node)
            if not set(children) <= below:
                continue
            below.add(node)
            own[node] = filled(np.column_stack([columns[c] for c in children]), *self.ends(node))
            columns[node] = np.sum(own[node] * np.column_stack([columns[c] for c in children]), 1)
        weight = {self.root: np.ones(len(values))}
        for node in reversed([*own]):
            if node in weight:
                for place, child in enumerate(self.tree.weighed(node)[0]):
                    weight[child] = weight[node] * own[node][:, place]
        return columns[self.root], np.column_stack([weight[leaf] for leaf in self.leaves])

    @property
    def nominal(self) -> np.ndarray:
        weights = self.tree.leaf_weights(self.root)
        return np.array([weights[leaf] for leaf in self.leaves])


def filled(values: np.ndarray, low: np.ndarray, high: np.ndarray) -> np.ndarray:
    """Weights between ``low`` and ``high``, 1 in sum, with the greatest sum of rows of ``values``.

    All have at least the lowest; what is left goes to the greatest value first.
    """
    order = np.argsort(-values, axis=1, kind="stable")
    room = (high - low)[order]
    before = np.cumsum(room, axis=1) - room
    given = np.clip(1 - low.sum() - before, 0, room)
    weights = np.empty_like(values)
    np.put_along_axis(weights, order, low[order] + given, axis=1)
    return weights


def possible_ranks(low: np.ndarray, high: np.ndarray, region: Region, tolerance: float) -> Possible:
    """Ranks of units whose scores of indicators lie between ``low`` and ``high``.

    Both are (units × leaves), equal where a cell is known. Units are tied within ``tolerance``;
    the rank is 1 and as many as are ahead. Raises ValueError for cells without bounds.
    """
    if not (np.isfinite(low).all() and np.isfinite(high).all()):
        raise ValueError("a cell that may be anything makes every rank possible")
    count = len(low)
    best, worst, best_attained, worst_attained = np.ones((4, count))
    for unit in range(count):
        others = np.delete(np.arange(count), unit)
        if not others.size:
            continue
        ahead, weights = region.greatest(high[unit] - low[others])  # at its best against each
        best[unit] += np.count_nonzero(ahead < -tolerance)
        best_attained[unit] += _ahead(low[others] - high[unit], weights, region, tolerance).min()
        behind, weights = region.greatest(high[others] - low[unit])
        worst[unit] += np.count_nonzero(behind > tolerance)
        worst_attained[unit] += _ahead(high[others] - low[unit], weights, region, tolerance).max()
    return Possible(best, worst, best_attained, worst_attained)


def _ahead(gaps: np.ndarray, weights: np.ndarray, region: Region, tolerance: float) -> np.ndarray:
    """How many others are ahead, under each of ``weights`` and under the nominal ones."""
    tried = np.vstack([region.nominal, weights])
    return np.asarray((gaps @ tried.T > tolerance).sum(axis=0))
