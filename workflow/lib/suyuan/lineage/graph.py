"""Walks over the graph of values; each knows only how to go from a value to its parents.

Ledgers and lineage files are walked alike. No walk recurses, so a chain may be of any length.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

from suyuan.core.errors import CircularValue, UnknownValue

T = TypeVar("T")


class Graph(Protocol):
    """Whatever knows the parents of a value by its id: a ledger, or ``Entries``."""

    def parents(self, value_id: str) -> Sequence[str]: ...


@dataclass(frozen=True)
class Entries:
    """The values of a lineage file as a graph."""

    values: Mapping[str, Mapping[str, Any]]

    def parents(self, value_id: str) -> Sequence[str]:
        if value_id not in self.values:
            raise UnknownValue(value_id)
        return self.values[value_id].get("in", ())


def ancestry(graph: Graph, wanted: Iterable[str]) -> set[str]:
    """``wanted`` and everything they were made from."""
    seen: set[str] = set()
    todo = list(wanted)
    while todo:
        value_id = todo.pop()
        if value_id not in seen:
            seen.add(value_id)
            todo += graph.parents(value_id)
    return seen


def downward(graph: Graph, wanted: Iterable[str]) -> Iterator[str]:
    """The values and all they were made from, each once: itself, then its parents, in order.

    Whoever needs only the first of them walks no further.
    """
    seen: set[str] = set()
    waiting = [iter(wanted)]
    while waiting:
        for value_id in waiting[-1]:
            if value_id not in seen:
                seen.add(value_id)
                yield value_id
                waiting.append(iter(graph.parents(value_id)))
                break
        else:
            waiting.pop()


class Deciding(Graph, Protocol):
    """A graph that also knows what was looked at to select, order or word a value."""

    def via(self, value_id: str) -> Sequence[str]: ...

    def looked_at(self, group: str) -> Iterable[str]: ...


def deciding(graph: Deciding, wanted: Iterable[str]) -> set[str]:
    """``wanted``, everything they were made from, and every value that decided any of these."""
    found = ancestry(graph, wanted)
    groups: set[str] = set()
    todo = found
    while new := {name for own in todo for name in graph.via(own)} - groups:
        groups |= new
        looked = [value_id for name in new for value_id in graph.looked_at(name)]
        todo = ancestry(graph, looked) - found
        found |= todo
    return found


def upward(graph: Graph, value_id: str, known: Container[str]) -> Iterator[str]:
    """The value and all it was made from, each once and after all of its own parents.

    What is ``known`` is left out, with what only that was made from; whoever asks may add each id
    to it as it comes. Raises CircularValue for a value made from itself.
    """
    done: set[str] = set()
    entered: set[str] = set()
    todo = [value_id]
    while todo:
        own = todo[-1]
        if own in done or own in known:
            todo.pop()
        elif own in entered:
            yield own
            done.add(own)
            todo.pop()
        else:
            entered.add(own)
            waiting = [p for p in graph.parents(own) if p not in done and p not in known]
            if circular := entered.intersection(waiting):
                raise CircularValue(min(circular), [own])
            todo += reversed(waiting)


def folded(
    graph: Graph, value_id: str, known: dict[str, T], make: Callable[[str, Sequence[T]], T]
) -> T:
    """What ``make`` makes of a value, given what it made of each of its parents.

    ``known`` keeps it of every value on the way, so that each is asked once.
    """
    for own in upward(graph, value_id, known):
        known[own] = make(own, [known[parent] for parent in graph.parents(own)])
    return known[value_id]


def gathered(
    graph: Graph,
    value_id: str,
    known: dict[str, dict[T, None]],
    own: Callable[[str], Iterable[T]],
) -> dict[T, None]:
    """What a value has of its own, then what its parents gather, each once: an ordered set.

    A value with no more than its first parent has is given the parent's, so do not change it.
    """

    def make(name: str, inherited: Sequence[dict[T, None]]) -> dict[T, None]:
        found, ours = dict.fromkeys(own(name)), True
        for things in inherited:
            if not found:
                found, ours = things, False
            elif things is not found and not things.keys() <= found.keys():
                found, ours = (found if ours else dict(found)), True
                found |= things
        return found

    return folded(graph, value_id, known, make)
