"""Trees for tests, written as they hang: names with weights, and what is below them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from suyuan.index.aggregations import ARITHMETIC
from suyuan.index.tree import Node, Tree


def grown(below: Mapping[str, Any], aggregation: str = ARITHMETIC) -> Tree:
    """A tree below a root ``top``: a weight for an indicator, (weight, what is below) for a node.

    ``aggregation`` is that of the root.
    """
    return Tree([Node("top", aggregation=aggregation), *_nodes("top", below)])


def _nodes(parent: str, below: Mapping[str, Any]) -> Iterator[Node]:
    for name, own in below.items():
        weight, children = own if isinstance(own, tuple) else (own, {})
        yield Node(name, parent, weight)
        yield from _nodes(name, children)


def flat(*weights: float) -> Tree:
    """A root with indicators i0, i1, … of these weights."""
    return grown({f"i{place}": weight for place, weight in enumerate(weights)})


def two_levels(inner: str, weight: float = 1) -> str:
    """A file: a and b, of that weight, below ``inner``; c beside that, all between 0 and 10."""
    return (
        "node_id,parent_id,weight,low,high\ntop,,,,\n"
        f"{inner},top,1,,\na,{inner},1,0,10\nb,{inner},{weight},0,10\nc,top,1,0,10\n"
    )
