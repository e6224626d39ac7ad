"""Answers to queries: rows of answers.csv, as far as the edition's own rows bear them out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from suyuan.contract.carrying import ANSWERS, OWN, by_key
from suyuan.contract.table import Table
from suyuan.core.errors import Problem

PLACE = ("code", "table", "row", "column", "beside")


def answer_problems(tables: Mapping[str, Table]) -> Iterator[Problem]:
    """E880 no such table, row or column; E881 the same query twice."""
    if ANSWERS not in tables:
        return
    register = tables[ANSWERS]
    named = {row.cells["table"] for row in register.rows} & tables.keys() - OWN
    rows = {name: by_key(tables[name]) for name in named}
    first: dict[tuple[str, ...], int] = {}
    for row in register.rows:
        name, key, column = (row.cells[part] for part in ("table", "row", "column"))
        if name not in rows:
            yield register.problem("E880", row, "table", what=f"{name}.csv")
        elif key not in rows[name]:
            yield register.problem("E880", row, "row", what=tables[name].file)
        elif column not in tables[name].schema.columns:
            yield register.problem("E880", row, "column", what=tables[name].file)
        place = tuple(row.cells[part] for part in PLACE)
        if first.setdefault(place, row.line) != row.line:
            yield register.problem("E881", row, "row", first=str(first[place]))
