"""Rules of places in sources: addresses, lines, and the order in which rows follow a text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from suyuan.contract.queries import scopes
from suyuan.contract.queries.rule import Rule
from suyuan.contract.queries.seen import Bounds, Cells, Seen, key_of
from suyuan.core.errors import Problem

SCHEME, LOCATOR, SEPARATOR = "://", "locator", ";"
LINES = re.compile(r"L([0-9]+)(?:-([0-9]+))?", re.ASCII)


def addresses(seen: Seen, _bounds: Bounds) -> Iterator[Problem]:
    """A place that is an address is that of its source."""
    for table, row, source in seen.cited():
        if SCHEME in row[LOCATOR] and row[LOCATOR] != source["url"]:
            yield seen.query("W191", table, row, LOCATOR, url=source["url"] or "-")


def first_line(row: Cells) -> int:
    """The first line that a row's place names; 0 where it names none."""
    found = LINES.match(row[LOCATOR])
    return int(found[1]) if found else 0


def lines(seen: Seen, _bounds: Bounds) -> Iterator[Problem]:
    """Lines of a place are single or from one to a later one, and none is named twice."""
    for table, row, _ in seen.cited():
        if not LINES.match(row[LOCATOR]):
            continue
        parts = row[LOCATOR].split(SEPARATOR)
        found = [LINES.fullmatch(part) for part in parts]
        turned = any(each and each[2] and int(each[2]) <= int(each[1]) for each in found)
        if turned or not all(found) or len(set(parts)) < len(parts):
            yield seen.query("W192", table, row, LOCATOR)


def out_of_order(seen: Seen, bounds: Bounds) -> Iterator[Problem]:
    """A place far from those of the rows before and after it, which are near each other."""
    for table, slack in bounds.each("lines").items():
        rows = [row for row in seen.tables.get(table, ()) if first_line(row)]
        for before, row, after in zip(rows, rows[1:], rows[2:], strict=False):
            if not before["source_id"] == row["source_id"] == after["source_id"]:
                continue
            low, own, high = (first_line(each) for each in (before, row, after))
            low, high = min(low, high), max(low, high)
            if not low - slack <= own <= high + slack and high - low <= slack:
                told = {"low": f"L{low}", "high": f"L{high}", "before": key_of(before)}
                yield seen.query("W193", table, row, LOCATOR, **told)


RULES = (
    Rule("W191", "a place that is an address and the address of its source", {}, addresses),
    Rule("W192", "the lines of a place with each other", {}, lines),
    Rule(
        "W193",
        "the line of a row and those of the rows around it",
        {"lines": scopes.table},
        out_of_order,
    ),
)
