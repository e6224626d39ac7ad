"""Tables of another shape than a row per unit and a column per indicator, as people have them.

Each is known by its names or its repetitions, is told with what to do about it, and never turned
into the other shape unasked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from suyuan.core.errors import Problem
from suyuan.index.cells import NUMBER
from suyuan.index.sheets import Sheet

YEARS = range(1800, 2200)
SHOWN = 3  # names that a message repeats
DENSE = 2  # a long table has at least every second of all combinations
YEAR = re.compile(r"\d{4}")


def headless(sheet: Sheet, name: str) -> Iterator[Problem]:
    """E574: a header that is a row of data."""
    if names_are_data(sheet.header):
        value = ", ".join(filter(str.strip, sheet.header[:SHOWN]))
        yield Problem("E574", name, sheet.line, "", value, {"line": str(sheet.line)})


def names_are_data(header: Sequence[str]) -> bool:
    """Whether all cells but the first are numbers.

    Years are names, and so is what counts under an empty first cell, as pandas writes it.
    """
    first, *others = [text.strip() for text in header]
    told = [text for text in others if text]
    numbers = all(NUMBER.fullmatch(text) for text in told)
    return bool(first and told) and numbers and not all_years(told)


def all_years(names: Sequence[str]) -> bool:
    """Whether these are years and nothing else, at least two."""
    return len(names) > 1 and all(YEAR.fullmatch(n) and int(n) in YEARS for n in names)


def long_by(labels: Sequence[str], columns: Mapping[str, Sequence[str]]) -> tuple[str, str]:
    """The column of texts by which rows of one label differ in a long table, and some of them.

    ('', '') where there is none, or where no label is there twice.
    """
    distinct = len(set(labels))
    if distinct == len(labels):
        return "", ""
    for column, texts in columns.items():
        values = dict.fromkeys(texts)
        numeric = any(NUMBER.fullmatch(text) for text in values)
        pairs = set(zip(labels, texts, strict=True))
        dense = distinct * len(values) <= DENSE * len(labels)
        if column.strip() and not numeric and len(pairs) == len(labels) and dense:
            listed = list(values)[:SHOWN]
            return column, ", ".join(listed) + (", …" if len(values) > SHOWN else "")
    return "", ""
