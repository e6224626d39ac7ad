"""Observations in canonical units, with the ids of their values; restatements held together."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

import pandas as pd

from suyuan.contract.codebook import Codebook
from suyuan.contract.edition import OBSERVATIONS
from suyuan.contract.queries.answers import Asked
from suyuan.contract.queries.queries import queries
from suyuan.contract.queries.seen import Seen
from suyuan.contract.rows import cell_problems
from suyuan.contract.table import Table
from suyuan.contract.tables import LINE, Tables
from suyuan.core.errors import DataError, Problem
from suyuan.core.layout import Layout
from suyuan.core.numbers import plain

STATEMENTS = "statements"
NUMBERS = re.compile(r"\d+(?:\.\d+)?")


def book_of(tables: Tables) -> Codebook:
    """The codebook that tables of an edition hold."""
    return Codebook.from_tables(
        *(tables[name].to_dict("records") for name in ("indicators", "units"))
    )


def value_ids(table: pd.DataFrame) -> pd.Series:
    """``<subject>.<indicator>[.<qualifier>]`` of each row; '' where the row restates another."""
    ids = table["subject_id"] + "." + table["indicator_id"]
    ids = ids + table["qualifier"].map(lambda text: f".{text}" if text else "")
    return ids.where(table["restates"] == "", "")


def normalise(observations: pd.DataFrame, codebook: Codebook) -> pd.DataFrame:
    """Observations with ``value_id``, canonical ``v`` and ``u`` beside the printed value."""
    converted = [
        codebook.convert(printed, unit)
        for printed, unit in zip(observations["value"], observations["unit"], strict=True)
    ]
    return observations.assign(
        value_id=value_ids(observations),
        v=[plain(number) for number, _ in converted],
        u=[unit for _, unit in converted],
    )


def id_problems(table: pd.DataFrame, file: str) -> Iterator[Problem]:
    """E151: two rows that claim one value id."""
    first: dict[str, str] = {}
    for row in table[table["value_id"] != ""].itertuples():
        if row.value_id in first:
            details = {"value_id": row.value_id, "file": file, "line": first[row.value_id]}
            yield Problem("E151", file, int(row.line), "qualifier", row.qualifier, details)
        first.setdefault(row.value_id, row.line)


def restatement_problems(table: pd.DataFrame, file: str) -> Iterator[Problem]:
    """E150: a restating row whose number differs; E152: one that restates a restatement."""
    again = table[table["restates"] != ""]
    originals = table[table["obs_id"].isin(set(again["restates"]))]
    rows = {row.obs_id: row for row in originals.itertuples()}
    for row in again.itertuples():
        original = rows[row.restates]
        if original.restates:
            yield Problem("E152", file, int(row.line), "restates", row.restates)
        elif (Decimal(row.v), row.u) != (Decimal(original.v), original.u):
            details = {
                "file": file,
                "line": original.line,
                "other": original.obs_id,
                "this": f"{row.value} {row.unit}",
                "that": f"{original.value} {original.unit}",
            }
            yield Problem("E150", file, int(row.line), "value", row.value, details)


def statement_problems(
    statements: pd.DataFrame, table: pd.DataFrame, file: str, other: str
) -> Iterator[Problem]:
    """E111 and E150 for statements that restate observations, such as 1-3-7-14."""
    known = {*table["obs_id"], *statements["statement_id"]}
    named = {target for cell in statements["restates"] for target in cell.split(";")}
    rows = {row.obs_id: row for row in table[table["obs_id"].isin(named)].itertuples()}
    for row in statements[statements["restates"] != ""].itertuples():
        targets = row.restates.split(";")
        for target in targets:
            if target not in known:
                details = {"target": other}
                yield Problem("E111", file, int(row.line), "restates", target, details)
        originals = [rows[target] for target in targets if target in rows]
        numbers = NUMBERS.findall(row.text)
        if originals and numbers != [original.value for original in originals]:
            details = {
                "file": other,
                "line": originals[0].line,
                "other": originals[0].obs_id,
                "this": row.text,
                "that": ";".join(original.value for original in originals),
            }
            yield Problem("E150", file, int(row.line), "text", row.text, details)


def restatements(table: pd.DataFrame) -> pd.DataFrame:
    """One row per restating observation: its original and whether both qualify it alike."""
    originals = table.set_index("obs_id")
    again = table[table["restates"] != ""]
    return pd.DataFrame(
        {
            "obs_id": again["obs_id"],
            "restates": again["restates"],
            "value_id": again["restates"].map(originals["value_id"]),
            "v": again["v"],
            "comparator": again["comparator"],
            "original_comparator": again["restates"].map(originals["comparator"]),
        }
    )


def check(layout: Layout, tables: Tables) -> pd.DataFrame:
    """The normalised observations. Raises DataError with every problem found."""
    codebook = book_of(tables)
    observations, statements = tables[OBSERVATIONS], tables[STATEMENTS]
    file = layout.name(layout.raw / f"{OBSERVATIONS}.csv")
    other = layout.name(layout.raw / f"{STATEMENTS}.csv")
    table = normalise(observations, codebook)
    problems = [
        *id_problems(table, file),
        *restatement_problems(table, file),
        *statement_problems(statements, table, other, file),
    ]
    if problems:
        raise DataError(problems)
    return table


def asked(layout: Layout, tables: Tables, table: pd.DataFrame, before: Seen | None = None) -> Asked:
    """What looks wrong in the normalised observations ``table``, and how much of it is answered."""
    file = layout.name(layout.raw / f"{OBSERVATIONS}.csv")
    return queries(tables, table, book_of(tables), file, before)


def seen_before(tables: Tables, before: Mapping[str, Table]) -> Seen | None:
    """The observations of the edition before this one, by all tables of that.

    None where they are not at hand, or not every cell of them is lawful.
    """
    table, book = before.get(OBSERVATIONS), book_of(tables)
    if table is None or any(cell_problems(table)):
        return None
    if not {row.cells["unit"] for row in table.rows} <= book.units.keys():
        return None
    records = [{LINE: str(row.line), **row.cells} for row in table.rows]
    return Seen({OBSERVATIONS: records}, book, table.file.rpartition("/")[0])


def queried(layout: Layout, tables: Tables, table: pd.DataFrame) -> Sequence[Problem]:
    """What looks wrong in the normalised observations ``table`` and nobody has answered."""
    return asked(layout, tables, table).open
