"""Data, tree and recipe together: what is wrong with any of them is told in one go.

A fault in one file does not hide those of the others. But nothing is told that may only follow from
a fault already told: so cells are read as declared, or not at all.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from suyuan.core.errors import IndexFault, Problem, ReportedError
from suyuan.index.checks import cells, choices
from suyuan.index.data import leaves_named, read_tree
from suyuan.index.judgements import Judged, read, weighed
from suyuan.index.recipe import Recipe, declared_alone, read_recipe
from suyuan.index.table import Data, read_data
from suyuan.index.tree import Tree


def loaded(data: Path, tree: Path, config: Path | None) -> tuple[Tree, Recipe, Data]:
    """The three, each as read. Raises IndexFault with all that is wrong."""
    found = _Loading(data, tree, config)
    read = found.read()
    if found.problems or read is None or found.tree is None or found.recipe is None:
        raise IndexFault(found.problems)
    return found.tree, found.recipe, read


def weights_from(recipe: Recipe) -> Path:
    """The file or folder of weights: beside the recipe, or else from where the command runs."""
    named = recipe.weights_from or ""
    beside = Path(recipe.file).parent / named
    return beside if beside.exists() else Path(named)


class _Loading:
    def __init__(self, data: Path, tree: Path, config: Path | None) -> None:
        self.data, self.file = data, tree
        self.tree: Tree | None = None
        self.recipe: Recipe | None = None
        self.problems: list[Problem] = []
        of_recipe: list[Problem] = []
        try:
            self.recipe = read_recipe(config, str(config or ""))
        except ReportedError as error:
            of_recipe += error.problems
        self.declared = (
            self.recipe.data if self.recipe else declared_alone(config, str(config or ""))
        )
        try:
            self.tree = read_tree(tree, str(tree), self.declared)
        except ReportedError as error:
            self.problems += error.problems
        self.problems += of_recipe
        if self.tree and self.recipe and self.recipe.weights_from:
            try:
                judged = self._judged(self.tree, self.recipe)
                self.recipe = replace(self.recipe, judged=judged)
                self.tree = weighed(self.tree, judged)
            except ReportedError as error:
                self.problems += error.problems

    @staticmethod
    def _judged(tree: Tree, recipe: Recipe) -> Judged:
        path = weights_from(recipe)
        return read(recipe.weights, path, str(path), tree)

    def read(self) -> Data | None:
        """The data, if nothing is wrong with them; what is wrong with their use is told too."""
        strangers = self._strangers(self.tree, self.recipe) if self.tree and self.recipe else []
        self.problems += strangers
        if self.tree and self.recipe and not strangers:
            self.problems += choices(self.tree, self.recipe)
        data = self._data(self._numbers(), self._groups())
        if data and self.tree and self.recipe and not strangers:
            self.problems += cells(data, self.tree, self.recipe)
        return data

    def _data(
        self, numbers: Mapping[str, Problem | None], groups: Mapping[str, Problem]
    ) -> Data | None:
        name = str(self.data)
        if self.declared is None:  # it would be told what only the recipe has wrong
            if not self.data.is_file():
                self.problems.append(Problem("E514", name))
            return None
        try:
            return read_data(self.data, name, numbers, groups, self.declared)
        except ReportedError as error:
            self.problems += error.problems
        return None

    def _numbers(self) -> dict[str, Problem | None]:
        """The columns of numbers that are asked for, with what is told where there is none."""
        name = str(self.data)
        numbers: dict[str, Problem | None] = {}
        if self.tree:
            for leaf in self.tree.leaves:
                numbers[leaf] = self.tree.problem("E508", leaf, "node_id", leaf, data=name)
        else:
            numbers |= dict.fromkeys(leaves_named(self.file, str(self.file)))
        if self.recipe:
            for place, column in self.recipe.numbers():
                numbers.setdefault(column, self.recipe.problem("E508", place, column, data=name))
        return numbers

    def _groups(self) -> dict[str, Problem]:
        name, recipe = str(self.data), self.recipe
        if recipe is None:
            return {}
        return {c: recipe.problem("E508", place, c, data=name) for place, c in recipe.groups()}

    @staticmethod
    def _strangers(tree: Tree, recipe: Recipe) -> list[Problem]:
        """E535: what the recipe takes for an indicator."""
        return [
            recipe.problem("E535", place, leaf)
            for place, leaf in recipe.named()
            if leaf not in tree.leaves
        ]
