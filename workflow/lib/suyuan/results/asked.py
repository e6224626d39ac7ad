"""The part of a scorecard on what should be thought over: questions, and what they rest on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from suyuan.index import said
from suyuan.index.pipeline import RANKED
from suyuan.index.selfcheck import AGAINST, ALIKE, FEW, TURNS, WEIGHT, Finding
from suyuan.results import wording
from suyuan.results.card import Card

MOST = 40  # findings of a kind that a page lists


@dataclass(frozen=True)
class FoundRow:
    """A finding of the self-check in words."""

    what: str
    first: str
    second: str
    value: str
    limit: str


class Asked:
    """What a run is asked about itself."""

    def __init__(self, card: Card) -> None:
        self.card = card
        self.found = card.run.findings

    def questions(self) -> list[str]:
        """What was computed as asked, but may not be what was meant."""
        return [said.bare(problem, self.card.lang) for problem in self.card.run.queries]

    def rows(self) -> Iterator[FoundRow]:
        """The findings, at most ``MOST`` of a kind and root."""
        listed: dict[tuple[str, str], int] = {}
        for one in self.found:
            key = one.node, one.what
            listed[key] = listed.get(key, 0) + 1
            if listed[key] <= MOST:
                yield self._row(one)

    @property
    def cut(self) -> bool:
        """Whether some findings are only in the table."""
        return sum(1 for _ in self.rows()) < len(self.found)

    def _row(self, one: Finding) -> FoundRow:
        words, names = self.card.words, (one.first, one.second)
        if one.what != TURNS:  # which names units
            names = self.card.name(one.first), self.card.name(one.second) if one.second else ""
        return FoundRow(words[f"found_{one.what}"], *names, _number(one), _limit(one))

    @property
    def few(self) -> bool:
        """Whether a root has too few ranked units for correlations to be looked at."""
        status = self.card.run.index.status
        return any((status[root] == RANKED).sum() < FEW for root in self.card.tree.roots)


def _number(one: Finding) -> str:
    if one.what == WEIGHT:
        return f"{one.value:.2f}"
    return (
        wording.score(one.value, 2) if one.what in (AGAINST, ALIKE) else wording.number(one.value)
    )


def _limit(one: Finding) -> str:
    return f"1/{one.limit:g} … {one.limit:g}" if one.what == WEIGHT else wording.number(one.limit)
