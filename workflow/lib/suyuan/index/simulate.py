"""How sure the scores and ranks of an index are, when its weights and scores are drawn."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from suyuan.index.draws import RATING_MAX, rating_draws, unit_uniforms, weight_draws
from suyuan.index.levels import Level, node_scores
from suyuan.index.pipeline import RANKED, Index
from suyuan.index.recipe import Recipe, Uncertainty
from suyuan.index.standing import intervals, ranks
from suyuan.index.tree import GEOMETRIC, Tree


def levels(tree: Tree, root: str) -> tuple[list[list[str]], list[Level]]:
    """The levels of ``root`` from its indicators upwards, and the names of each one's children.

    A node whose parent lies more than one level above it goes up as its own only child.
    """
    height: dict[str, int] = dict.fromkeys(tree.leaves, 0)
    for node in tree.upward:
        height[node] = 1 + max(height[child] for child in tree.children(node))
    leaves = list(tree.leaves_below(root))
    weights = {
        child: float(share)
        for node in tree.upward
        for child, share in zip(tree.children(node), tree.shares(node), strict=True)
    }
    current, built, names = leaves, [], []
    for level in range(1, height[root] + 1):
        joins = [height[tree.nodes[node].parent] == level for node in current]
        above = [
            tree.nodes[node].parent if joined else node
            for node, joined in zip(current, joins, strict=True)
        ]
        nodes = list(dict.fromkeys(above))
        place = {node: position for position, node in enumerate(nodes)}
        own = [weights[n] if joined else 1.0 for n, joined in zip(current, joins, strict=True)]
        geometric = [tree.nodes[node].aggregation == GEOMETRIC for node in nodes]
        names.append(current)
        built.append(Level(np.array([place[n] for n in above]), np.array(own), np.array(geometric)))
        current = nodes
    return names, built


def root_draws(
    tree: Tree, scores: pd.DataFrame, root: str, output: tuple[float, float], drawn: Uncertainty
) -> np.ndarray:
    """Scores of ``root``, shape (units, draws), under drawn weights common to all units.

    With a ``spread`` the scores of the indicators are drawn too, each of each unit from a stream
    of its own. ``scores`` has the indicators as columns; ``output`` is the range they lie in.
    """
    names, above = levels(tree, root)
    leaves = names[0] if names else [root]
    weights = weight_draws(above, names, drawn.concentration, drawn.seed, drawn.draws)
    known = scores[leaves].to_numpy(dtype=float)
    result = np.empty((len(scores), drawn.draws))
    units = [str(unit) for unit in scores.index]
    streams = unit_uniforms(drawn.seed, "ratings", units, leaves, drawn.draws)
    for row, uniform in enumerate(streams):
        values = np.broadcast_to(known[row][:, None], (len(leaves), drawn.draws))
        if drawn.spread > 0:
            values = _around(known[row], drawn.spread, output, uniform)
        for level, drawn_weights in zip(above, weights, strict=True):
            values = node_scores(values, level, drawn_weights)
        result[row] = values[0]
    return result


def index_draws(index: Index, root: str, recipe: Recipe) -> np.ndarray:
    """``root_draws`` of an index, as its recipe asks for them."""
    assert recipe.uncertainty is not None
    return root_draws(index.tree, index.aggregates.scores, root, recipe.output, recipe.uncertainty)


def interval_table(index: Index, draws: Mapping[str, np.ndarray], recipe: Recipe) -> pd.DataFrame:
    """A row per root and unit: the interval of its score and rank.

    Ranks are counted among the units that are ranked, tied units sharing the mean of their places.
    A unit that is not ranked has no interval: draws over the little that is known of it would make
    it look sure.
    """
    assert recipe.uncertainty is not None
    level, rows = recipe.uncertainty.interval, []
    for root, drawn in draws.items():
        scores = index.aggregates.scores
        bounds = np.full((len(scores), 4), np.nan)
        if (ranked := (index.status[root] == RANKED).to_numpy()).any():
            bounds[ranked, :2] = intervals(drawn[ranked], level)
            bounds[ranked, 2:] = intervals(ranks(drawn[ranked]), level)
        table = {
            "node": root,
            "unit": scores.index,
            "score": scores[root].to_numpy(),
            "score_low": bounds[:, 0],
            "score_high": bounds[:, 1],
            "rank": index.ranks[root].to_numpy(),
            "rank_low": bounds[:, 2],
            "rank_high": bounds[:, 3],
        }
        rows.append(pd.DataFrame(table))
    return pd.concat(rows, ignore_index=True)


def _around(
    scores: np.ndarray, spread: float, output: tuple[float, float], uniform: np.ndarray
) -> np.ndarray:
    """Scores (indicators × draws) within ± ``spread`` of ``scores``, and within ``output``."""
    unit = (output[1] - output[0]) / RATING_MAX
    spreads = np.full(scores.shape, spread / unit)
    return output[0] + unit * rating_draws((scores - output[0]) / unit, spreads, uniform)
