"""One run of the command: what went in, what was computed, and what is written of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from importlib import import_module
from pathlib import Path

import numpy as np
import pandas as pd

from suyuan.core.errors import Problem
from suyuan.index import selfcheck
from suyuan.index.checks import queries
from suyuan.index.data import Data
from suyuan.index.pipeline import Index
from suyuan.index.recipe import Recipe
from suyuan.index.tree import Tree

EVERY_NODE = "*"  # stands for a column per node


@dataclass(frozen=True)
class Inputs:
    """The files of a run; without a recipe nothing is chosen."""

    data: Path
    tree: Path
    recipe: Path | None


@dataclass(frozen=True)
class Run:
    """All that tables may be made of. ``tree`` is as declared, ``index.tree`` as it was used."""

    inputs: Inputs
    data: Data
    tree: Tree
    recipe: Recipe
    index: Index
    tables: dict[str, pd.DataFrame | None] = field(default_factory=dict, compare=False)  # made yet

    @cached_property
    def findings(self) -> tuple[selfcheck.Finding, ...]:
        """What the numbers of this index say that may not have been meant."""
        return tuple(selfcheck.findings(self.data, self.tree, self.recipe, self.index))

    @cached_property
    def queries(self) -> tuple[Problem, ...]:
        """What was computed as asked, but may not be what was meant."""
        found = (self.data, self.tree, self.recipe, self.index, self.findings)
        return (*queries(self.tree, self.recipe), *selfcheck.problems(*found))

    @cached_property
    def draws(self) -> dict[str, np.ndarray]:
        """Scores of each root, (units × draws), in the order of the data; {} if none are drawn."""
        if self.recipe.uncertainty is None:
            return {}
        simulate = import_module("suyuan.index.simulate")  # only who draws pays for it
        within = simulate.Within(self.data, self.tree, self.recipe)
        return {
            root: simulate.index_draws(self.index, root, self.recipe, within)
            for root in self.index.tree.roots
        }


@dataclass(frozen=True)
class OutputTable:
    """A table of the result: ``columns`` says what each column is, in its order.

    A column ``*`` stands for one per node. ``scores`` are the columns that the recipe's
    ``decimals`` round; all others keep their digits. ``made`` gives the table, or None where the
    recipe asks for none.
    """

    name: str
    columns: Mapping[str, str]
    made: Callable[[Run], pd.DataFrame | None]
    scores: tuple[str, ...] = ()

    def of(self, run: Run) -> pd.DataFrame | None:
        """The table of that run, made once."""
        if self.name not in run.tables:
            run.tables[self.name] = self.made(run)
        return run.tables[self.name]

    @property
    def file(self) -> str:
        return f"{self.name}.csv"

    def rounds(self, column: str) -> bool:
        """Whether ``decimals`` are for that column."""
        known = column in self.columns
        return column in self.scores or (not known and EVERY_NODE in self.scores)


@dataclass(frozen=True)
class OutputFile:
    """Another file of the result: ``written`` writes it to a path, or returns False."""

    file: str
    what: str
    written: Callable[[Run, Path], bool]


def by_root(parts: Iterable[tuple[str, pd.DataFrame]]) -> pd.DataFrame:
    """Tables of roots below each other, with the root in a first column."""
    tables = []
    for root, table in parts:
        table.insert(0, "node", root)
        tables.append(table)
    return pd.concat(tables, ignore_index=True)
