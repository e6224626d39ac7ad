"""The part of a scorecard that goes unit by unit: each cell, what was made of it, and its score."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from suyuan.index.naming import TREAT, called
from suyuan.results import wording
from suyuan.results.card import Card, RankRow

CELLS = 15_000  # cells of the profiles, so that a page stays one that a browser opens
MISSING, FILLED, TREATED = "lack", "filled", "treated"  # classes of rows


@dataclass(frozen=True)
class CellRow:
    """An indicator of a unit; ``used`` is the number that was scored, where it is another."""

    indicator: str
    raw: str
    used: str
    score: str
    added: tuple[str, ...]
    remark: str
    kind: str


@dataclass(frozen=True)
class Profile:
    """A unit with all its indicators; ``nodes`` are the scores above them."""

    place: int
    unit: str
    heads: tuple[RankRow, ...]
    nodes: tuple[tuple[str, str, str], ...]
    cells: tuple[CellRow, ...]


class Profiles:
    """The profiles of a card."""

    def __init__(self, card: Card) -> None:
        self.card = card
        index = card.run.index
        self._changed: dict[tuple[str, str], list[str]] = {}
        for row in index.log.itertuples():
            said = "changed" if np.isfinite(row.before) else "filled"
            text = card.words[said].format(
                what=called(TREAT, str(row.what), card.lang),
                before=wording.number(row.before),
                after=wording.number(row.after),
            )
            self._changed.setdefault((str(row.indicator), str(row.unit)), []).append(text)
        treated = index.treated.reindex(card.run.data.frame.index)
        self._used = {leaf: treated[leaf].to_numpy(dtype=float) for leaf in card.tree.leaves}
        self._given = {
            leaf: card.run.data.frame[leaf].to_numpy(dtype=float) for leaf in card.tree.leaves
        }
        self._filled = {leaf: index.imputed[leaf].to_numpy() for leaf in card.tree.leaves}
        self._scores = {node: own.to_numpy() for node, own in index.aggregates.scores.items()}
        self._ranks = {node: own.to_numpy() for node, own in index.ranks.items()}
        self._added = [
            {leaf: own[leaf].to_numpy() for leaf in own} for own in index.contributions.values()
        ]

    @cached_property
    def shown(self) -> list[int]:
        """The units that have a profile: all, or the first ranks of the first root."""
        card = self.card
        room = max(1, CELLS // max(1, len(card.tree.leaves)))
        first = card.order(card.tree.roots[0])[:room]
        return first if len(first) < len(card.units) else list(range(len(card.units)))

    @property
    def bent(self) -> bool:
        """Whether a shown number was scored as another than the data have."""
        return any(
            not np.array_equal(self._used[leaf][self.shown], self._given[leaf][self.shown], True)
            for leaf in self.card.tree.leaves
        )

    def __iter__(self) -> Iterator[Profile]:
        card = self.card
        for place in self.shown:
            yield Profile(
                place,
                card.units[place],
                tuple(card.ranked(root, place) for root in card.tree.roots),
                tuple(self._above(place)),
                tuple(self._cells(place)),
            )

    def _above(self, place: int) -> Iterator[tuple[str, str, str]]:
        card = self.card
        for node, *_ in card.walk():
            if card.tree.children(node) and card.tree.nodes[node].parent:
                score = card.score(self._scores[node][place])
                yield card.name(node), score, wording.rank(self._ranks[node][place])

    def _cells(self, place: int) -> Iterator[CellRow]:
        card, unit = self.card, self.card.units[place]
        for leaf in card.tree.leaves:
            given, used = self._given[leaf][place], self._used[leaf][place]
            changes = self._changed.get((leaf, unit), [])
            lacking = not np.isfinite(given)
            same = given == used or not np.isfinite(used)
            kind = FILLED if self._filled[leaf][place] else MISSING if lacking else ""
            yield CellRow(
                card.name(leaf),
                raw_text(card, leaf, place),
                "" if same else wording.number(used),
                card.score(self._scores[leaf][place]),
                tuple(card.score(own[leaf][place]) if leaf in own else "" for own in self._added),
                "; ".join([*([card.words["missing"]] if lacking else []), *changes]),
                kind or ("" if same else TREATED),
            )


def raw_text(card: Card, leaf: str, place: int) -> str:
    """A cell of the data as it is written there."""
    texts = card.run.data.texts.get(leaf)
    if texts is not None:
        return str(texts[place])
    return wording.number(float(card.run.data.frame[leaf].iat[place]))
