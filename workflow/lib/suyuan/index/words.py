"""Words by which rows and columns of other people's tables are recognised."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from suyuan.contract.configured import read_document
from suyuan.core.resources import carried

WORDS = "templates/index/words.yaml"
AROUND = re.compile(r"^[\s*†‡#:：(（\[【]+|[\s*†‡:：.)）\]】]+$")

# what footnotes begin with
FOOTNOTE = re.compile(r"[*†‡§①-⑳]|[\[(（【]\w{1,2}[\])）】]|\w{1,2}[)）]")


@lru_cache
def words() -> Mapping[str, frozenset[str]]:
    """The words by what they are of: totals, notes, missing, years, units."""
    content = read_document(carried() / WORDS, WORDS).content
    return {kind: frozenset(map(str, listed)) for kind, listed in content.items()}


def plain(text: str) -> str:
    """Text as the words are written: small letters, no blanks, nothing around it."""
    return re.sub(r"[\s_]+", "", AROUND.sub("", text)).casefold()


def is_total(text: str) -> bool:
    """Whether a row of that name is, by its name, made from the others."""
    return plain(text) in words()["totals"]


def is_note(text: str) -> bool:
    """Whether a row that begins so is, by its words, a note."""
    begun, colon, _ = text.replace("：", ":").partition(":")
    return bool(colon) and plain(begun) in words()["notes"]


def is_footnote(text: str) -> bool:
    """Whether a row that begins so may be a footnote, where no other cell of it says anything."""
    mark = FOOTNOTE.match(text)
    return mark is not None and mark.end() < len(text)


def is_missing(text: str) -> bool:
    """Whether a cell says, as offices and programs do, that there is no value."""
    return text.casefold() in words()["missing"]
