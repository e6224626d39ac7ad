"""The tree of a composite indicator: which nodes there are, their weights and their goalposts.

Leaves are indicators, that is columns of the data. Weights are shares among siblings: they are
divided by their sum, so 2 and 1 say the same as 0.4 and 0.2.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np

from suyuan.core.errors import DataError, Problem
from suyuan.index import noise
from suyuan.index.aggregations import ARITHMETIC, Aggregation, aggregation

LINEAR, LOG = "linear", "log"
SCALES = (LINEAR, LOG)


BROKEN = {"E501", "E502", "E509"}  # who hangs from whom is not known


@dataclass(frozen=True)
class Node:
    """A node as its table row says it; ``parent`` is empty at a root, ``line`` is for messages.

    For leaves: ``direction`` is 1 when more is better and -1 when less is; ``low``, ``high``,
    ``target``, ``optimum_low`` and ``optimum_high`` are in the unit of the data; ``scale`` says
    whether differences or ratios of the data count; ``normalise`` and ``clip`` stand for those of
    the recipe where they are given. For the others: ``aggregation``, ``coverage`` in place of the
    recipe's, and ``available``, the share of their weight that children need for a score.
    """

    id: str
    parent: str = ""
    weight: float = 1.0
    name: str = ""
    aggregation: str = ARITHMETIC
    direction: int = 1
    low: float | None = None
    high: float | None = None
    target: float | None = None
    scale: str = LINEAR
    line: int = 1
    normalise: str = ""
    optimum_low: float | None = None
    optimum_high: float | None = None
    clip: bool | None = None
    coverage: float | None = None
    available: float = 0.0

    @property
    def how(self) -> Aggregation:
        """How its children are aggregated."""
        return aggregation(self.aggregation)


class Tree:
    """Nodes that hang together, with any number of levels and roots.

    Raises DataError when they do not: E501 two nodes of one name, E502 unknown parent, E503 a
    node below itself, E504 a weight that is negative or not finite, E505 siblings whose weights
    sum to zero, E506 goalposts that are not low below high, E509 no nodes, E523 a root
    with nothing below it. ``file`` is the name
    messages print.
    """

    def __init__(self, nodes: Iterable[Node], file: str = "tree") -> None:
        self.file = file
        listed = tuple(nodes)
        self.nodes: Mapping[str, Node] = {node.id: node for node in listed}
        self._children: dict[str, list[str]] = {}
        for node in self.nodes.values():
            self._children.setdefault(node.parent, []).append(node.id)
        problems = [*_structure_problems(listed, file)]
        told = {problem.code for problem in problems}
        if not told & BROKEN:  # else it may only follow that a node hangs from nothing
            problems += self._root_problems()
        if "E504" not in told:
            problems += self._weight_problems()
        if problems:
            raise DataError(problems)

    def problem(
        self, code: str, node: str, column: str, value: str = "", **details: str
    ) -> Problem:
        """A problem at the row of ``node``, with ``value`` in its cell of ``column``."""
        return Problem(code, self.file, self.nodes[node].line, column, value, details)

    def _root_problems(self) -> Iterator[Problem]:
        reached = {node for root in self.roots for node in self._below(root)}
        for node in self.nodes:
            if node not in reached:
                yield self.problem("E503", node, "parent_id", self.nodes[node].parent)
        for root in self.roots:
            if not self.children(root):
                yield self.problem("E523", root, "node_id", root)

    def _weight_problems(self) -> Iterator[Problem]:
        for parent, children in self._children.items():
            if parent and not sum(self.nodes[child].weight for child in children) > 0:
                yield self.problem("E505", children[0], "weight", parent=parent)

    def _below(self, node: str) -> Iterator[str]:
        """``node`` and all its descendants, children before parents."""
        for child in self._children.get(node, ()):
            yield from self._below(child)
        yield node

    @property
    def roots(self) -> tuple[str, ...]:
        """Nodes without a parent, in the order of the table."""
        return tuple(self._children.get("", ()))

    @property
    def leaves(self) -> tuple[str, ...]:
        """The indicators, in the order of the table."""
        return tuple(node for node in self.nodes if node not in self._children)

    @property
    def upward(self) -> tuple[str, ...]:
        """The nodes that have children, each after all nodes below it."""
        below = (node for root in self.roots for node in self._below(root))
        return tuple(node for node in below if node in self._children)

    def children(self, node: str) -> tuple[str, ...]:
        """The nodes right below ``node``, in the order of the table; none below a leaf."""
        return tuple(self._children.get(node, ()))

    def shares(self, node: str) -> np.ndarray:
        """Weights of the children of ``node``, shape (children,), summing to 1."""
        return noise.normed(self.nodes[child].weight for child in self.children(node))

    def weighed(self, node: str) -> tuple[tuple[str, ...], np.ndarray]:
        """The children of ``node`` and their shares in one order, however the table is sorted.

        Sums in this order are the same to the last digit.
        """
        children = tuple(sorted(self.children(node)))
        return children, noise.normed(self.nodes[child].weight for child in children)

    def leaves_below(self, node: str) -> tuple[str, ...]:
        """The indicators that ``node`` is made from; a leaf is made from itself."""
        return tuple(below for below in self._below(node) if below not in self._children)

    def leaf_weights(self, node: str) -> dict[str, float]:
        """Nominal weight of each indicator in ``node``: the product of shares on its path."""
        if node not in self._children:
            return {node: 1.0}
        return {
            leaf: float(share) * weight
            for child, share in zip(self.children(node), self.shares(node), strict=True)
            for leaf, weight in self.leaf_weights(child).items()
        }

    def reweighted(self, weights: Mapping[str, float]) -> Tree:
        """The same tree with other weights for the nodes that ``weights`` names."""
        nodes = self.nodes.values()
        return Tree([replace(n, weight=weights.get(n.id, n.weight)) for n in nodes], self.file)

    def aggregated(self, aggregation: str) -> Tree:
        """The same tree with one aggregation at all nodes."""
        nodes = self.nodes.values()
        return Tree([replace(node, aggregation=aggregation) for node in nodes], self.file)

    def without(self, node: str) -> Tree:
        """The tree less ``node``, all below it, and parents that are left with no children."""
        gone = set(self._below(node))
        parent = self.nodes[node].parent
        while parent and set(self.children(parent)) <= gone:
            gone.add(parent)
            parent = self.nodes[parent].parent
        return Tree([kept for kept in self.nodes.values() if kept.id not in gone], self.file)


def _structure_problems(nodes: tuple[Node, ...], file: str) -> Iterator[Problem]:
    if not nodes:
        yield Problem("E509", file, 1, "node_id")
    first: dict[str, int] = {}
    for node in nodes:
        if node.id in first:
            details = {"first": str(first[node.id])}
            yield Problem("E501", file, node.line, "node_id", node.id, details)
        first.setdefault(node.id, node.line)
    for node in nodes:
        if node.parent and node.parent not in first:
            yield Problem("E502", file, node.line, "parent_id", node.parent)
        if not (node.weight >= 0 and math.isfinite(node.weight)):
            yield Problem("E504", file, node.line, "weight", str(node.weight))
        if node.low is not None and node.high is not None and not node.low < node.high:
            details = {"low": str(node.low)}
            yield Problem("E506", file, node.line, "high", str(node.high), details)
