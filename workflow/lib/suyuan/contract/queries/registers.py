"""Rules of registers: rows that nothing uses, numbers that are missing, names that are alike."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise

from suyuan.contract.queries import scopes
from suyuan.contract.queries.rule import Rule
from suyuan.contract.queries.seen import Bounds, Cells, Seen, key_column, key_of
from suyuan.core.errors import Problem

SEPARATOR = ";"
NUMBER = re.compile(r"([A-Z])([0-9]+)")


def unused(seen: Seen, bounds: Bounds) -> Iterator[Problem]:
    """A row of a register that no other table names."""
    for table, least in bounds.each("times").items():
        rows = seen.tables.get(table, ())
        known = {key_of(row) for row in rows}
        named: Counter[str] = Counter()
        for name, others in seen.tables.items():
            if name == table or not others:
                continue
            columns = [column for column in others[0] if table_of(column, rows) or column == table]
            for column in columns:
                for text in {other[column] for other in others}:
                    named.update(part for part in text.split(SEPARATOR) if part in known)
        for row in rows:
            key = key_of(row)
            if named[key] < least:
                yield seen.query("W194", table, row, key_column(row))


def table_of(column: str, rows: Sequence[Cells]) -> bool:
    """Whether a column names rows like these: it ends as their key's column does."""
    return bool(rows) and column.endswith(key_column(rows[0]))


def missing_numbers(seen: Seen, bounds: Bounds) -> Iterator[Problem]:
    """Numbers left out between those of rows, few enough to be rows that were lost."""
    most, found = bounds["most"], defaultdict[str, list[tuple[int, str, Cells]]](list)
    for table in bounds.each("keys"):
        for row in seen.tables.get(table, ()):
            if numbered := NUMBER.fullmatch(key_of(row)):
                found[numbered[1]].append((int(numbered[2]), table, row))
    for rows in found.values():
        rows.sort(key=lambda each: each[0])
        for (before, _, _), (now, table, row) in pairwise(rows):
            if 1 < now - before <= most + 1:
                told = {"missing": str(before + 1), "count": now - before - 1}
                yield seen.query("W195", table, row, key_column(row), **told)
    for name in bounds.each("order"):
        table, *columns = name.split(scopes.PART)
        groups: dict[tuple[str, ...], set[int]] = defaultdict(set)
        for row in seen.tables.get(table, ()):
            groups[tuple(row[column] for column in columns)].add(int(row["order"]))
        for row in seen.tables.get(table, ()):
            order = int(row["order"])
            group = groups[tuple(row[column] for column in columns)]
            if order > 1 and order - 1 not in group:
                yield seen.query("W195", table, row, "order", missing=order - 1, count=1)


def alike(seen: Seen, bounds: Bounds) -> Iterator[Problem]:
    """One text in rows of a register that should differ; or names that differ in one sign."""
    for name in bounds.each("once"):
        table, *columns = name.split(scopes.PART)
        for column in columns:
            once: dict[str, Cells] = {}
            for row in seen.tables.get(table, ()):
                if row[column] and once.setdefault(row[column], row) is not row:
                    yield seen.query("W196", table, row, column, once[row[column]])
    for name, least in bounds.each("letters").items():
        table, *columns = name.split(scopes.PART)
        for column in columns:
            first: dict[str, Cells] = {}
            for row in seen.tables.get(table, ()):
                first.setdefault(row[column], row)
            for text, row in first.items():
                for other in _one_off(text) if len(text) >= least else ():
                    if other in first:
                        yield seen.query("W196", table, row, column, first[other])


def _one_off(text: str) -> list[str]:
    """What a text is without one of its signs but the last, and with two neighbours turned."""
    shorter = {text[:place] + text[place + 1 :] for place in range(len(text) - 1)}
    turned = {
        text[:place] + text[place + 1] + text[place] + text[place + 2 :]
        for place in range(len(text) - 1)
    }
    return sorted((shorter | turned) - {text})


RULES = (
    Rule(
        "W194",
        "the rows of a register and the cells that name them",
        {"times": scopes.table},
        unused,
    ),
    Rule(
        "W195",
        "the numbers of rows with each other",
        {"most": scopes.everything, "keys": scopes.table, "order": scopes.ordered},
        missing_numbers,
    ),
    Rule(
        "W196",
        "names in a register with each other",
        {"once": scopes.columns, "letters": scopes.columns},
        alike,
    ),
)
