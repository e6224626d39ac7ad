"""From scores of indicators up the tree: node scores, coverage, bounds and contributions.

All arrays have a row per unit, shape (units,) or (units, nodes). Missing is never zero: a node
is the mean of those of its children that are known, with their weights scaled up to sum to 1;
what is unknown shows in its coverage and its bounds.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from suyuan.index.levels import Level, node_scores
from suyuan.index.tree import GEOMETRIC, Tree

Columns = dict[str, np.ndarray]


@dataclass(frozen=True)
class Aggregates:
    """Tables of a row per unit and a column per node, leaves included.

    ``scores`` are NaN where no child with a weight is known. ``coverage`` is the share of nominal
    weight that is known, 0 to 1. ``low`` and ``high`` bound the score that full knowledge would
    give.
    """

    scores: pd.DataFrame
    coverage: pd.DataFrame
    low: pd.DataFrame
    high: pd.DataFrame


def node_score(values: np.ndarray, shares: np.ndarray, aggregation: str) -> np.ndarray:
    """Weighted mean of the known children, shape (units,), of ``values`` (units × children).

    NaN where no child with a weight is known. A geometric mean with a score of 0 is 0; it raises
    ValueError for a negative one.
    """
    geometric = aggregation == GEOMETRIC
    if geometric and (values[:, shares > 0] < 0).any():
        raise ValueError("a geometric mean needs scores that are not negative")
    level = Level(np.zeros(len(shares), dtype=np.intp), shares, np.array([geometric]))
    return node_scores(values.T, level, shares[:, None])[0]


def aggregate(tree: Tree, scores: pd.DataFrame, score_range: tuple[float, float]) -> Aggregates:
    """Every node from the scores of the indicators, a column each.

    ``score_range`` is the worst and best score an indicator can have; where it is infinite, so
    are the bounds of what is not wholly known. Raises ValueError for a negative score below a
    geometric node.
    """
    leaves = {leaf: scores[leaf].to_numpy(dtype=float) for leaf in tree.leaves}
    coverage = {leaf: (~np.isnan(values)).astype(float) for leaf, values in leaves.items()}
    for node in tree.upward:
        children = _stack(coverage, tree.children(node))
        coverage[node] = np.minimum(children @ tree.shares(node), 1.0)
    bounds = [_up(tree, _filled(leaves, end)) for end in score_range]

    def table(columns: Mapping[str, np.ndarray]) -> pd.DataFrame:
        return pd.DataFrame({node: columns[node] for node in tree.nodes}, index=scores.index)

    return Aggregates(table(_up(tree, leaves)), table(coverage), table(bounds[0]), table(bounds[1]))


def contributions(tree: Tree, scores: pd.DataFrame, root: str) -> pd.DataFrame:
    """What each indicator adds to the score of ``root``: units × indicators, rows adding up to it.

    ``scores`` are those of all nodes (``Aggregates.scores``). The contribution of an indicator is
    its score times the derivative of the root's score by it. Both means are homogeneous of degree
    1, so by Euler's theorem these products sum to the score itself. A child of an arithmetic node
    so adds its weight times its own score, a child of a geometric node its weight times the score
    of the node; weights are those over what is known. What is missing contributes NaN.
    """
    columns = {node: scores[node].to_numpy(dtype=float) for node in scores}
    slopes: Columns = {root: np.ones(len(scores))}
    below = set(tree.leaves_below(root))
    for node in reversed(tree.upward):
        if node not in slopes:
            continue
        children = tree.children(node)
        values = _stack(columns, children)
        weights = _renormalised(values, tree.shares(node))
        if tree.nodes[node].aggregation == GEOMETRIC:
            ratio = np.zeros_like(values)
            np.divide(columns[node][:, None], values, out=ratio, where=values > 0)
            weights = weights * ratio
        for position, child in enumerate(children):
            slopes[child] = slopes[node] * weights[:, position]
    leaves = [leaf for leaf in tree.leaves if leaf in below]
    return pd.DataFrame({leaf: slopes[leaf] * columns[leaf] for leaf in leaves}, index=scores.index)


def effective_weights(tree: Tree, scores: pd.DataFrame, root: str) -> pd.DataFrame:
    """Weight of each indicator in ``root`` for each unit, over what is known: rows sum to 1.

    ``scores`` are those of all nodes. What is missing weighs 0; a unit of which nothing is known
    has NaN.
    """
    columns = {node: scores[node].to_numpy(dtype=float) for node in scores}
    paths: Columns = {root: np.where(np.isnan(columns[root]), np.nan, 1.0)}
    for node in reversed(tree.upward):
        if node in paths:
            children = tree.children(node)
            weights = _renormalised(_stack(columns, children), tree.shares(node))
            for position, child in enumerate(children):
                paths[child] = paths[node] * weights[:, position]
    below = set(tree.leaves_below(root))
    return pd.DataFrame({k: paths[k] for k in tree.leaves if k in below}, index=scores.index)


def _up(tree: Tree, leaves: Mapping[str, np.ndarray]) -> Columns:
    """Scores of all nodes from those of the leaves."""
    columns = dict(leaves)
    for node in tree.upward:
        values = _stack(columns, tree.children(node))
        columns[node] = node_score(values, tree.shares(node), tree.nodes[node].aggregation)
    return columns


def _renormalised(values: np.ndarray, shares: np.ndarray) -> np.ndarray:
    """Weights over the known ``values``, shape (units, children): rows sum to 1, or to 0."""
    weights = ~np.isnan(values) * shares
    total = weights.sum(axis=1, keepdims=True)
    return np.divide(weights, total, out=np.zeros_like(weights), where=total > 0)


def _filled(leaves: Mapping[str, np.ndarray], value: float) -> Columns:
    return {leaf: np.where(np.isnan(scores), value, scores) for leaf, scores in leaves.items()}


def _stack(columns: Mapping[str, np.ndarray], nodes: tuple[str, ...]) -> np.ndarray:
    return np.column_stack([columns[node] for node in nodes])
