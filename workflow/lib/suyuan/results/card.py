"""What a scorecard shows of a run, ready to be written: rows of texts, and figures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from suyuan.index.intervals import INTERVALS
from suyuan.index.pipeline import RANKED
from suyuan.index.run import Run
from suyuan.index.scoring import method_of
from suyuan.index.tables import WEIGHTS
from suyuan.index.tree import Tree
from suyuan.results import drawings, wording

FIGURED = 200  # units that a figure has room for
CELLS = 15_000  # cells of the profiles, so that a page stays one that a browser opens
PARTS = 8  # colours of a bar, the rest in a ninth


@dataclass(frozen=True)
class NodeRow:
    """A node in the table of the framework."""

    name: str
    depth: int
    share: str
    in_root: str
    how: str


@dataclass(frozen=True)
class RankRow:
    """A unit in the table of ranks of a root."""

    place: int  # of the unit in the data
    unit: str
    rank: str
    score: str
    interval: str
    ranks: str
    coverage: str
    imputed: str
    status: str


@dataclass(frozen=True)
class CellRow:
    """An indicator of a unit."""

    indicator: str
    raw: str
    score: str
    added: tuple[str, ...]
    remark: str
    lacking: bool


@dataclass(frozen=True)
class Profile:
    """A unit with all its indicators; ``nodes`` are the scores above them."""

    place: int
    unit: str
    heads: tuple[RankRow, ...]
    nodes: tuple[tuple[str, str, str], ...]
    cells: tuple[CellRow, ...]


class Card:
    """The scorecard of a run in a language."""

    def __init__(self, run: Run, lang: str) -> None:
        self.run, self.lang, self.words = run, lang, wording.words(lang)
        self.tree: Tree = run.index.tree
        self.units = [str(unit) for unit in run.data.frame.index]
        self.decimals = run.recipe.decimals
        self._changed: dict[tuple[str, str], list[str]] = {}
        for row in run.index.log.itertuples():
            said = "changed" if np.isfinite(row.before) else "filled"
            text = self.words[said].format(
                what=row.what, before=wording.number(row.before), after=wording.number(row.after)
            )
            self._changed.setdefault((str(row.indicator), str(row.unit)), []).append(text)

    def name(self, node: str) -> str:
        """What people call a node."""
        return self.tree.nodes[node].name or node

    def _score(self, value: float) -> str:
        return wording.score(value, self.decimals)

    # The framework.

    def nodes(self) -> Iterator[NodeRow]:
        """All nodes of the tree, each above what is below it."""
        for node, depth, share, whole in self._walk():
            parent = self.tree.nodes[node].parent
            shares = wording.share(share) if parent else ""
            in_root = wording.share(whole) if parent else ""
            yield NodeRow(self.name(node), depth, shares, in_root, self._how(node))

    def _walk(self) -> Iterator[tuple[str, int, float, float]]:
        todo = [(root, 0, 1.0, 1.0) for root in reversed(self.tree.roots)]
        while todo:
            node, depth, share, whole = todo.pop()
            yield node, depth, share, whole
            children = self.tree.children(node)
            shares: Iterable[float] = self.tree.shares(node) if children else ()
            own = [
                (child, depth + 1, float(part), whole * float(part))
                for child, part in zip(children, shares, strict=True)
            ]
            todo += own[::-1]

    def _how(self, node: str) -> str:
        own = self.tree.nodes[node]
        if self.tree.children(node):
            return self.words["mean"].format(how=own.aggregation)
        better = self.words["up" if own.direction > 0 else "down"]
        how = method_of(own, self.run.recipe.normaliser).name
        return self.words["scaled"].format(how=how, better=better)

    def framework(self) -> str:
        """The tree as a figure."""
        boxes: list[drawings.Box] = []
        parts = len(self.tree.roots)
        begun = {root: place / parts for place, root in enumerate(self.tree.roots)}
        used = dict(begun)
        for node, depth, _, whole in self._walk():
            parent = self.tree.nodes[node].parent
            low = used[parent] if parent else begun[node]
            high = low + whole / parts
            if parent:
                used[parent] = high
            used[node] = low
            tip = f"{self.name(node)} {wording.share(whole)}"
            boxes.append(drawings.Box(self.name(node), depth, low, high, tip))
        title = self.words["framework_figure"].format(name=self.title)
        return drawings.framework("fig-framework", title, boxes)

    @property
    def title(self) -> str:
        """The names of the roots."""
        return ", ".join(self.name(root) for root in self.tree.roots)

    # Ranks.

    @cached_property
    def _intervals(self) -> Mapping[str, pd.DataFrame]:
        table = INTERVALS.of(self.run)
        if table is None:
            return {}
        return {str(node): own.set_index("unit") for node, own in table.groupby("node")}

    def order(self, root: str) -> list[int]:
        """The units, the best first, those that are not ranked last in the order of the data.

        In a panel the last year goes before the others.
        """
        ranks = self.run.index.ranks[root].to_numpy(dtype=float)
        years = self.run.data.years
        when = np.array([-years[unit] if years else 0 for unit in self.units])
        return [int(place) for place in np.lexsort((ranks, when))]

    def ranks(self, root: str) -> list[RankRow]:
        """The table of ranks."""
        return [self._ranked(root, place) for place in self.order(root)]

    def _ranked(self, root: str, place: int) -> RankRow:
        index, found = self.run.index, self.run.index.aggregates
        spread = self._intervals.get(root)
        own = spread.iloc[place] if spread is not None else {}

        def ends(key: str, shown: bool) -> str:
            low, high = (float(own.get(f"{key}_{end}", np.nan)) for end in ("low", "high"))
            if not np.isfinite(low):
                return ""
            texts = (self._score(low), self._score(high)) if shown else (f"{low:g}", f"{high:g}")
            return " – ".join(texts)

        return RankRow(
            place=place,
            unit=self.units[place],
            rank=wording.rank(index.ranks[root].iloc[place]),
            score=self._score(found.scores[root].iloc[place]),
            interval=ends("score", True),
            ranks=ends("rank", False),
            coverage=wording.share(found.coverage[root].iloc[place]),
            imputed=wording.share(found.imputed[root].iloc[place]),
            status=self.words[f"is_{index.status[root].iloc[place]}"],
        )

    def rank_intervals(self, root: str) -> str:
        """The ranks with their intervals as a figure, '' where none were drawn."""
        spread = self._intervals.get(root)
        if spread is None:
            return ""
        table = spread.iloc[self.order(root)].dropna(subset=["rank_low"])
        rows = [
            (str(unit), float(row["rank_low"]), float(row["rank"]), float(row["rank_high"]))
            for unit, row in table.head(FIGURED).iterrows()
        ]
        title = self.words["rank_intervals_figure"].format(name=self.name(root))
        last = max([float(table["rank_high"].max()), 2.0]) if rows else 2.0
        return (
            drawings.spans(f"fig-spans-{self.tree.roots.index(root)}", title, rows, last)
            if rows
            else ""
        )

    # What scores are made of.

    def made_of(self, root: str) -> str:
        """Stacked contributions as a figure, by child of the root."""
        added = self.run.index.contributions[root]
        groups: dict[str, list[str]] = {}
        for part in added:
            groups.setdefault(self._child(root, part), []).append(part)
        sums = {node: added[parts].sum(axis=1).to_numpy() for node, parts in groups.items()}
        ranked = sorted(sums, key=lambda node: -float(np.abs(sums[node]).sum()))
        kept = [node for node in sums if node in ranked[:PARTS]]
        left = [node for node in sums if node not in kept]
        names = [self.name(node) for node in kept] + ([self.words["rest"]] if left else [])
        scores = self.run.index.aggregates.scores[root].to_numpy(dtype=float)
        known = [place for place in self.order(root) if np.isfinite(scores[place])]
        rows = []
        for place in known[:FIGURED]:
            values = [float(sums[node][place]) for node in kept]
            if left:
                values.append(float(sum(sums[node][place] for node in left)))
            score = self._score(scores[place])
            ranked_here = self.run.index.status[root].iat[place] == RANKED
            rows.append((self.units[place], values, score if ranked_here else f"({score})"))
        title = self.words["made_of_figure"].format(name=self.name(root))
        return drawings.stacked(f"fig-parts-{self.tree.roots.index(root)}", title, rows, names)

    def scored_only(self, root: str) -> bool:
        """Whether a unit has a score and no rank."""
        unranked = self.run.index.status[root] != RANKED
        return bool(self.run.index.aggregates.scores[root][unranked].notna().any())

    def _child(self, root: str, part: str) -> str:
        """The child of ``root`` above ``part``, or the root where it has no parts."""
        while part != root and self.tree.nodes[part].parent != root:
            part = self.tree.nodes[part].parent
        return part

    def _weights(self, root: str) -> pd.DataFrame:
        table = WEIGHTS.of(self.run)
        assert table is not None
        return table[table["node"] == root]

    def ties(self, root: str) -> Iterator[tuple[str, ...]]:
        """Of each indicator its name, correlation, weight on paper and effective weight."""
        for row in self._weights(root).itertuples():
            correlation = wording.score(float(row.correlation), 2)
            yield (
                self.name(str(row.indicator)),
                correlation,
                wording.share(float(row.nominal)),
                wording.signed(wording.share(float(row.effective))),
            )

    def tied(self, root: str) -> str:
        """The same as a figure."""
        own = self._weights(root)
        rows = [
            (self.name(str(row.indicator)),
             {key: float(getattr(row, key)) for key in ("correlation", "nominal", "effective")})
            for row in own.itertuples()
        ]  # fmt: skip
        title = self.words["tied_to_figure"].format(name=self.name(root))
        return drawings.tied(f"fig-tied-{self.tree.roots.index(root)}", title, rows, self.words)

    # Unit by unit.

    @cached_property
    def profiled(self) -> list[int]:
        """The units that have a profile: all, or the first ranks of the first root."""
        room = max(1, CELLS // max(1, len(self.tree.leaves)))
        first = self.order(self.tree.roots[0])[:room]
        return first if len(first) < len(self.units) else list(range(len(self.units)))

    def profiles(self) -> Iterator[Profile]:
        for place in self.profiled:
            heads = tuple(self._ranked(root, place) for root in self.tree.roots)
            yield Profile(
                place,
                self.units[place],
                heads,
                tuple(self._above(place)),
                tuple(self._cells(place)),
            )

    def _above(self, place: int) -> Iterator[tuple[str, str, str]]:
        index = self.run.index
        for node, *_ in self._walk():
            if self.tree.children(node) and self.tree.nodes[node].parent:
                value = index.aggregates.scores[node].iat[place]
                yield (
                    self.name(node),
                    self._score(value),
                    wording.rank(index.ranks[node].iat[place]),
                )

    def _cells(self, place: int) -> Iterator[CellRow]:
        index, unit = self.run.index, self.units[place]
        for leaf in self.tree.leaves:
            raw = self.raw(leaf, place)
            filled = bool(index.imputed[leaf].iat[place])
            changes = self._changed.get((leaf, unit), [])
            lacking = not np.isfinite(self.run.data.frame[leaf].iat[place])
            remarks = [self.words["missing"]] if lacking else []
            added = tuple(
                self._score(own[leaf].iat[place]) if leaf in own else ""
                for own in index.contributions.values()
            )
            yield CellRow(
                self.name(leaf), raw, self._score(index.aggregates.scores[leaf].iat[place]),
                added, "; ".join([*remarks, *changes]), lacking or filled,
            )  # fmt: skip

    def raw(self, leaf: str, place: int) -> str:
        """A cell of the data as it is written there."""
        texts = self.run.data.texts.get(leaf)
        if texts is not None:
            return str(texts[place])
        return wording.number(float(self.run.data.frame[leaf].iat[place]))
