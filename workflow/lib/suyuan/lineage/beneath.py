"""Which things values rest on, as sets of bits: values are many, and few of their sets differ."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Generic, TypeVar

from suyuan.lineage.graph import Graph, folded

T = TypeVar("T")


class Beneath(Generic[T]):
    """What each value of a graph has of its ``own``, and what its parents rest on.

    A set is an integer; equal ones are one object, so that what many rest on is held once.
    """

    def __init__(self, graph: Graph, own: Callable[[str], Iterable[T]]) -> None:
        self._graph, self._own = graph, own
        self._places: dict[T, int] = {}  # the bit of each thing, as they are met
        self._things: list[T] = []
        self._known: dict[str, int] = {}
        self._alike: dict[int, int] = {}

    def __call__(self, value_id: str) -> int:
        """The set of a value."""
        return folded(self._graph, value_id, self._known, self._made)

    def _made(self, value_id: str, inherited: Sequence[int]) -> int:
        found = 0
        for thing in self._own(value_id):
            if thing not in self._places:
                self._places[thing] = len(self._things)
                self._things.append(thing)
            found |= 1 << self._places[thing]
        for other in inherited:
            if other is not found:
                found |= other
        return self._alike.setdefault(found, found)

    def things(self, found: int) -> list[T]:
        """The things of a set, in the order they were met."""
        return [self._things[place] for place in bits(found)]


def bits(found: int) -> Iterator[int]:
    """The places of the bits of a set, in order."""
    text = bin(found)[:1:-1]
    place = text.find("1")
    while place >= 0:
        yield place
        place = text.find("1", place + 1)
