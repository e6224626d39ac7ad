"""Packing: what the panel knows in as little room as the page can read it from again.

A text that the page prints itself is left where it stands. Values lie by columns, parents are told
by their distance and ids by what they do not share with the one before, so that like follows like.
``templates/scripts/lineage.js`` undoes all of it.
"""

from __future__ import annotations

import zlib
from base64 import b85encode
from collections.abc import Mapping, Sequence
from typing import Any

from suyuan.core.files import dump_json
from suyuan.lineage.value import TEXT

Entry = Mapping[str, Any]
THERE = 0  # in place of a text: the page prints it
NOTHING = 0  # in a column: the value has no such thing
PARENTS = "in"
SIGNS = ("<", ".")
HEAD = 3  # of a row: its table, line and key


def on_page(lineage: Entry) -> dict[str, str]:
    """Texts that stand in the page under their ids."""
    worded = {anchor for claim in lineage["claims"].values() for anchor in claim.get("uses", ())}
    values = lineage["values"]
    return {
        use["v"]: values[use["v"]]["v"]
        for use in lineage["uses"]
        if use["kind"] != "mark" and use["anchor"] not in worded and values[use["v"]]["op"] == TEXT
    }


def packed(content: Entry, printed: Mapping[str, str]) -> str:
    """What the panel knows, as JSON; ``printed`` are the texts that need not be said again."""
    tables = content["tables"]
    rows = [_spared(row, tables[row[0]], printed) for row in content["rows"]]
    places = [tables[row[0]]["columns"] for row in content["rows"]]
    values = [_stepwise(value, places) for value in content["values"]]
    names = sorted({name for value in values for name in value})
    columns = {name: [value.get(name, NOTHING) for value in values] for name in names}
    ids = _fronted(content["ids"])
    return dump_json({**content, "ids": ids, "rows": rows, "values": columns})


def _fronted(ids: Sequence[str]) -> list[list[Any]]:
    """How much each id has of the one before, and what follows."""
    shared = [_alike(*pair) for pair in zip(["", *ids], ids, strict=False)]
    return [shared, [one[at:] for one, at in zip(ids, shared, strict=True)]]


def _alike(one: str, other: str) -> int:
    """With how many characters both begin."""
    differ = (at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b)
    return next(differ, min(len(one), len(other)))


def _spared(row: Sequence[Any], table: Entry, printed: Mapping[str, str]) -> list[Any]:
    """A row without the texts that the page prints."""
    name, key = table["name"], row[HEAD - 1]
    cells = (
        THERE if text and printed.get(f"{name}.{column}.{key}") == text else text
        for column, text in zip(table["columns"], row[HEAD:], strict=False)
    )
    return [*row[:HEAD], *cells]


def _stepwise(value: Entry, places: Sequence[Sequence[str]]) -> Entry:
    """A value whose parents are told by the distance from the last of their kind.

    A cell is its place among the columns of its row, and the distance of the row.
    """
    if PARENTS not in value:
        return value
    steps: list[int | list[int]] = []
    at = row = 0
    for parent in value[PARENTS]:
        if isinstance(parent, int):
            steps.append(parent - at)
            at = parent
        else:
            number, _, column = parent.partition(".")
            steps.append([places[int(number)].index(column), int(number) - row])
            row = int(number)
    return {**value, PARENTS: steps}


def deflated(text: str) -> str:
    """``text`` deflated and written in base 85: JSON is then a fifth of its length.

    The sign that could begin a tag has another in its place.
    """
    deflate = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    data = deflate.compress(text.encode()) + deflate.flush()
    return b85encode(data).decode("ascii").replace(*SIGNS)
