"""The vocabulary of templates/words.yaml, in which no word is missing in silence."""

from __future__ import annotations

from collections.abc import Mapping
from copy import copy
from typing import Any

from suyuan.contract.configured import Document, Place, read_document
from suyuan.contract.shapes import Text
from suyuan.core.errors import ConfigError
from suyuan.core.layout import Layout
from suyuan.core.names import in_time
from suyuan.core.numbers import chinese_ordinal

WORDS = "templates/words.yaml"


class Words(dict[str, Any]):
    """Words by code; one that is missing raises ConfigError E197, with the place for it."""

    def __init__(self, document: Document, place: Place) -> None:
        self.document, self.place = document, place
        entries = document.at(place)
        if not isinstance(entries, dict):
            raise ConfigError(document.problem("E183", place, str(entries or "")))
        super().__init__({key: self._word((*place, key)) for key in entries})

    def _word(self, place: Place) -> Any:
        if isinstance(self.document.at(place), dict):
            return Words(self.document, place)
        if wrong := list(Text(empty=True).problems(self.document, place)):
            raise ConfigError(wrong)
        return self.document.at(place)

    def __or__(self, other: Mapping[str, Any]) -> Words:  # type: ignore[override]
        """These with others, of which a missing one is told as before."""
        made = copy(self)
        made.update(other)
        return made

    def __missing__(self, key: str) -> Any:
        raise ConfigError(self.document.problem("E197", self.place, key))


def read_words(layout: Layout) -> Words:
    """The vocabulary. Raises ConfigError for what is no text."""
    return Words(read_document(layout.root / WORDS, WORDS), ())


def edition_label(edition: str, words: Mapping[str, Any]) -> str:
    """The name of an edition as printed, by its quarter and the vocabulary."""
    year, quarter = in_time(edition)[0].split("Q")
    ordinal = chinese_ordinal(int(quarter)).removeprefix(chinese_ordinal(1)[:1])
    said: str = words["period"]["year"].format(year) + words["period"]["quarter"].format(ordinal)
    return said
