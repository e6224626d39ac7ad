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
from suyuan.index.scoring import REFERENCE, method_of
from suyuan.index.steps import Treatment
from suyuan.index.weights import WEIGHTINGS

Columns = set[str]
DENOMINATE, IMPUTE, SCREEN, BOXCOX = "denominate", "impute", "screen", "boxcox"


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
            self._impute(leaves, given["group"], given["method"])
        elif treatment.name == SCREEN:
            for leaf in leaves:
                own = self.leaves[leaf]
                self.pool |= own.own if given["observed"] else own.every()
        elif not treatment.kind.alone and not (
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
        elif recipe.reference is not None and how.name == REFERENCE:
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
        weighting = WEIGHTINGS.get(self.run.recipe.weights)
        if (weighting and weighting.by_scores) or self.tree.nodes[node].how.relative:
            for leaf in self.tree.leaves_below(node):
                found |= self.leaves[leaf].every() | self.pool
        return found
