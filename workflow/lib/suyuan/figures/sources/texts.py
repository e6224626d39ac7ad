"""Rows of a table with several texts each: a mark for a row's name, then one for each part."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd

from suyuan.contract.shapes import Each, Keys, Text
from suyuan.figures.book import Book
from suyuan.figures.description import Spec
from suyuan.figures.source import OF, Source

NOTHING = float("nan")
PART = Keys({"column": Text(), "label": Text()})


def _marks(book: Book, spec: Spec) -> Iterator[dict[str, Any]]:
    """``series`` is the name of the row; the label of its own mark is that name too."""
    name, title = spec["table"], spec["title"]
    found = book.table(name)
    for column in (title, *(part["column"] for part in spec["parts"])):
        if column not in found:
            raise book.refused("E345", f"{name}.{column}")
    key = found.columns[1]  # the first column is the line number
    for row in found.to_dict("records"):
        own = f"{name}.{title}.{row[key]}"
        series = {"series": own}
        yield book.mark(own, NOTHING, {**series, "label": own})
        for part in spec["parts"]:
            if row[part["column"]]:
                value = f"{name}.{part['column']}.{row[key]}"
                yield book.mark(value, NOTHING, series, label=part["label"])


SOURCE = Source(
    required={OF: Text(), "table": Text(), "title": Text(), "parts": Each(PART)},
    optional={},
    gives=lambda _: frozenset(),
    table=lambda book, spec: pd.DataFrame(_marks(book, spec)),
)
