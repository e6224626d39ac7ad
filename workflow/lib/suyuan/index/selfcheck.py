"""What an index should be asked about, for its numbers say something else than its makers meant.

Nothing of this stops a run: it is computed as asked, and told.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import pandas as pd

from suyuan.core.errors import DataError, Problem
from suyuan.index import noise
from suyuan.index.coherence import importance
from suyuan.index.correlation import correlations
from suyuan.index.digits import Printed
from suyuan.index.pipeline import RANKED, Index, build, by_rank, ranked_rows
from suyuan.index.recipe import Recipe
from suyuan.index.scoring import OPTIMUM, method_of
from suyuan.index.table import Data
from suyuan.index.tree import Node, Tree

CONSTANT, AGAINST, WEIGHT, TURNS, ALIKE = (
    "constant",
    "against",
    "weight",
    "turns",
    "alike",
)
CODES = {CONSTANT: "E585", AGAINST: "E586", WEIGHT: "E587", TURNS: "E588", ALIKE: "E589"}
FEW = 10  # units; correlations of fewer say little
TWICE = 2.0  # effective over nominal weight, or the other way round
COLLINEAR = 0.92  # as in the audits of composite indicators by the JRC
LISTED = 6  # names in a message


@dataclass(frozen=True)
class Finding:
    """``value`` has passed ``limit`` at ``first``, with ``second`` where there are two of them."""

    what: str
    node: str
    first: str
    second: str
    value: float
    limit: float

    @property
    def names(self) -> str:
        return f"{self.first} / {self.second}" if self.second else self.first


def findings(data: Data, tree: Tree, recipe: Recipe, index: Index) -> Iterator[Finding]:
    """All that is found. ``tree`` is as declared, ``index.tree`` as it was used."""
    flat = [leaf for leaf in sorted(index.tree.leaves) if _flat(index.treated[leaf])]
    for root in index.tree.roots:
        leaves = set(index.tree.leaves_below(root))
        for leaf in (leaf for leaf in flat if leaf in leaves):
            values = index.treated[leaf].to_numpy(dtype=float)
            spread = float(np.nanmax(values) - np.nanmin(values))
            yield Finding(CONSTANT, root, leaf, "", spread, noise.SPREAD)
        yield from _coherence(index, root)
    yield from _turns(data, tree, recipe, index)


def problems(
    data: Data, tree: Tree, recipe: Recipe, index: Index, found: tuple[Finding, ...]
) -> Iterator[Problem]:
    """A question for each kind and root that something was ``found`` of."""
    for what, code in CODES.items():
        for root in index.tree.roots:
            own = [one for one in found if (one.what, one.node) == (what, root)]
            if own:
                names = "; ".join(one.names for one in own[:LISTED])
                value = names + ("; …" if len(own) > LISTED else "")
                details = {"method": root, "count": str(len(own)), "limit": f"{own[0].limit:g}"}
                yield tree.problem(code, root, "node_id", value, **details)


def _flat(values: pd.Series) -> bool:
    return bool(values.notna().any()) and noise.constant(values.to_numpy(dtype=float))


def _coherence(index: Index, root: str) -> Iterator[Finding]:
    """Indicators against the index, weights that are others than they seem, pairs that are one."""
    ranked = index.aggregates.scores[index.status[root] == RANKED]
    if len(ranked) < FEW:
        return
    table = importance(index.tree, ranked, root).sort_index()
    for leaf, correlation in table["correlation"].items():
        if correlation < -noise.SHARE:
            yield Finding(AGAINST, root, str(leaf), "", float(correlation), 0.0)
    ratios = table["effective"].abs() / table["nominal"].where(table["nominal"] > 0)
    for leaf, ratio in ratios.items():
        if ratio > TWICE or ratio < 1 / TWICE:
            yield Finding(WEIGHT, root, str(leaf), "", float(ratio), TWICE)
    leaves = [*table.index]
    both = correlations(ranked[leaves].to_numpy(dtype=float))
    for first, second in np.argwhere(np.triu(both, 1) > COLLINEAR):
        value = float(both[first, second])
        yield Finding(ALIKE, root, leaves[first], leaves[second], value, COLLINEAR)


def _turns(data: Data, tree: Tree, recipe: Recipe, index: Index) -> Iterator[Finding]:
    """Neighbouring ranks that turn when the cells of one are as good as print, of the other as bad.

    Units are moved against each other in turn, first those of odd ranks up and of even ranks down,
    then the other way round, and the whole index is computed again. So for scores that do not look
    at other units every turn there can be is found, for others some.
    """
    printed = Printed.of(data, index.tree.leaves, recipe.data.signs)
    if not printed.halves.to_numpy().any():
        return
    for root in index.tree.roots:
        ranks = index.ranks[root]
        pairs = [*_neighbours(index, root)]
        if not pairs:
            continue
        places = np.zeros(len(ranks))
        for rows in _ordered(index, root):
            places[rows] = np.arange(len(rows))
        up = np.where(places % 2 == 0, 1.0, -1.0)
        turned: dict[tuple[str, str], float] = {}
        for way in (up, -up):
            scores = _moved(printed, way, tree, recipe, root)
            for first, second in pairs:
                gap = scores[second] - scores[first]
                if gap > index.order.tolerance:
                    turned[first, second] = float(gap)
        for (first, second), gap in turned.items():
            yield Finding(TURNS, root, first, second, gap, 0.0)


def _ordered(index: Index, root: str) -> list[np.ndarray]:
    return [by_rank(index, root, rows) for rows in ranked_rows(index, root)]


def _neighbours(index: Index, root: str) -> Iterator[tuple[str, str]]:
    """Ranked units and those next after them, unless they are tied anyway."""
    ranks = index.ranks[root]
    for rows in _ordered(index, root):
        for first, second in pairwise(ranks.index[rows]):
            if ranks[first] < ranks[second]:
                yield first, second


def _moved(printed: Printed, up: np.ndarray, tree: Tree, recipe: Recipe, root: str) -> pd.Series:
    """Scores of ``root`` when all cells of a unit are as good, or bad, as their digits allow."""
    leaves = printed.halves.columns
    better = np.column_stack([_better(tree.nodes[leaf], printed, recipe) for leaf in leaves])
    try:
        found = build(printed.moved(up[:, None] * better), tree, recipe)
    except DataError:  # a cell would have no logarithm
        return pd.Series(np.nan, index=printed.data.frame.index)
    return found.aggregates.scores[root]


def _better(leaf: Node, printed: Printed, recipe: Recipe) -> np.ndarray:
    """Which way each cell is better: 1 up, -1 down."""
    values = printed.data.frame[leaf.id].to_numpy(dtype=float)
    if method_of(leaf, recipe.normaliser).name == OPTIMUM:
        assert leaf.optimum_low is not None
        assert leaf.optimum_high is not None
        return np.where(values < (leaf.optimum_low + leaf.optimum_high) / 2, 1.0, -1.0)
    return np.full(len(values), float(leaf.direction))


def table(found: tuple[Finding, ...]) -> pd.DataFrame | None:
    """A row for each finding, None where there is none."""
    rows = [(one.node, one.what, one.first, one.second, one.value, one.limit) for one in found]
    names = ["node", "what", "first", "second", "value", "limit"]
    return pd.DataFrame(rows, columns=names) if rows else None
