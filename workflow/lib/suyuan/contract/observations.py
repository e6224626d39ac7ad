"""Observations in canonical units, with the ids of their values; restatements held together."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from suyuan.contract.codebook import Codebook
from suyuan.contract.edition import OBSERVATIONS
from suyuan.contract.queries.answers import Asked
from suyuan.contract.queries.queries import queries
from suyuan.contract.queries.seen import Seen
from suyuan.contract.rows import cell_problems
from suyuan.contract.table import Table
from suyuan.contract.tables import (
    LINE,
    Columns,
    Records,
    Rowwise,
    Tables,
    columns,
    records,
    rowwise,
)
from suyuan.core.errors import DataError, Problem
from suyuan.core.layout import Layout
from suyuan.core.numbers import plain

STATEMENTS = "statements"
NUMBERS = re.compile(r"\d+(?:\.\d+)?")
RESTATED = ("obs_id", "restates", "value_id", "v", "comparator", "original_comparator")


def book_of(tables: Tables | Rowwise) -> Codebook:
    """The codebook that tables of an edition hold."""
    rows = rowwise(tables)
    return Codebook.from_tables(rows["indicators"], rows["units"])


def value_ids(table: Columns) -> list[str]:
    """``<subject>.<indicator>[.<qualifier>]`` of each row; '' where the row restates another."""
    parts = (table[name] for name in ("subject_id", "indicator_id", "qualifier", "restates"))
    return [
        "" if restates else f"{subject}.{indicator}" + (f".{qualifier}" if qualifier else "")
        for subject, indicator, qualifier, restates in zip(*parts, strict=True)
    ]


def normalise(observations: Columns, codebook: Codebook) -> dict[str, list[str]]:
    """Observations with ``value_id``, canonical ``v`` and ``u`` beside the printed value."""
    converted = [
        codebook.convert(printed, unit)
        for printed, unit in zip(observations["value"], observations["unit"], strict=True)
    ]
    return {name: list(observations[name]) for name in observations} | {
        "value_id": value_ids(observations),
        "v": [plain(number) for number, _ in converted],
        "u": [unit for _, unit in converted],
    }


def id_problems(table: Records, file: str) -> Iterator[Problem]:
    """E151: two rows that claim one value id."""
    first: dict[str, str] = {}
    for row in table:
        value_id = row["value_id"]
        if value_id in first:
            details = {"value_id": value_id, "file": file, "line": first[value_id]}
            yield Problem("E151", file, int(row[LINE]), "qualifier", row["qualifier"], details)
        elif value_id:
            first[value_id] = row[LINE]


def restatement_problems(table: Records, file: str) -> Iterator[Problem]:
    """E150: a restating row whose number differs; E152: one that restates a restatement."""
    rows = {row["obs_id"]: row for row in table}
    for row in table:
        if not row["restates"]:
            continue
        original = rows[row["restates"]]
        if original["restates"]:
            yield Problem("E152", file, int(row[LINE]), "restates", row["restates"])
        elif (Decimal(row["v"]), row["u"]) != (Decimal(original["v"]), original["u"]):
            details = {
                "file": file,
                "line": original[LINE],
                "other": original["obs_id"],
                "this": f"{row['value']} {row['unit']}",
                "that": f"{original['value']} {original['unit']}",
            }
            yield Problem("E150", file, int(row[LINE]), "value", row["value"], details)


def statement_problems(
    statements: Records, table: Records, file: str, other: str
) -> Iterator[Problem]:
    """E111 and E150 for statements that restate observations, such as 1-3-7-14."""
    rows = {row["obs_id"]: row for row in table}
    known = {*rows, *(row["statement_id"] for row in statements)}
    for row in statements:
        if not row["restates"]:
            continue
        targets = row["restates"].split(";")
        for target in targets:
            if target not in known:
                details = {"target": f"{other}、{file}"}
                yield Problem("E111", file, int(row[LINE]), "restates", target, details)
        originals = [rows[target] for target in targets if target in rows]
        numbers = NUMBERS.findall(row["text"])
        if originals and numbers != [original["value"] for original in originals]:
            details = {
                "file": other,
                "line": originals[0][LINE],
                "other": originals[0]["obs_id"],
                "this": row["text"],
                "that": ";".join(original["value"] for original in originals),
            }
            yield Problem("E150", file, int(row[LINE]), "text", row["text"], details)


def restatements(table: Columns) -> dict[str, list[str]]:
    """One row per restating observation: its original and whether both qualify it alike."""
    rows = {row["obs_id"]: row for row in records(table)}
    pairs = [(row, rows[row["restates"]]) for row in rows.values() if row["restates"]]
    found = [
        row | {"value_id": original["value_id"], "original_comparator": original["comparator"]}
        for row, original in pairs
    ]
    return columns(RESTATED, found)


def check(layout: Layout, tables: Tables | Rowwise) -> dict[str, list[str]]:
    """The normalised observations by column. Raises DataError with every problem found."""
    rows = rowwise(tables)
    observations, statements = rows[OBSERVATIONS], rows[STATEMENTS]
    file = layout.name(layout.raw / f"{OBSERVATIONS}.csv")
    other = layout.name(layout.raw / f"{STATEMENTS}.csv")
    found = normalise(columns(observations[0], observations), book_of(rows))
    table = records(found)
    problems = [
        *id_problems(table, file),
        *restatement_problems(table, file),
        *statement_problems(statements, table, other, file),
    ]
    if problems:
        raise DataError(problems)
    return found


def asked(
    layout: Layout, tables: Tables | Rowwise, table: Columns, before: Seen | None = None
) -> Asked:
    """What looks wrong in the normalised observations ``table``, and how much of it is answered."""
    file, rows = layout.name(layout.raw / f"{OBSERVATIONS}.csv"), rowwise(tables)
    return queries(rows, records(table), book_of(rows), file, before)


def seen_before(tables: Tables | Rowwise, before: Mapping[str, Table]) -> Seen | None:
    """The observations of the edition before this one, by all tables of that.

    None where they are not at hand, or not every cell of them is lawful.
    """
    table, book = before.get(OBSERVATIONS), book_of(tables)
    if table is None or any(cell_problems(table)):
        return None
    if not {row.cells["unit"] for row in table.rows} <= book.units.keys():
        return None
    cells = [{LINE: str(row.line), **row.cells} for row in table.rows]
    return Seen({OBSERVATIONS: cells}, book, table.file.rpartition("/")[0])


def queried(layout: Layout, tables: Tables | Rowwise, table: Columns) -> Sequence[Problem]:
    """What looks wrong in the normalised observations ``table`` and nobody has answered."""
    return asked(layout, tables, table).open
