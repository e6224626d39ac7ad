"""The part of a scorecard on what goes with what: weights that act, correlations, alpha."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from suyuan.index.leaving import LEAVE_ONE_OUT
from suyuan.index.statistics import ALPHA, CORRELATIONS
from suyuan.index.tables import WEIGHTS
from suyuan.results import drawings, wording
from suyuan.results.card import Card

CROSSED = 60  # indicators that a table of correlations has room for
STEPS = (-0.7, -0.3, 0.3, 0.7, 0.92)  # between shades of correlations


@dataclass(frozen=True)
class WeightRow:
    """An indicator: correlation with its root, weights, and what ranks are without it."""

    indicator: str
    correlation: str
    nominal: str
    effective: str
    moved: str
    largest: str


@dataclass(frozen=True)
class AlphaRow:
    """How far the children of a node say the same."""

    node: str
    parts: str
    units: str
    alpha: str


@dataclass(frozen=True)
class CrossRow:
    """An indicator and its correlations with those before it: shade and number."""

    place: int
    indicator: str
    cells: tuple[tuple[int, str], ...]


class Related:
    """What goes with what below a root."""

    def __init__(self, card: Card, root: str) -> None:
        self.card, self.root = card, root
        self.weights = card.of(WEIGHTS, root)
        self.leaves = [leaf for leaf in card.tree.leaves if leaf in set(self.weights["indicator"])]

    def rows(self) -> Iterator[WeightRow]:
        """The indicators in the order of the table of weights."""
        without = self.card.of(LEAVE_ONE_OUT, self.root).set_index("without").to_dict("index")
        for row in self.weights.itertuples():
            gone = without.get(str(row.indicator), {})
            largest = float(gone.get("largest", np.nan))
            yield WeightRow(
                self.card.name(str(row.indicator)),
                wording.score(float(row.correlation), 2),
                wording.share(float(row.nominal)),
                wording.share(float(row.effective)),
                str(gone["moved"]) if np.isfinite(largest) else "",
                wording.rank(largest),
            )

    def figure(self) -> str:
        """Correlations and weights as a figure."""
        rows = [
            (self.card.name(str(row.indicator)),
             {key: float(getattr(row, key)) for key in ("correlation", "nominal", "effective")})
            for row in self.weights.itertuples()
        ]  # fmt: skip
        title = self.card.words["tied_to_figure"].format(name=self.card.name(self.root))
        return drawings.tied(f"fig-tied-{self.card.at(self.root)}", title, rows, self.card.words)

    def alphas(self) -> list[AlphaRow]:
        """The nodes below the root of which there is an alpha."""
        below = self._below()
        table = ALPHA.of(self.card.run)
        assert table is not None
        return [
            AlphaRow(self.card.name(str(node)), str(items), str(units), text)
            for node, items, units, alpha in table.itertuples(index=False)
            if node in below and (text := wording.score(float(alpha), 2))
        ]

    def _below(self) -> set[str]:
        below = {self.root}
        for node, *_ in self.card.walk():
            if self.card.tree.nodes[node].parent in below:
                below.add(node)
        return below

    def crossed(self) -> list[CrossRow]:
        """Every two indicators, [] where there are too many, or too few units."""
        if not 1 < len(self.leaves) <= CROSSED:
            return []
        table = self.card.of(CORRELATIONS, self.root)
        found = {
            frozenset((first, second)): value
            for first, second, value in zip(
                table["first"], table["second"], table["pearson"], strict=True
            )
        }
        if not any(np.isfinite(found[frozenset(pair)]) for pair in _pairs(self.leaves)):
            return []
        return [
            CrossRow(
                place + 1,
                self.card.name(leaf),
                tuple(_cell(found[frozenset((leaf, other))]) for other in self.leaves[:place]),
            )
            for place, leaf in enumerate(self.leaves)
        ]


def _pairs(leaves: list[str]) -> Iterator[tuple[str, str]]:
    for place, leaf in enumerate(leaves):
        yield from ((other, leaf) for other in leaves[:place])


def _cell(value: float) -> tuple[int, str]:
    if not np.isfinite(value):
        return 2, ""
    text = wording.score(value, 2)
    return sum(value > step for step in STEPS), text.replace("0.", ".", 1)
