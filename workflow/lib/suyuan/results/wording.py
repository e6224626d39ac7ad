"""Words of scorecards in two languages, and numbers as they are shown."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

import numpy as np

from suyuan.contract.configured import read_document
from suyuan.core.numbers import MINUS
from suyuan.index import noise, said
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


def share(value: float, decimals: int = 1) -> str:
    """A share in per cent. What is not quite nothing is not 0, nor all what is not quite all."""
    if not np.isfinite(value):
        return ""
    size, least = abs(value), 10.0 ** -(decimals + 2)
    if noise.SHARE < size < least / 2:
        return f"{'<' if value > 0 else f'>{MINUS}'}{100 * least:.{decimals}f}%"
    if least / 2 > 1 - size > noise.SHARE:
        return f"{'>' if value > 0 else f'<{MINUS}'}{100 * (1 - least):.{decimals}f}%"
    return signed(f"{100 * value:.{decimals}f}%")


def shares(before: float, after: float) -> str:
    """One share and what it becomes, with as many decimals as tell them apart."""
    told = [[share(each, decimals) for each in (before, after)] for decimals in range(1, 10)]
    return " → ".join(next((pair for pair in told if pair[0] != pair[1]), told[0]))


def rank(value: float) -> str:
    """A rank, which ties may have a half of."""
    return f"{value:g}" if np.isfinite(value) else ""


def number(value: float) -> str:
    """A number of the data after it was treated."""
    return signed(f"{value:.6g}") if np.isfinite(value) else ""
