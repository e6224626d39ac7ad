"""Scores of indicators when every cell lies somewhere within its printed digits.

A cell is drawn evenly from half a unit of its last digit to either side, from a stream of its own.
What a score rests on is then computed again in each draw: treatment, imputation, the least and the
greatest of the units. Weights from data stay as they are.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from suyuan.index.digits import Printed
from suyuan.index.pipeline import indicator_scores
from suyuan.index.recipe import Recipe
from suyuan.index.scoring import REFERENCE, method_of, normalise
from suyuan.index.streams import unit_uniforms
from suyuan.index.table import Data
from suyuan.index.tree import Tree

STREAM = "rounding"


@dataclass(frozen=True)
class Within:
    """``tree`` is as declared."""

    data: Data
    tree: Tree
    recipe: Recipe

    @property
    def alone(self) -> bool:
        """Whether each score is made of one cell, with nothing else of the data."""
        methods = [method_of(self.tree.nodes[leaf], self.recipe.normaliser) for leaf in self.leaves]
        relative = any(how.relative or how.name == REFERENCE for how in methods)
        return not (self.recipe.treat or relative)

    @property
    def leaves(self) -> tuple[str, ...]:
        return self.tree.leaves

    def scores(self, leaves: list[str], seed: int, portion: slice) -> np.ndarray:
        """Scores (units × ``leaves`` × draws) of the draws of that ``portion``."""
        columns = [*self.leaves, *(name for _, name in self.recipe.numbers())]
        printed = Printed.of(self.data, columns, self.recipe.data.signs)
        names = [str(unit) for unit in self.data.frame.index]
        count = portion.stop - portion.start
        inputs = list(printed.halves)
        share = np.empty((len(names), len(inputs), count))
        drawn = unit_uniforms(seed, STREAM, names, inputs, count, portion.start)
        for row, uniform in enumerate(drawn):
            share[row] = 2 * uniform - 1
        found = np.empty((len(names), len(leaves), count))
        if self.alone:
            for place, leaf in enumerate(leaves):
                moved = printed.column(leaf, share[:, inputs.index(leaf)].T)
                found[:, place] = self._normalised(leaf, moved.ravel()).reshape(moved.shape).T
            return found
        for draw in range(count):
            data = printed.moved(share[:, :, draw])
            found[:, :, draw] = indicator_scores(data, self.tree, self.recipe)[leaves]
        return found

    def _normalised(self, leaf: str, values: np.ndarray) -> np.ndarray:
        recipe, node = self.recipe, self.tree.nodes[leaf]
        return normalise(values, node, recipe.normaliser, recipe.output, clip=recipe.clip)
