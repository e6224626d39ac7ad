"""Rows of a table: each is a mark of one of its texts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd

from suyuan.contract.shapes import Keys, Text
from suyuan.figures.book import IDS, Book
from suyuan.figures.description import Spec
from suyuan.figures.source import Source

WHEN = {"x": Text(), "span": Text()}
NESTED = "parent"  # the column that names the row which a row belongs to
OPTIONAL = {**WHEN, NESTED: Text()}
ROWS = Keys({"table": Text(), "value": Text(), "series": Text(), "label": Text()}, OPTIONAL)


def gives(spec: Spec) -> frozenset[str]:
    """What the description names columns for; rows that belong to others are nodes."""
    given = frozenset(OPTIONAL.keys() & spec["rows"].keys())
    return given | {"node"} if NESTED in given else given


def _row_marks(book: Book, found: pd.DataFrame, rows: Spec) -> Iterator[dict[str, Any]]:
    name, key = rows["table"], found.columns[1]  # the first column is the line number
    for row in found.to_dict("records"):
        value = book.value(f"{name}.{rows['value']}.{row[key]}")
        mark = {part: row[rows[part]] for part in ("x", "span") if part in rows}
        if mark and not any(mark.values()):
            continue  # undated rows have no place on a time axis; tables print them
        if NESTED in rows:
            mark |= {"node": row[key], NESTED: row[rows[NESTED]]}
        ids = {part: f"{name}.{rows[part]}.{row[key]}" for part in ("x", "span") if part in rows}
        for part in ("series", "label"):
            ids[part] = f"subjects.name.{row[rows[part]]}"
            if ids[part] not in book.ledger:
                ids[part] = f"{name}.{rows[part]}.{row[key]}"
        yield mark | {
            "series": book.name(row[rows["series"]]),
            "label": book.name(row[rows["label"]]),
            "value_id": value.id,
            "v": float("nan"),
            "txt": value.txt,
            IDS: book.known(ids),
        }


def table(book: Book, spec: Spec) -> pd.DataFrame:
    """A mark for every row that has a place on the time axis, where there is one."""
    rows = spec["rows"]
    found = book.table(rows["table"])
    for part, column in rows.items():
        if part != "table" and column not in found:
            raise book.refused("E345", f"{rows['table']}.{column}")
    return pd.DataFrame(_row_marks(book, found, rows))


SOURCE = Source({"rows": ROWS}, {}, gives, table)
