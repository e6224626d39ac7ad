"""From scores of indicators up the tree: node scores, coverage, bounds and contributions.

All arrays have a row per unit, shape (units,) or (units, nodes). Missing is never zero: a node
is the mean of those of its children that are known, with their weights scaled up to sum to 1;
what was not observed shows in its coverage and its bounds, even where a score was imputed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from suyuan.index import noise
from suyuan.index.aggregations import aggregation as named
from suyuan.index.levels import Level, node_scores
from suyuan.index.tree import Node, Tree

Columns = dict[str, np.ndarray]
Range = tuple[float, float]


@dataclass(frozen=True)
class Aggregates:
    """Tables of a row per unit and a column per node, leaves included.

    ``scores`` are NaN where no child with a weight is known. ``coverage`` is the share of nominal
    weight that was observed, ``imputed`` the share that was filled in, 0 to 1. ``low`` and
    ``high`` bound the score that full observation would give: all that was not observed, the
    imputed too, is the worst or the best.
    """

    scores: pd.DataFrame
    coverage: pd.DataFrame
    imputed: pd.DataFrame
    low: pd.DataFrame
    high: pd.DataFrame


@dataclass(frozen=True)
class Frame:
    """What nodes are aggregated in: the range of scores, and the units compared with each other.

    ``groups`` are the rows of each set of units in which TOPSIS and Copeland compare; None is all.
    """

    output: Range
    groups: Sequence[np.ndarray] | None = None


def node_score(
    values: np.ndarray, shares: np.ndarray, aggregation: str, frame: Frame | None = None
) -> np.ndarray:
    """The node's score of the known children, shape (units,), of ``values`` (units × children).

    NaN where no child with a weight is known. A geometric or harmonic mean with a score of 0 is 0;
    these and other powers raise ValueError for a negative one.
    """
    leaf = Level(np.zeros(len(shares), dtype=np.intp), shares, np.array([False]))
    how = named(aggregation)
    if how.compare is not None:
        return compared(values, shares, aggregation, frame or Frame((0.0, 1.0)))
    if how.positive and (values[:, shares > 0] < 0).any():
        raise ValueError(f"a {how.name} mean needs scores that are not negative")
    powered = Level(leaf.parent, shares, leaf.geometric, np.array([how.power]))
    return node_scores(values.T, powered, shares[:, None])[0]


def scored(
    node: Node, values: np.ndarray, shares: np.ndarray, frame: Frame | None = None
) -> np.ndarray:
    """``node_score`` of ``node``, NaN too where the known children have less than it asks for."""
    score = node_score(values, shares, node.aggregation, frame)
    return np.where(noise.reaches(~np.isnan(values) @ shares, node.available), score, np.nan)


def compared(values: np.ndarray, weights: np.ndarray, aggregation: str, frame: Frame) -> np.ndarray:
    """Scores of a node that compares units, (units × …), of its children (units × children × …)."""
    compare = named(aggregation).compare
    assert compare is not None
    low, high = frame.output
    found = np.full((len(values), *values.shape[2:]), np.nan)
    everyone = [np.arange(len(values))]
    for rows in everyone if frame.groups is None else frame.groups:
        found[rows] = compare(values[rows], weights, noise.size(frame.output))
    return low + found * (high - low)


def aggregate(
    tree: Tree,
    scores: pd.DataFrame,
    score_range: Range | Mapping[str, Range],
    *,
    observed: pd.DataFrame | None = None,
    frame: Frame | None = None,
) -> Aggregates:
    """Every node from the scores of the indicators, a column each.

    ``score_range`` is the worst and best score an indicator can have, or that of each; where it is
    infinite, so are the bounds of what was not wholly observed. ``observed`` tells which scores
    rest on data, those that are known unless it is given. Raises ValueError for a negative score
    below a node whose mean has none.
    """
    leaves = {leaf: scores[leaf].to_numpy(dtype=float) for leaf in tree.leaves}
    ranges = {
        leaf: score_range if isinstance(score_range, tuple) else score_range[leaf]
        for leaf in tree.leaves
    }
    frame = frame or Frame(next(iter(ranges.values())))
    known = {leaf: ~np.isnan(values) for leaf, values in leaves.items()}
    seen = known if observed is None else {k: observed[k].to_numpy(dtype=bool) for k in leaves}
    found = _up(tree, leaves, frame)
    coverage = _shares_up(tree, {leaf: seen[leaf] & known[leaf] for leaf in leaves}, found)
    imputed = _shares_up(tree, {leaf: known[leaf] & ~seen[leaf] for leaf in leaves}, found)
    only = {leaf: np.where(seen[leaf], values, np.nan) for leaf, values in leaves.items()}
    low, high = (_bounds(tree, only, ranges, found, frame, end) for end in (0, 1))

    def table(columns: Mapping[str, np.ndarray]) -> pd.DataFrame:
        return pd.DataFrame({node: columns[node] for node in tree.nodes}, index=scores.index)

    return Aggregates(table(found), table(coverage), table(imputed), table(low), table(high))


def contributions(tree: Tree, scores: pd.DataFrame, root: str) -> pd.DataFrame:
    """What each indicator adds to the score of ``root``: units × indicators, rows adding up to it.

    ``scores`` are those of all nodes (``Aggregates.scores``). The contribution of an indicator is
    its score times the derivative of the root's score by it. Power means are homogeneous of degree
    1, so by Euler's theorem these products sum to the score itself. A child of an arithmetic node
    so adds its weight times its own score, a child of a geometric node its weight times the score
    of the node; weights are those over what is known. What is missing contributes NaN, and so does
    all of a unit without a score. A node that compares units cannot be taken apart: it stands in
    place of what is below it.
    """
    columns = {node: scores[node].to_numpy(dtype=float) for node in scores}
    slopes: Columns = {root: np.where(np.isnan(columns[root]), np.nan, 1.0)}
    for node in reversed(tree.upward):
        if node not in slopes or tree.nodes[node].how.relative:
            continue
        children, shares = tree.weighed(node)
        values = _stack(columns, children)
        weights = _renormalised(values, shares)
        power = tree.nodes[node].how.power
        if power is not None and power != 1:
            ratio = np.zeros_like(values)
            whole = np.broadcast_to(columns[node][:, None], values.shape)
            np.divide(whole, values, out=ratio, where=(values > 0) & (whole > 0))
            weights = weights * np.where(ratio > 0, ratio, 1) ** (1 - power) * (ratio > 0)
        for position, child in enumerate(children):
            slopes[child] = slopes[node] * weights[:, position]
    parts = [node for node in parts_of(tree, root) if node in slopes]
    return pd.DataFrame({part: slopes[part] * columns[part] for part in parts}, index=scores.index)


def parts_of(tree: Tree, root: str) -> list[str]:
    """What ``root`` is made of: its indicators, or nodes that compare units in place of theirs."""
    if tree.nodes[root].how.relative or not tree.children(root):
        return [root]
    below = {part for child in tree.children(root) for part in parts_of(tree, child)}
    return [node for node in tree.nodes if node in below]


def effective_weights(tree: Tree, scores: pd.DataFrame, root: str) -> pd.DataFrame:
    """Weight of each indicator in ``root`` for each unit, over what is known: rows sum to 1.

    ``scores`` are those of all nodes. What is missing weighs 0; a unit of which nothing is known
    has NaN.
    """
    columns = {node: scores[node].to_numpy(dtype=float) for node in scores}
    paths: Columns = {root: np.where(np.isnan(columns[root]), np.nan, 1.0)}
    for node in reversed(tree.upward):
        if node in paths:
            children, shares = tree.weighed(node)
            weights = _renormalised(_stack(columns, children), shares)
            for position, child in enumerate(children):
                paths[child] = paths[node] * weights[:, position]
    below = set(tree.leaves_below(root))
    return pd.DataFrame({k: paths[k] for k in tree.leaves if k in below}, index=scores.index)


def _up(tree: Tree, leaves: Mapping[str, np.ndarray], frame: Frame) -> Columns:
    """Scores of all nodes from those of the leaves."""
    columns = dict(leaves)
    for node in tree.upward:
        children, shares = tree.weighed(node)
        columns[node] = scored(tree.nodes[node], _stack(columns, children), shares, frame)
    return columns


def _shares_up(tree: Tree, leaves: Mapping[str, np.ndarray], scores: Columns) -> Columns:
    """Share of weight of what ``leaves`` mark; none of it is left where a node has no score."""
    columns = {leaf: marked.astype(float) for leaf, marked in leaves.items()}
    for node in tree.upward:
        children, shares = tree.weighed(node)
        held = _stack(columns, children) @ shares
        held[noise.reaches(held, 1.0)] = 1.0  # who knows all, knows all of it
        columns[node] = np.where(np.isnan(scores[node]), 0.0, held)
    return columns


def _bounds(
    tree: Tree,
    leaves: Mapping[str, np.ndarray],
    ranges: Mapping[str, Range],
    scores: Columns,
    frame: Frame,
    end: int,
) -> Columns:
    """The least (``end`` 0) or greatest (1) scores of all nodes, if the rest were known.

    Where units are compared and anything below is missing, of whatever unit, that is the end of
    the range. So it is where a node has too little for a score.
    """
    columns = {k: np.where(np.isnan(v), ranges[k][end], v) for k, v in leaves.items()}
    ends = {leaf: own[end] for leaf, own in ranges.items()}
    for node in tree.upward:
        children, shares = tree.weighed(node)
        how = tree.nodes[node].how
        ends[node] = (max if end else min)(ends[child] for child in children)
        if how.relative:
            ends[node] = frame.output[end]
            unknown = any(np.isnan(leaves[leaf]).any() for leaf in tree.leaves_below(node))
            score = np.full(len(scores[node]), ends[node]) if unknown else scores[node]
        else:
            score = node_score(_stack(columns, children), shares, how.name, frame)
        too_little = np.isnan(scores[node]) & (tree.nodes[node].available > 0)
        columns[node] = np.where(too_little, ends[node], score)
    return columns


def _renormalised(values: np.ndarray, shares: np.ndarray) -> np.ndarray:
    """Weights over the known ``values``, shape (units, children): rows sum to 1, or to 0."""
    weights = ~np.isnan(values) * shares
    total = weights.sum(axis=1, keepdims=True)
    return np.divide(weights, total, out=np.zeros_like(weights), where=total > 0)


def _stack(columns: Mapping[str, np.ndarray], nodes: tuple[str, ...]) -> np.ndarray:
    return np.column_stack([columns[node] for node in nodes])
