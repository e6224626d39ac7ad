"""The comparison as people are shown it: items by kind, the most important first.

An item says what it is about, what was and what is, and why. ``digest`` is of exactly that, so
that a verdict holds for what was seen and for nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

Document = Mapping[str, Any]
Entry = Mapping[str, Any]
UNEXPLAINED, CLAIM, RANK, TEXT, VALUE = "unexplained", "claim", "rank", "text", "value"
NEW, FIGURE, NUMBER, QUIET, INPUT = "new", "figure", "number", "quiet", "input"
# A value that came or went is no revision of what was: new periods stand apart from history.
KINDS = (UNEXPLAINED, CLAIM, RANK, TEXT, VALUE, NEW, FIGURE, NUMBER, QUIET, INPUT)
ALIKE = ("moved", "order")  # changes that leave every word and number as it was


@dataclass(frozen=True)
class Cause:
    """What moved something: its name, and its share as it is printed and as a number."""

    kind: str
    ref: str
    label: str
    share: str = ""
    number: float | None = None
    cells: tuple[str, ...] = ()  # the names of those counted as one, and what they are
    parts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Item:
    """One thing that changed."""

    kind: str
    id: str
    title: str
    change: str
    before: str
    after: str
    sections: tuple[str, ...] = ()
    causes: tuple[Cause, ...] = ()
    delta: str = ""
    relative: float | None = None
    digest: str = ""
    more: Entry = field(default_factory=dict)  # what only its kind has

    @property
    def name(self) -> str:
        """What a verdict calls it."""
        return f"{self.kind}:{self.id}"

    @property
    def main(self) -> Cause | None:
        """The cause with the largest share."""
        return max(self.causes, key=lambda cause: abs(cause.number or 0), default=None)


@dataclass(frozen=True)
class View:
    """All items of a comparison, and what they are spoken of with."""

    document: Document
    items: tuple[Item, ...]
    titles: Mapping[str, str]  # of sections

    def of(self, *kinds: str, changes: Sequence[str] = ()) -> list[Item]:
        """The items of some kinds, with one of the changes where these are named."""
        return [
            item
            for item in self.items
            if item.kind in kinds and (not changes or item.change in changes)
        ]

    @property
    def sections(self) -> list[str]:
        """The sections that tell or draw something otherwise, in the order of the report."""
        found = {name for item in self.of(TEXT, NUMBER, FIGURE) for name in item.sections}
        return [name for name in self.titles if name in found]

    def by_section(self, items: Iterable[Item]) -> list[tuple[str, list[Item]]]:
        """Items under the section that tells of them first, in the order of the report."""
        found: dict[str, list[Item]] = {}
        for item in items:
            found.setdefault(item.sections[0] if item.sections else "", []).append(item)
        order = {name: place for place, name in enumerate(self.titles)}
        return sorted(found.items(), key=lambda one: order.get(one[0], len(order)))

    def narrowed(self, only: Sequence[str] = (), tolerance: float = 0) -> View:
        """The same with items of some kinds only, and without numbers that moved by less.

        ``tolerance`` is relative; a number whose printed words changed without it stays.
        """

        def wanted(item: Item) -> bool:
            small = item.relative is not None and abs(item.relative) < tolerance
            return (not only or item.kind in only) and not small

        return replace(self, items=tuple(filter(wanted, self.items)))

    @property
    def empty(self) -> bool:
        """Whether nothing changed but the order of what is shown."""
        return all(item.change in ALIKE for item in self.items)
