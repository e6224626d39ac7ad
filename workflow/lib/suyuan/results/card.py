"""What a scorecard shows of a run, ready to be written: the framework, ranks, what made scores.

Other parts of it stand beside: ``firm``, ``related``, ``asked``, ``profiles``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from suyuan.index.intervals import INTERVALS
from suyuan.index.naming import AGGREGATION, NORMALISE, called
from suyuan.index.pipeline import RANKED
from suyuan.index.run import OutputTable, Run
from suyuan.index.scoring import method_of
from suyuan.index.tree import Tree
from suyuan.results import drawings, wording

FIGURED = 200  # units that a figure has room for
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
    """A unit in the table of ranks of a root; ``bounds`` where something was not observed."""

    place: int  # of the unit in the data
    unit: str
    rank: str
    score: str
    interval: str
    ranks: str
    bounds: str
    coverage: str
    imputed: str
    status: str


class Card:
    """The scorecard of a run in a language."""

    def __init__(self, run: Run, lang: str) -> None:
        self.run, self.lang, self.words = run, lang, wording.words(lang)
        self.tree: Tree = run.index.tree
        self.units = [str(unit) for unit in run.data.frame.index]
        self.decimals = run.recipe.decimals

    def name(self, node: str) -> str:
        """What people call a node."""
        return self.tree.nodes[node].name or node

    @property
    def title(self) -> str:
        """The names of the roots."""
        return ", ".join(self.name(root) for root in self.tree.roots)

    def score(self, value: float) -> str:
        """A score as the recipe rounds it."""
        return wording.score(value, self.decimals)

    def span(self, low: float, high: float) -> str:
        """Two scores as ends, '' where there are none."""
        return f"{self.score(low)} – {self.score(high)}" if np.isfinite(low) else ""

    def at(self, root: str) -> int:
        """Which root it is, for names within the page."""
        return self.tree.roots.index(root)

    def of(self, output: OutputTable, root: str) -> pd.DataFrame:
        """The rows of a table that are of ``root``; none where the recipe asks for none."""
        table = output.of(self.run)
        if table is None:
            return pd.DataFrame(columns=[*output.columns])
        return table[table["node"] == root]

    # The framework.

    def nodes(self) -> Iterator[NodeRow]:
        """All nodes of the tree, each above what is below it."""
        for node, depth, share, whole in self.walk():
            parent = self.tree.nodes[node].parent
            shares = wording.share(share) if parent else ""
            in_root = wording.share(whole) if parent else ""
            yield NodeRow(self.name(node), depth, shares, in_root, self._how(node))

    def walk(self) -> Iterator[tuple[str, int, float, float]]:
        """Each node, how deep it is, its share among siblings and its weight in the root."""
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
            how = called(AGGREGATION, own.aggregation, self.lang)
            return self.words["mean"].format(how=how)
        better = self.words["up" if own.direction > 0 else "down"]
        how = called(NORMALISE, method_of(own, self.run.recipe.normaliser).name, self.lang)
        return self.words["scaled"].format(how=how, better=better)

    def framework(self) -> str:
        """The tree as a figure."""
        boxes: list[drawings.Box] = []
        parts = len(self.tree.roots)
        begun = {root: place / parts for place, root in enumerate(self.tree.roots)}
        used = dict(begun)
        for node, depth, _, whole in self.walk():
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

    # Ranks.

    @cached_property
    def intervals(self) -> Mapping[str, pd.DataFrame]:
        """By root the intervals of all units in the order of the data, where they are drawn."""
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
        return [self.ranked(root, place) for place in self.order(root)]

    @cached_property
    def bounded(self) -> frozenset[str]:
        """The roots of which some unit was not wholly observed, so that there are bounds."""
        held = self.run.index.aggregates.coverage
        return frozenset(root for root in self.tree.roots if (held[root] < 1).any())

    @cached_property
    def _columns(self) -> Mapping[str, Mapping[str, np.ndarray]]:
        """By root what the rows of ranks are made of, (units,) each."""
        index, found = self.run.index, self.run.index.aggregates
        columns = {}
        for root in self.tree.roots:
            own = {
                "rank": index.ranks[root], "score": found.scores[root], "low": found.low[root],
                "high": found.high[root], "coverage": found.coverage[root],
                "imputed": found.imputed[root], "status": index.status[root],
            }  # fmt: skip
            drawn = self.intervals.get(root, pd.DataFrame())
            own |= {name: drawn[name] for name in drawn if name not in own}
            columns[root] = {name: column.to_numpy() for name, column in own.items()}
        return columns

    def ranked(self, root: str, place: int) -> RankRow:
        """The row of one unit."""
        own = {name: column[place] for name, column in self._columns[root].items()}
        ranks = ""
        if np.isfinite(low := own.get("rank_low", np.nan)):
            ranks = f"{low:g} – {own['rank_high']:g}"
        return RankRow(
            place=place,
            unit=self.units[place],
            rank=wording.rank(own["rank"]),
            score=self.score(own["score"]),
            interval=self.span(own.get("score_low", np.nan), own.get("score_high", np.nan)),
            ranks=ranks,
            bounds=self.span(own["low"], own["high"]) if own["coverage"] < 1 else "",
            coverage=wording.share(own["coverage"]),
            imputed=wording.share(own["imputed"]),
            status=self.words[f"is_{own['status']}"],
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
            score = self.score(scores[place])
            ranked_here = self.run.index.status[root].iat[place] == RANKED
            rows.append((self.units[place], values, score if ranked_here else f"({score})"))
        title = self.words["made_of_figure"].format(name=self.name(root))
        return drawings.stacked(f"fig-parts-{self.at(root)}", title, rows, names)

    def scored_only(self, root: str) -> bool:
        """Whether a unit has a score and no rank."""
        unranked = self.run.index.status[root] != RANKED
        return bool(self.run.index.aggregates.scores[root][unranked].notna().any())

    def _child(self, root: str, part: str) -> str:
        """The child of ``root`` above ``part``, or the root where it has no parts."""
        while part != root and self.tree.nodes[part].parent != root:
            part = self.tree.nodes[part].parent
        return part
