"""The indicator tree of config/tree.csv: which nodes lie below which, and how they are joined."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from suyuan.contract.named import Named
from suyuan.contract.tables import Records

TREE, FILE, KEY = "tree", "config/tree.csv", "node_id"
SHAPE = (KEY, "parent_id", "level", "order", "aggregation")  # columns that make up the tree


@dataclass(frozen=True)
class IndicatorTree:
    """The indicator tree: children in order, and how each node joins them."""

    below: Mapping[str, tuple[str, ...]]
    aggregation: Mapping[str, str]

    @classmethod
    def of(cls, rows: Records) -> IndicatorTree:
        """The tree of config/tree.csv."""
        ordered = sorted(rows, key=lambda row: (int(row["level"]), int(row["order"])))
        below: dict[str, tuple[str, ...]] = {row["node_id"]: () for row in ordered}
        for row in ordered:
            if parent := row["parent_id"]:
                below[parent] = (*below[parent], row["node_id"])
        means = {row["node_id"]: row["aggregation"] for row in ordered}
        return cls(Named(FILE, KEY, below), Named(FILE, KEY, means))

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
