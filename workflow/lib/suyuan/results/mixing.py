"""An index made of parts of two runs: the data of one, the weights of the other, and so on."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields, replace
from functools import cached_property
from typing import Any

import pandas as pd

from suyuan.core.errors import ReportedError
from suyuan.index.checks import problems
from suyuan.index.digits import Printed
from suyuan.index.intervals import INTERVALS
from suyuan.index.pipeline import Index, build
from suyuan.index.recipe import Recipe, Uncertainty
from suyuan.index.run import Run
from suyuan.index.table import Data
from suyuan.index.tree import Node, Tree

DATA, MISSING, WEIGHTS, METHOD, UNITS, DRAWS = CAUSES = (
    "data",
    "missing",
    "weights",
    "method",
    "units",
    "draws",
)
NO_METHOD = ("weights", "uncertainty", "decimals", "data")  # keys of the recipe
NO_DRAWS = "weights_region"  # of what is drawn: it is asked besides
NO_MEANS = ("id", "parent", "weight", "name", "line")  # of a node
Chosen = frozenset[str]  # causes of which the second run's part is in place


class Mixer:
    """Two runs, and every index between them.

    ``weights`` stand for the tree as well where it has other nodes: there are no weights of nodes
    that are not there.
    """

    def __init__(self, before: Run, after: Run) -> None:
        self.before, self.after = before, after
        self.trees = before.tree, after.tree
        self._made: dict[Chosen, Index | None] = {}
        self._drawn: dict[Chosen, pd.DataFrame | None] = {}

    @cached_property
    def reshaped(self) -> bool:
        """Whether the trees have other nodes, or others above them."""
        one, other = ({n: own.parent for n, own in tree.nodes.items()} for tree in self.trees)
        return one != other

    @cached_property
    def causes(self) -> tuple[str, ...]:
        """The parts in which the runs differ."""
        return tuple(cause for cause in CAUSES if next(self.differences(cause), None) is not None)

    def differences(self, cause: str) -> Iterator[str]:
        """What differs, each by name."""
        return {
            DATA: self._data, MISSING: self._missing, WEIGHTS: self._weights,
            METHOD: self._method, UNITS: self._units, DRAWS: self._draws,
        }[cause]()  # fmt: skip

    def index(self, chosen: Chosen) -> Index | None:
        """The index with these parts of the second run; None where they give none.

        How it is drawn has no part in its scores and ranks.
        """
        chosen &= frozenset(self.causes) - {DRAWS}
        if chosen not in self._made:
            self._made[chosen] = self._build(chosen)
        return self._made[chosen]

    def _build(self, chosen: Chosen) -> Index | None:
        recipe = replace(self._recipe(chosen), uncertainty=None)
        try:
            return build(self._table(chosen), self._tree(chosen), recipe)
        except ReportedError:
            return None

    @property
    def both_drawn(self) -> bool:
        """Whether both runs have intervals."""
        return None not in (self.before.recipe.uncertainty, self.after.recipe.uncertainty)

    def intervals(self, chosen: Chosen) -> pd.DataFrame | None:
        """The table of intervals with these parts of the second run; None where they give none."""
        chosen &= frozenset(self.causes)
        if chosen not in self._drawn:
            self._drawn[chosen] = self._draw(chosen)
        return self._drawn[chosen]

    def _draw(self, chosen: Chosen) -> pd.DataFrame | None:
        index, recipe = self.index(chosen), self._recipe(chosen)
        data, tree = self._table(chosen), self._tree(chosen)
        if index is None or [*problems(data, tree, recipe)]:  # a spread may go ill with a scale
            return None
        try:
            return INTERVALS.of(Run(self.before.inputs, data, tree, recipe, index))
        except ReportedError:  # within its printed digits a number may be none that has a logarithm
            return None

    # What differs.

    @cached_property
    def _common(self) -> list[str]:
        return [
            unit for unit in self.before.data.frame.index if unit in self.after.data.frame.index
        ]

    def _cells(self) -> Iterator[tuple[str, pd.Series, pd.Series]]:
        """The columns that both have, of the units that both have."""
        one, other = self.before.data.frame, self.after.data.frame
        for column in one.columns.intersection(other.columns):
            yield column, one.loc[self._common, column], other.loc[self._common, column]

    def _data(self) -> Iterator[str]:
        digits = [_digits(run) for run in (self.before, self.after)]
        for column, one, other in self._cells():
            apart = one != other
            if all(column in halves for halves in digits):  # as good as 10, 10.00 is another number
                first, second = (halves.loc[self._common, column] for halves in digits)
                apart |= first != second
            both = one.notna() & other.notna()
            yield from (f"{column}/{unit}" for unit in one.index[both & apart])

    def _missing(self) -> Iterator[str]:
        for column, one, other in self._cells():
            yield from (f"{column}/{unit}" for unit in one.index[one.notna() != other.notna()])

    def _units(self) -> Iterator[str]:
        one, other = self.before.data.frame.index, self.after.data.frame.index
        yield from (f"−{unit}" for unit in one if unit not in other)
        yield from (f"+{unit}" for unit in other if unit not in one)

    def _weights(self) -> Iterator[str]:
        one, other = self.trees
        yield from (f"−{node}" for node in one.nodes if node not in other.nodes)
        yield from (f"+{node}" for node in other.nodes if node not in one.nodes)
        if self.before.recipe.weights != self.after.recipe.weights:
            yield f"{self.before.recipe.weights} → {self.after.recipe.weights}"
        yield from (n for n in one.nodes if n in other.nodes and _place(one, n) != _place(other, n))

    def _method(self) -> Iterator[str]:
        one, other = (run.recipe.resolved for run in (self.before, self.after))
        for key in dict.fromkeys([*one, *other]):
            if key not in NO_METHOD and one.get(key) != other.get(key):
                yield from _named(key, one.get(key), other.get(key))
        first, second = self.trees
        for node in first.nodes:
            if node in second.nodes:
                pair = first.nodes[node], second.nodes[node]
                yield from (f"{node}.{key}" for key in _means(*pair))

    def _draws(self) -> Iterator[str]:
        one, other = self.before.recipe.uncertainty, self.after.recipe.uncertainty
        if one is None or other is None:
            yield from () if one is other else ("uncertainty",)
            return
        for each in fields(Uncertainty):
            if each.name != NO_DRAWS and getattr(one, each.name) != getattr(other, each.name):
                yield f"uncertainty.{each.name}"

    # Putting parts in place.

    def _side(self, cause: str, chosen: Chosen) -> Run:
        return self.after if cause in chosen else self.before

    def _recipe(self, chosen: Chosen) -> Recipe:
        recipe, weights = self._side(METHOD, chosen).recipe, self._side(WEIGHTS, chosen).recipe
        return replace(
            recipe,
            weights=weights.weights, weights_from=weights.weights_from, judged=weights.judged,
            uncertainty=self._side(DRAWS, chosen).recipe.uncertainty,
        )  # fmt: skip

    def _tree(self, chosen: Chosen) -> Tree:
        """Nodes and weights of one run, with how they are made from the other."""
        shape, means = self._side(WEIGHTS, chosen).tree, self._side(METHOD, chosen).tree
        nodes = []
        for node, own in shape.nodes.items():
            same_kind = node in means.nodes and bool(shape.children(node)) == bool(
                means.children(node)
            )
            other = means.nodes[node] if same_kind else own
            nodes.append(replace(other, parent=own.parent, weight=own.weight, line=own.line))
        return Tree(nodes, shape.file)

    def _mixed(self, chosen: Chosen, of: Callable[[Data], pd.DataFrame]) -> pd.DataFrame:
        """The cells of the one run and the other, of all units of one of them."""
        one, other, own = (
            of(side.data) for side in (self.before, self.after, self._side(UNITS, chosen))
        )
        cells = {name: column.reindex(own.index) for name, column in {**one, **other}.items()}
        for column, first, second in self._cells():
            if column in one and column in other:
                both = first.notna() & second.notna()
                taken = both & (DATA in chosen) | ~both & (MISSING in chosen)
                before, after = (side.loc[self._common, column] for side in (one, other))
                cells[column] = own[column].copy()
                cells[column].loc[self._common] = after.where(taken, before)
        return pd.DataFrame(cells, index=own.index)

    def _table(self, chosen: Chosen) -> Data:
        data = self._side(UNITS, chosen).data
        one, other = self.before.data, self.after.data
        texts = self._mixed(chosen, _texts).fillna("")
        return replace(
            data,
            frame=self._mixed(chosen, lambda side: side.frame),
            texts={column: texts[column].tolist() for column in texts},
            lines={**one.lines, **other.lines, **data.lines},
            units={**one.units, **other.units, **data.units},
            years={**one.years, **other.years} if data.years else data.years,
        )


def _digits(run: Run) -> pd.DataFrame:
    """How far the numbers may be from what is printed, if that is drawn."""
    drawn = run.recipe.uncertainty
    columns = run.data.texts if drawn and drawn.rounding else ()
    return Printed.of(run.data, columns, run.recipe.data.signs).halves


def _texts(data: Data) -> pd.DataFrame:
    """The cells of columns of numbers as they were typed."""
    return pd.DataFrame(dict(data.texts), index=data.frame.index, dtype=object)


def _place(tree: Tree, node: str) -> tuple[str, float]:
    """What a node is below, and with which share."""
    parent = tree.nodes[node].parent
    if not parent:
        return parent, 1.0
    shares = dict(zip(tree.children(parent), tree.shares(parent), strict=True))
    return parent, round(float(shares[node]), 12)


def _means(one: Node, other: Node) -> Iterator[str]:
    """In what two nodes differ besides their weight and their place."""
    for each in fields(Node):
        if each.name not in NO_MEANS and getattr(one, each.name) != getattr(other, each.name):
            yield each.name


def _named(key: str, one: Any, other: Any) -> Iterator[str]:
    """The keys below ``key`` that differ."""
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        for inner in dict.fromkeys([*one, *other]):
            if one.get(inner) != other.get(inner):
                yield from _named(f"{key}.{inner}", one.get(inner), other.get(inner))
    else:
        yield key
