"""Columns that the terms of a schema name: those that the table has."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from suyuan.contract.configured import Document, Place
from suyuan.contract.shapes import unknown_word
from suyuan.core.errors import Problem

NAMES = ("primaryKey", "shares", "parent", "depth")  # of one column
LISTS = ("joins", "complete", "of_branches", "of_leaves")
GROUPS = ("either", "ordered")
KEYED = ("complete_among", "complete_where")  # by columns


def strangers(document: Document, columns: Collection[str]) -> Iterator[Problem]:
    """E185 and E186: names in the terms of a schema that are none of its columns."""
    for place, name in _named(document.content):
        if name not in columns:
            yield unknown_word(document, place, name, columns)


def _named(entry: dict[str, Any]) -> Iterator[tuple[Place, str]]:
    """Where a term names a column, and which."""
    for term in NAMES:
        if term in entry:
            yield (term,), entry[term]
    for term in LISTS:
        yield from (((term, n), name) for n, name in enumerate(entry.get(term, ())))
    for term in KEYED:
        yield from (((term, name), name) for name in entry.get(term, ()))
    for term in GROUPS:
        for n, group in enumerate(entry.get(term, ())):
            yield from (((term, n, m), name) for m, name in enumerate(group))
    for n, key in enumerate(entry.get("foreignKeys", ())):
        yield ("foreignKeys", n, "fields"), key["fields"]
    for key, row in entry.get("rows", {}).items():
        yield ("rows", key, "column"), row["column"]
    adjoins = {k: v for k, v in entry.get("adjoins", {}).items() if k != "least"}
    for term, names in (("adjoins", adjoins), ("said", entry.get("said", {}))):
        yield from (((term, part), name) for part, name in names.items())
    if gap := entry.get("gap"):
        yield ("gap", "column"), gap["column"]
        yield from ((("gap", "empty", n), name) for n, name in enumerate(gap["empty"]))
        yield from ((("gap", "says", name), name) for name in gap.get("says", ()))
