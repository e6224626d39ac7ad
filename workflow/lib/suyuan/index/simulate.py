"""How sure the scores and ranks of an index are, when its weights and scores are drawn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import pandas as pd

from suyuan.index.aggregate import Frame, compared
from suyuan.index.draws import pert_quantiles, weight_draws
from suyuan.index.levels import Level, node_scores
from suyuan.index.pipeline import Index, ranked_rows
from suyuan.index.recipe import Recipe, Uncertainty
from suyuan.index.standard_errors import intervals_and_errors
from suyuan.index.standing import ranks
from suyuan.index.streams import generator, unit_uniforms
from suyuan.index.tree import Tree
from suyuan.index.within import Within

Range = tuple[float, float]

HELD = 16_000_000  # scores held at once where units are compared with each other


@dataclass(frozen=True)
class Filled:
    """Cells that were imputed, (units × indicators), and how far each indicator's may be off.

    ``errors`` are sorted; an indicator without any may be anywhere in the range of scores.
    ``ranges`` are what an indicator's scores lie within, where that is not the range of scores.
    """

    imputed: pd.DataFrame
    errors: Mapping[str, np.ndarray]
    ranges: Mapping[str, Range] = field(default_factory=dict)


def levels(tree: Tree, root: str) -> tuple[list[list[str]], list[Level]]:
    """The levels of ``root`` from its indicators upwards, and the names of each one's children.

    A node whose parent lies more than one level above it goes up as its own only child. Nodes are
    in the order of the names from the root down to them: so the order of the tree's rows changes
    nothing, and the children of one stand together. A node that compares units has the exponent
    NaN.
    """
    height: dict[str, int] = dict.fromkeys(tree.leaves, 0)
    for node in tree.upward:
        height[node] = 1 + max(height[child] for child in tree.children(node))
    paths: dict[str, tuple[str, ...]] = {root: (root,)}
    for node in reversed(tree.upward):
        if node in paths:
            paths |= {child: (*paths[node], child) for child in tree.children(node)}
    leaves = sorted(tree.leaves_below(root), key=paths.__getitem__)
    weights = {
        child: float(share)
        for node in tree.upward
        for child, share in zip(*tree.weighed(node), strict=True)
    }
    current, built, names = leaves, [], []
    for level in range(1, height[root] + 1):
        joins = [height[tree.nodes[node].parent] == level for node in current]
        above = [
            tree.nodes[node].parent if joined else node
            for node, joined in zip(current, joins, strict=True)
        ]
        nodes = sorted(set(above), key=paths.__getitem__)
        place = {node: position for position, node in enumerate(nodes)}
        own = [weights[n] if joined else 1.0 for n, joined in zip(current, joins, strict=True)]
        powers = [np.nan if (p := tree.nodes[n].how.power) is None else p for n in nodes]
        passed = {n for n, joined in zip(current, joins, strict=True) if not joined}
        exponents = np.array(
            [1.0 if n in passed else p for n, p in zip(nodes, powers, strict=True)]
        )
        names.append(current)
        parents = np.array([place[n] for n in above])
        built.append(Level(parents, np.array(own), exponents == 0, exponents))
        current = nodes
    return names, built


def root_draws(
    tree: Tree,
    scores: pd.DataFrame,
    root: str,
    output: Range,
    drawn: Uncertainty,
    filled: Filled | None = None,
    frame: Frame | None = None,
    within: Within | None = None,
    cells_seed: int | None = None,
) -> np.ndarray:
    """Scores of ``root``, shape (units, draws), under drawn weights common to all units.

    With a ``spread`` the scores of the indicators are drawn too, each of each unit from a stream
    of its own; those that were ``filled`` in are drawn from the errors of their imputation.
    Cells lie ``within`` their printed digits, where that is given, and are drawn by a seed of their
    own if they have one.
    ``scores`` has the indicators as columns; ``output`` is the range they lie in.
    """
    of_cells = replace(drawn, seed=drawn.seed if cells_seed is None else cells_seed)
    names, above = levels(tree, root)
    leaves = names[0] if names else [root]
    weights = weight_draws(above, names, drawn.concentration, drawn.seed, drawn.draws)
    steps = [*zip(above, weights, [*names[1:], [root]], strict=True)]
    first = next((i for i, step in enumerate(steps) if np.isnan(step[0].power).any()), len(steps))
    lacking = _Lacking(tree, scores)
    frame = frame or Frame(output)
    held = len(scores) * len(steps[first][0].parent) if first < len(steps) else 1
    if within is not None:
        held = max(held, scores.shape[0] * len(leaves))
    together = max(1, min(HELD // max(held, 1), drawn.draws))
    found = np.empty((len(scores), drawn.draws))
    for start in range(0, drawn.draws, together):
        portion = slice(start, min(start + together, drawn.draws))
        own = [
            (level, drawn_weights if drawn_weights.shape[1] == 1 else drawn_weights[:, portion], at)
            for level, drawn_weights, at in steps
        ]
        rounded = within.scores(leaves, of_cells.seed, portion) if within is not None else None
        cells = _Cells(scores[leaves], output, of_cells, filled, portion, rounded)
        found[:, portion] = _scores(cells, own, first, lacking, tree, frame)
    return found


def _scores(
    cells: _Cells,
    steps: Sequence[tuple[Level, np.ndarray, list[str]]],
    first: int,
    lacking: _Lacking,
    tree: Tree,
    frame: Frame,
) -> np.ndarray:
    """Scores of the root, (units × draws); from the ``first`` level on units are compared."""
    compares = first < len(steps)
    count = len(steps[first][0].parent) if compares else 1
    reached = np.empty((len(cells.units), count, cells.draws))
    for row in range(len(cells.units)):
        values = cells.of(row)
        for level, weights, nodes in steps[:first]:
            values = lacking.without(row, nodes, node_scores(values, level, weights))
        reached[row] = values
    for level, weights, nodes in steps[first:]:
        reached = _together(reached, level, weights, nodes, tree, frame)
        for row, own in enumerate(reached):
            reached[row] = lacking.without(row, nodes, own)
    return reached[:, 0]


def _together(
    values: np.ndarray,
    level: Level,
    weights: np.ndarray,
    nodes: list[str],
    tree: Tree,
    frame: Frame,
) -> np.ndarray:
    """One level up for all units at once: (units × children × draws) to (units × nodes × draws)."""
    found = np.empty((len(values), len(nodes), values.shape[2]))
    weights = np.broadcast_to(weights, values.shape[1:])
    plain = Level(level.parent, level.weight, level.geometric, np.nan_to_num(level.power, nan=1.0))
    for row, own in enumerate(values):
        found[row] = node_scores(own, plain, weights)
    for position in np.flatnonzero(np.isnan(level.power)):
        own = level.parent == position
        how = tree.nodes[nodes[position]].aggregation
        found[:, position] = compared(values[:, own], weights[own], how, frame)
    return found


class _Lacking:
    """The nodes at which units know too little for a score, whatever the weights drawn."""

    def __init__(self, tree: Tree, scores: pd.DataFrame) -> None:
        self.marks = {
            node: scores[node].isna().to_numpy()
            for node in scores
            if node in tree.nodes and tree.nodes[node].available > 0
        }

    def without(self, row: int, nodes: list[str], values: np.ndarray) -> np.ndarray:
        """``values`` (nodes × draws), NaN where that unit has no score."""
        for position, node in enumerate(nodes):
            if node in self.marks and self.marks[node][row]:
                values[position] = np.nan
        return values


class _Cells:
    """The drawn scores of the indicators, unit by unit."""

    def __init__(
        self,
        scores: pd.DataFrame,
        output: Range,
        drawn: Uncertainty,
        filled: Filled | None,
        portion: slice,
        rounded: np.ndarray | None = None,
    ) -> None:
        self.rounded = rounded
        self.known = scores.to_numpy(dtype=float)
        self.output, self.drawn, self.skip = output, drawn, portion.start
        self.draws = portion.stop - portion.start
        units, leaves = [str(unit) for unit in scores.index], list(scores)
        self.leaves = leaves
        self.around = (
            unit_uniforms(drawn.seed, "ratings", units, leaves, self.draws, self.skip)
            if drawn.spread > 0
            else None
        )
        self.units = units
        self.filled = filled
        marks = np.zeros(scores.shape, bool)
        if filled is not None:
            marks = filled.imputed.loc[scores.index, leaves].to_numpy(dtype=bool)
        self.marks = marks

    def of(self, row: int) -> np.ndarray:
        """Scores (indicators × draws) of the unit in that row; rows are asked for in order."""
        known = self.known[row]
        values = np.broadcast_to(known[:, None], (len(known), self.draws))
        if self.around is not None:
            values = _around(known, self.drawn.spread, self.output, next(self.around))
        if self.rounded is not None:
            own = self.rounded[row]
            around = self.around is not None
            values = np.clip(own + values - known[:, None], *self.output) if around else own
        if not self.marks[row].any():
            return values
        values = values.copy()
        for column in np.flatnonzero(self.marks[row]):
            leaf = self.leaves[column]
            stream = generator(self.drawn.seed, "imputed", self.units[row], leaf)
            uniform = stream.random(self.skip + self.draws)[self.skip :]
            values[column] = self._off(values[column], leaf, uniform)
        return values

    def _off(self, values: np.ndarray, leaf: str, uniform: np.ndarray) -> np.ndarray:
        """``values`` with an error of their imputation each, and within the range."""
        assert self.filled is not None
        errors = self.filled.errors.get(leaf, np.empty(0))
        low, high = self.output
        if not errors.size:
            return low + (high - low) * uniform
        apart = np.interp(uniform * (errors.size - 1), np.arange(errors.size), errors)
        low, high = self.filled.ranges.get(leaf, self.output)
        return np.clip(values + apart, min(low, values.min()), max(high, values.max()))


def index_draws(
    index: Index, root: str, recipe: Recipe, within: Within | None = None
) -> np.ndarray:
    """``root_draws`` of an index, as its recipe asks for them; cells ``within`` if it does."""
    assert recipe.uncertainty is not None
    filled = Filled(index.imputed, index.errors, index.ranges)
    scores, drawn = index.aggregates.scores, recipe.uncertainty
    if not drawn.rounding:
        within = None
    return root_draws(index.tree, scores, root, recipe.output, drawn, filled, index.frame, within)


def drawn_ranks(index: Index, drawn: np.ndarray) -> np.ndarray:
    """Ranks in each draw, (units × draws), with ties as in the table of ranks."""
    order = index.order
    return ranks(order.seen(drawn), order.ties, order.apart)


def interval_table(index: Index, draws: Mapping[str, np.ndarray], recipe: Recipe) -> pd.DataFrame:
    """A row per root and unit: the interval of its score and rank, with the errors of its ends.

    Ranks are counted among the units that are ranked, ties as in the table of ranks. A unit that
    is not ranked has no interval: draws over the little that is known of it would make it look
    sure.
    """
    assert recipe.uncertainty is not None
    level, rows = recipe.uncertainty.interval, []
    ends = ("score_low", "score_high", "rank_low", "rank_high")
    reach = np.array([recipe.output, *index.ranges.values()])
    least, most = reach[:, 0].min(), reach[:, 1].max()  # a sum is rounded to just outside
    for root, drawn in draws.items():
        scores = index.aggregates.scores
        bounds, errors = np.full((2, len(scores), 4), np.nan)
        for own in ranked_rows(index, root):
            spans, errors[own, :2] = intervals_and_errors(drawn[own], level)
            bounds[own, :2] = np.clip(spans, least, most)
            ranked = drawn_ranks(index, drawn[own])
            bounds[own, 2:], errors[own, 2:] = intervals_and_errors(ranked, level)
        spread = dict(zip(ends, bounds.T, strict=True))
        table = {
            "node": root,
            "unit": scores.index,
            "score": scores[root].to_numpy(),
            **{end: spread[end] for end in ends[:2]},
            "rank": index.ranks[root].to_numpy(),
            **{end: spread[end] for end in ends[2:]},
            **{f"{end}_error": own for end, own in zip(ends, errors.T, strict=True)},
        }
        rows.append(pd.DataFrame(table))
    return pd.concat(rows, ignore_index=True)


def _around(scores: np.ndarray, spread: float, output: Range, uniform: np.ndarray) -> np.ndarray:
    """Scores (indicators × draws) within ± ``spread`` of ``scores``, and within ``output``."""
    inside = np.clip(scores, *output)  # which a sum may round to just outside
    low = np.maximum(inside - spread, output[0])
    high = np.minimum(inside + spread, output[1])
    return pert_quantiles(uniform, low, inside, high, many_modes=True)
