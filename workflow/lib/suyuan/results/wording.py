"""Words of scorecards in two languages, and numbers as they are shown."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

import numpy as np

from suyuan.contract.configured import read_document
from suyuan.core.numbers import MINUS
from suyuan.index import said
from suyuan.index.ranking import round_half_up

WORDS = "results.yaml"
Words = Mapping[str, str]
DECIMALS = 2  # of scores, where the recipe rounds none


@lru_cache
def words(lang: str) -> Words:
    """All words of a language, by name."""
    path = said.folder(lang) / WORDS
    content: Words = read_document(path, WORDS).content
    return content


def score(value: float, decimals: int | None) -> str:
    """A score as it is shown, '' for none."""
    if not np.isfinite(value):
        return ""
    return signed(str(round_half_up(value, DECIMALS if decimals is None else decimals)))


def signed(text: str) -> str:
    """A number with the sign that print has for below zero, where a digit of it says so."""
    if not text.startswith("-"):
        return text
    below = any(digit in text for digit in "123456789")
    return f"{MINUS if below else ''}{text[1:]}"


def share(value: float) -> str:
    """A share in per cent."""
    return f"{100 * value:.1f}%" if np.isfinite(value) else ""


def rank(value: float) -> str:
    """A rank, which ties may have a half of."""
    return f"{value:g}" if np.isfinite(value) else ""


def number(value: float) -> str:
    """A number of the data after it was treated."""
    return signed(f"{value:.6g}") if np.isfinite(value) else ""
