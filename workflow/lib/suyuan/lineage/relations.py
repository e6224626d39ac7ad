"""Words that state a relation: what a sentence says of its facts, read back from its words.

The words are configuration, templates/relations.yaml. A relation is named by the outcomes of a
test that it is true of, as 不超过 of below and equal.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from suyuan.contract.configured import Document, Place, read_document
from suyuan.contract.shapes import Each, Keys, Text, hold, unknown_word
from suyuan.core.errors import Problem
from suyuan.core.layout import Layout
from suyuan.lineage import outcomes

WORDS = "templates/relations.yaml"
OPEN = "open"


@dataclass(frozen=True)
class Stated:
    """A word of a text, where it begins, and the relations that it is true of; none if open."""

    word: str
    at: int
    relations: frozenset[str]


@dataclass(frozen=True)
class Relations:
    """Words that state a relation, and the relations that each is true of."""

    meanings: Mapping[str, frozenset[str]]

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        longest = sorted(self.meanings, key=len, reverse=True)
        return re.compile("|".join(map(re.escape, longest)))

    def find(self, text: str) -> Iterator[Stated]:
        """Words of the text from left to right, the longest first; open ones included."""
        for found in self.pattern.finditer(text):
            yield Stated(found[0], found.start(), self.meanings[found[0]])

    def stated(self, text: str) -> list[Stated]:
        """Words of the text that state a relation."""
        return [found for found in self.find(text) if found.relations]


@dataclass(frozen=True)
class _Words:
    """Lists of words under relations. E186 for what is no relation, E193 for a word twice."""

    def problems(self, document: Document, place: Place) -> Iterator[Problem]:
        first: dict[str, int] = {}
        for key, words in document.at(place).items():
            here = (*place, key)
            if wrong := list(Each(Text()).problems(document, here)):
                yield from wrong
                continue
            for name in outcomes.listed(key) if key != OPEN else ():
                if name not in outcomes.RELATIONS:
                    yield unknown_word(document, here, name, (*outcomes.RELATIONS, OPEN))
            for at, word in enumerate(words):
                line = document.line((*here, at))
                if word in first:
                    yield document.problem("E193", (*here, at), word, first=str(first[word]))
                first.setdefault(word, line)


def read_relations(layout: Layout) -> Relations:
    """The words. Raises ConfigError: E186 for what is no relation, E193 for a word given twice."""
    document = read_document(layout.root / WORDS, WORDS)
    content = hold(document, Keys({"relations": _Words()}))["relations"]
    return Relations({
        word: frozenset(() if key == OPEN else outcomes.listed(key))
        for key, words in content.items()
        for word in words
    })  # fmt: skip
