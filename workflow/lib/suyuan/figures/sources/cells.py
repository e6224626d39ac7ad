"""Cells of a table: a series for each of some columns, a mark for each row in it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd

from suyuan.contract.shapes import Every, Text
from suyuan.figures.book import Book
from suyuan.figures.description import Spec
from suyuan.figures.source import OF, Source

NOTHING = float("nan")


def _marks(book: Book, spec: Spec) -> Iterator[dict[str, Any]]:
    """The text of every row in every column, row by row; ``columns`` names them in words."""
    name = spec["table"]
    found = book.table(name)
    for column in (spec["label"], *spec["columns"].values()):
        if column not in found:
            raise book.refused("E345", f"{name}.{column}")
    for key in found[found.columns[1]]:  # the first column is the line number
        for series, column in spec["columns"].items():
            ids = {"label": f"{name}.{spec['label']}.{key}"}
            mark = book.mark(f"{name}.{column}.{key}", NOTHING, ids)
            yield mark | {"series": series}


SOURCE = Source(
    required={OF: Text(), "table": Text(), "label": Text(), "columns": Every(Text())},
    optional={},
    gives=lambda _: frozenset(),
    table=lambda book, spec: pd.DataFrame(_marks(book, spec)),
)
