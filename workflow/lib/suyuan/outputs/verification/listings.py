"""JSON files read back: lineage.json, descriptors and the statement, entry by entry; copies."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from suyuan.core.errors import Problem
from suyuan.core.layout import Layout
from suyuan.core.names import shortened
from suyuan.lineage import comparison
from suyuan.lineage.comparison import Difference, differences
from suyuan.outputs.verification.truth import unlike

CODES = {
    comparison.CHANGED: "E312",
    comparison.MISSING: "E371",
    comparison.EXTRA: "E372",
    comparison.REPEATED: "E373",
    comparison.REORDERED: "E374",
}
LONGEST = 60  # characters of a text that a message shows


def problem(file: str, difference: Difference) -> Problem:
    """A difference as it is told: by the entry it is in, then the field."""
    _, *rest = place = difference.place or ("",)
    name, fields = (rest[0], rest[1:]) if rest else (place[0], [])
    details = {
        "field": ".".join(fields) or place[0],
        "expected": shortened(difference.expected, LONGEST),
        "found": shortened(difference.found, LONGEST),
    }
    return Problem(CODES[difference.kind], file, 1, name, name, details)


def copied(layout: Layout, original: Path, file: str, data: bytes) -> Iterator[Problem]:
    """E361 for a copy that is not what the project holds for the edition."""
    if data != layout.read(original):
        yield Problem("E361", file)


def compared(expected: str, file: str, data: bytes) -> Iterator[Problem]:
    """Every difference of two JSON texts by name; E367 where they only are written otherwise.

    Raises ValueError for a text that is no JSON.
    """
    if data == expected.encode():  # as bytes a large text takes up half the room
        return
    text = data.decode()
    found = [problem(file, each) for each in differences(json.loads(text), json.loads(expected))]
    yield from found or unlike(file, text, expected)
