<<<<<<< HEAD
"""Which cells of the data a score can depend on, told from the recipe and the tree alone.

Never too few: a cell that is not listed moves nothing. A cell that is listed may still move
nothing, as beyond a goalpost or in the middle of a min–max. Cells that choose rows (the unit's
name, its year, a condition) are not listed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np

from suyuan.index import panel
from suyuan.index.run import Run
from suyuan.index.scoring import method_of
from suyuan.index.steps import OBSERVED, Treatment
from suyuan.index.weights import WEIGHTINGS

Columns = set[str]
ALONE = ("denominate", "cap", "floor", "log")  # steps that look at one cell at a time
DENOMINATE, IMPUTE, SCREEN, BOXCOX = "denominate", "impute", "screen", "boxcox"
EQUAL = "equal"  # weights that look at no scores


@dataclass
class Reach:
    """Columns from which an indicator's score is made: of the unit's row, and of all rows.

    ``filled`` are the same for a cell that is missing and may be filled in. ``rows`` are those of
    the unit that all are held against. ``value`` is what the unit's own value is computed from; the
    rest of ``own`` only decides whether the unit is left out.
    """

    own: Columns = field(default_factory=set)
    value: Columns = field(default_factory=set)
    all: Columns = field(default_factory=set)
    filled_own: Columns = field(default_factory=set)
    filled_all: Columns = field(default_factory=set)
    rows: Sequence[str] = ()

    def every(self) -> Columns:
        """All columns that have a part in the scores of any unit."""
        return self.own | self.all | self.filled_own | self.filled_all


class Reaches:
    """Of every indicator of a run; ``lacking`` marks the cells that are missing."""

    def __init__(self, run: Run) -> None:
        self.run, self.tree = run, run.index.tree
        self.leaves = {leaf: Reach({leaf}) for leaf in self.tree.leaves}
        self.pool: Columns = set()  # what decides which rows take part
        for treatment in run.recipe.treat:
            self._step(treatment)
        for leaf, own in self.leaves.items():
            self._scored(leaf, own)
        for own in self.leaves.values():  # a row that is left out has no score
            own.value = set(own.own)
            own.own |= self.pool
        self.lacking = {leaf: self._lacking(leaf) for leaf in self.leaves}

    def _lacking(self, leaf: str) -> np.ndarray:
        """Rows of which the cell, or what it is divided by, is missing."""
        columns = [leaf]
        columns += [column for _, own, column in self.run.recipe.denominators() if own == leaf]
        return np.asarray(self.run.data.frame[columns].isna().any(axis=1))

    def _step(self, treatment: Treatment) -> None:
        given, leaves = treatment.parameters, treatment.only or tuple(self.leaves)
        if treatment.name == DENOMINATE:
            for leaf, column in given["by"].items():
                self.leaves[leaf].own.add(column)
        elif treatment.name == IMPUTE:
            self._impute(leaves, given.get("group"), given.get("method", ""))
        elif treatment.name == SCREEN:
            for leaf in leaves:
                own = self.leaves[leaf]
                self.pool |= own.own if given.get("observed", OBSERVED) else own.every()
        elif treatment.name not in ALONE and not (
            treatment.name == BOXCOX and given.get("exponent") is not None
        ):
            for leaf in leaves:
                self._compared(self.leaves[leaf])

    def _impute(self, leaves: Iterable[str], group: str | None, method: str) -> None:
        """A missing cell is filled in from all rows, of a unit of which something is known."""
        groups = {group} if group else set()
        before = {leaf: own.every() for leaf, own in self.leaves.items()}
        for leaf in leaves:
            parent = self.tree.nodes[leaf].parent
            others = [o for o in self.tree.children(parent) if o in self.leaves]
            looked_at = others if method == "sibling" else [leaf]
            columns = set().union(*(before[other] for other in looked_at))
            own = self.leaves[leaf]
            own.filled_own |= set(self.leaves) | groups | columns
            own.filled_all |= columns | groups | self.pool

    def _compared(self, own: Reach) -> None:
        own.all |= own.every() | self.pool

    def _scored(self, leaf: str, own: Reach) -> None:
        recipe = self.run.recipe
        how = method_of(self.tree.nodes[leaf], recipe.normaliser)
        if recipe.standard is not None:
            own.own.add(recipe.standard)
        if how.relative:
            self._compared(own)
        elif recipe.reference is not None and how.name == "reference":
            index = self.run.data.frame.index
            named = panel.same_year(self.run.data, recipe.reference, index)
            own.rows = sorted(set(named) & set(index))
            if self._lacking(leaf)[index.isin(own.rows)].any():
                self._compared(own)

    def whole(self, node: str) -> Columns:
        """Columns of which all rows matter to ``node`` for its weights or for being compared."""
        children = self.tree.children(node)
        if not children:
            return set()
        found = set().union(*(self.whole(child) for child in children))
        weights = self.run.recipe.weights
        by_data = weights in WEIGHTINGS and weights != EQUAL
        if by_data or self.tree.nodes[node].how.relative:
            for leaf in self.tree.leaves_below(node):
                found |= self.leaves[leaf].every() | self.pool
        return found
=======
"""The tables of possible ranks and of changes of weights that swap neighbours."""

from __future__ import annotations

import numpy as np
import pandas as pd

from suyuan.index import swaps
from suyuan.index.pipeline import ranked_rows
from suyuan.index.possible import Region, arithmetic, possible_ranks
from suyuan.index.run import OutputTable, Run


def _possible(run: Run) -> pd.DataFrame | None:
    drawn, index = run.recipe.uncertainty, run.index
    if drawn is None or drawn.weights_region is None:
        return None
    parts = []
    for root in index.tree.roots:
        region = Region(index.tree, root, drawn.weights_region)
        leaves = list(region.leaves)
        found = np.full((5, len(index.ranks)), np.nan)
        linear = arithmetic(index.tree, root)
        bounded = True
        for rows in ranked_rows(index, root) if linear else ():
            low = index.aggregates.low[leaves].to_numpy(dtype=float)[rows]
            high = index.aggregates.high[leaves].to_numpy(dtype=float)[rows]
            bounded = bounded and bool(np.isfinite(low).all() and np.isfinite(high).all())
            if bounded:
                ranks = possible_ranks(low, high, region, index.order.tolerance)
                attained = ranks.best_attained, ranks.worst_attained
                found[1:, rows] = [ranks.best, *attained, ranks.worst]
        found[0] = index.ranks[root]
        table = {"node": root, "unit": index.ranks.index}
        names = ("rank", "best", "best_attained", "worst_attained", "worst")
        part = pd.DataFrame({**table, **dict(zip(names, found, strict=True))})
        part["computed"] = "yes" if linear and bounded else "not linear" if bounded else "no bounds"
        parts.append(part)
    return pd.concat(parts, ignore_index=True)


def _swaps(run: Run) -> pd.DataFrame:
    parts, index = [], run.index
    for root in index.tree.roots:
        if not arithmetic(index.tree, root):
            continue
        nominal = index.tree.leaf_weights(root)
        leaves = [leaf for leaf in index.tree.nodes if nominal.get(leaf, 0.0) > 0]
        weights = np.array([nominal[leaf] for leaf in leaves])
        scores = index.aggregates.scores[leaves].to_numpy(dtype=float)
        ranks = index.ranks[root].to_numpy()
        for own in ranked_rows(index, root):
            order = own[np.argsort(ranks[own], kind="stable")]
            first, second = order[:-1], order[1:]
            part = _changes(leaves, weights, scores[first] - scores[second])
            part.insert(0, "node", root)
            part.insert(1, "unit", index.ranks.index[first])
            part.insert(2, "other", [run.data.units[index.ranks.index[row]] for row in second])
            parts.append(part)
    return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=[*SWAPS.columns])


def _changes(leaves: list[str], weights: np.ndarray, gaps: np.ndarray) -> pd.DataFrame:
    places, one = swaps.by_one(weights, gaps)
    changed = one[np.arange(len(gaps)), places]
    names = [leaves[place] for place in places]
    return pd.DataFrame(
        {
            "lead": gaps @ weights,
            "sum": np.abs(swaps.by_sum(weights, gaps) - weights).sum(axis=1),
            "largest": np.abs(swaps.by_largest(weights, gaps) - weights).max(axis=1),
            "indicator": np.where(np.isnan(changed), "", names),
            "weight": np.where(np.isnan(changed), np.nan, weights[places]),
            "changed": changed,
        }
    )


POSSIBLE = OutputTable(
    "possible_ranks",
    {
        "node": "every root",
        "unit": "as in the data",
        "rank": "at the nominal weights; empty if not ranked",
        "best": "no better rank is possible",
        "best_attained": "this one is, for some weights and values of missing cells",
        "worst_attained": "this one is",
        "worst": "no worse rank is possible",
        "computed": "yes; not linear: some mean is not arithmetic; no bounds: of a missing cell",
    },
    _possible,
)
SWAPS = OutputTable(
    "swaps",
    {
        "node": "every root whose means are all arithmetic",
        "unit": "that is ranked",
        "other": "the unit that is next",
        "lead": "difference of their scores",
        "sum": "smallest sum of absolute changes of weights that makes them level",
        "largest": "smallest possible largest change of any weight that does",
        "indicator": "the one whose weight alone must change least, others in proportion",
        "weight": "of that indicator in the root",
        "changed": "to this",
    },
    _swaps,
    scores=("lead",),
)
>>>>>>> a6f8155 (Possible ranks over a region of weights and missing cells; the smallest change of weights that makes neighbours level)
