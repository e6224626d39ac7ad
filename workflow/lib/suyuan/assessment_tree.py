"""The indicator tree of config/tree.csv: which nodes lie below which, and how they are joined."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pandas as pd


@dataclass(frozen=True)
class Tree:
    """The indicator tree: children in order, and how each node joins them."""

    below: Mapping[str, tuple[str, ...]]
    aggregation: Mapping[str, str]

    @classmethod
    def of(cls, table: pd.DataFrame) -> Tree:
        """The tree of config/tree.csv."""
        ordered = table.sort_values(["level", "order"], key=lambda c: c.astype(int), kind="stable")
        below: dict[str, tuple[str, ...]] = dict.fromkeys(ordered["node_id"], ())
        for row in ordered.itertuples():
            if row.parent_id:
                below[row.parent_id] = (*below[row.parent_id], row.node_id)
        return cls(below, dict(zip(ordered["node_id"], ordered["aggregation"], strict=True)))

    def nodes(self, root: str) -> list[str]:
        """``root`` and everything under it, children before their parents."""
        return [node for child in self.below[root] for node in self.nodes(child)] + [root]

    def leaves(self, root: str) -> list[str]:
        return [node for node in self.nodes(root) if not self.below[node]]

    def paths(self, root: str) -> Iterator[tuple[str, ...]]:
        """For each node under ``root``, parents first: the way down to it, ``root`` left out."""
        for child in self.below[root]:
            yield (child,)
            yield from ((child, *path) for path in self.paths(child))
