"""Plausibility: whether a lawful number looks like one of its indicator, and fits its neighbours.

In: normalised observations and config/expectations.csv and relations.csv, which say what is
plausible and why. Out: problems. Nothing here names an indicator, a subject or a source.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal, localcontext
from itertools import groupby, pairwise
from typing import Any

import pandas as pd

from suyuan.contract.codebook import Codebook
from suyuan.contract.tables import Tables
from suyuan.core.errors import Problem
from suyuan.core.numbers import EXACT, plain
from suyuan.core.periods import decimal_year

EXPECTATIONS, RELATIONS = "expectations", "relations"
CHOICES = {"comparator": "comparators", "kind": "kinds", "basis": "bases"}
Row = Any  # a named tuple of the normalised observations


def _at(code: str, file: str, row: Row, column: str, **details: str) -> Problem:
    return Problem(code, file, int(row.line), column, getattr(row, column), details)


def _expectations(table: pd.DataFrame) -> dict[tuple[str, str], Row]:
    return {(row.indicator_id, row.subject_type): row for row in table.itertuples()}


def _originals(observations: pd.DataFrame) -> list[Row]:
    return list(observations[observations["restates"] == ""].itertuples())


def _within(number: Decimal, low: str, high: str) -> bool:
    return (not low or number >= Decimal(low)) and (not high or number <= Decimal(high))


def _range(low: str, high: str) -> str:
    return f"{low or '-'} … {high or '-'}"


def row_problems(row: Row, expected: Row, file: str) -> Iterator[Problem]:
    """W163 out of the plausible range, W165 more decimals than printed, or a wrong choice."""
    if not _within(Decimal(row.v), expected.minimum, expected.maximum):
        bounds = f"{_range(expected.minimum, expected.maximum)} {row.u}"
        yield _at("W163", file, row, "value", bounds=bounds, reason=expected.reason)
    places = len(row.value.partition(".")[2])
    if expected.decimals and places > int(expected.decimals):
        yield _at("W165", file, row, "value", allowed=f"#.{'#' * int(expected.decimals)}")
    for column, choices in CHOICES.items():
        allowed = getattr(expected, choices).split()
        wanted = allowed or column == "basis"  # a basis is an exception: none unless allowed
        if wanted and getattr(row, column) and getattr(row, column) not in allowed:
            yield _at("W165", file, row, column, allowed="、".join(allowed) or "-")


def series_problems(rows: Iterable[Row], expected: Row, file: str) -> Iterator[Problem]:
    """W164: a record too far from the one before it; ``rows`` are one series of one kind."""
    dated = [row for row in rows if row.as_of and Decimal(row.v)]
    dated.sort(key=lambda row: (decimal_year(row.as_of), int(row.line)))
    for before, after in pairwise(dated):
        with localcontext(EXACT):
            ratio = Decimal(after.v) / Decimal(before.v)
        if decimal_year(before.as_of) < decimal_year(after.as_of) and not _within(
            ratio, expected.fall, expected.rise
        ):
            details = {"other": before.obs_id, "line": before.line, "ratio": f"{ratio:.2f}"}
            bounds = _range(expected.fall, expected.rise)
            yield _at("W164", file, after, "value", bounds=bounds, **details)


def expectation_problems(
    observations: pd.DataFrame, kinds: Mapping[str, str], table: pd.DataFrame, file: str
) -> Iterator[Problem]:
    """All that break an expectation; ``kinds`` are the types of subjects."""
    expectations = _expectations(table)

    def expected(row: Row) -> Row | None:
        own = expectations.get((row.indicator_id, kinds[row.subject_id]))
        return own or expectations.get((row.indicator_id, ""))

    for row in observations.itertuples():
        if found := expected(row):
            yield from row_problems(row, found, file)

    def series(row: Row) -> tuple[str, ...]:
        return row.subject_id, row.indicator_id, row.basis, row.kind

    for _, rows in groupby(sorted(_originals(observations), key=series), series):
        together = list(rows)
        if found := expected(together[0]):
            yield from series_problems(together, found, file)


def _gaps(rows: Mapping[tuple[str, str, str], Row], first: str, second: str) -> Iterator[Any]:
    for (subject, indicator, qualifier), row in rows.items():
        other = rows.get((subject, second, qualifier))
        if indicator == first and other:
            yield row, other, Decimal(other.v) - Decimal(row.v)


def _growths(rows: Mapping[tuple[str, str, str], Row], first: str, second: str) -> Iterator[Any]:
    for (subject, indicator, qualifier), row in rows.items():
        growth = rows.get((subject, second, qualifier))
        if indicator != first or not growth or not qualifier.isdecimal():
            continue
        before = rows.get((subject, first, str(int(qualifier) - 1)))
        if before and Decimal(before.v):
            yield growth, row, Decimal(row.v) / Decimal(before.v) - 1 - Decimal(growth.v)


def _shares(rows: Sequence[Row], first: str, second: str, third: str) -> Iterator[Any]:
    """The share of each subject and period, and how the quotient of its two records differs.

    What is told exactly goes before what is told as more or less.
    """
    known: dict[tuple[str, str], dict[str, Row]] = defaultdict(dict)
    for row in rows:
        if row.as_of and row.indicator_id in (first, second, third):
            place = known[(row.subject_id, row.as_of)]
            if row.indicator_id not in place or place[row.indicator_id].comparator != "=":
                place[row.indicator_id] = row
    for place in known.values():
        if len(place) == len({first, second, third}) and Decimal(place[second].v):
            quotient = Decimal(place[first].v) / Decimal(place[second].v)
            yield place[third], place[first], quotient - Decimal(place[third].v)


def _parts(
    rows: Mapping[tuple[str, str, str], Row],
    indicator: str,
    parents: Mapping[str, str],
    codebook: Codebook,
) -> Iterator[Any]:
    """Wholes and what their parts of the same indicator and qualifier leave, beyond rounding."""
    for (subject, own, qualifier), whole in rows.items():
        if own != indicator or not qualifier:
            continue
        children = [child for child, parent in parents.items() if parent == subject]
        parts = [rows[key] for child in children if (key := (child, own, qualifier)) in rows]
        if len(parts) > 1:
            rest = Decimal(whole.v) - sum(Decimal(part.v) for part in parts)
            halves = [codebook.half_width(row.value, row.unit) for row in (whole, *parts)]
            rest -= min(max(rest, -sum(halves)), sum(halves))
            yield whole, parts[0], rest


def relation_problems(
    observations: pd.DataFrame,
    parents: Mapping[str, str],
    table: pd.DataFrame,
    codebook: Codebook,
    file: str,
) -> Iterator[Problem]:
    """W167: two records, or a whole and its parts, that do not go together."""
    originals = _originals(observations)
    rows = {(row.subject_id, row.indicator_id, row.qualifier): row for row in originals}
    for relation in table.itertuples():
        with localcontext(EXACT):
            if relation.test == "gap":
                found = list(_gaps(rows, relation.first, relation.second))
            elif relation.test == "growth":
                found = list(_growths(rows, relation.first, relation.second))
            elif relation.test == "share":
                found = list(_shares(originals, relation.first, relation.second, relation.third))
            else:
                found = list(_parts(rows, relation.first, parents, codebook))
        for row, other, number in found:
            if not _within(number, relation.low, relation.high):
                details = {"other": other.obs_id, "line": other.line, "reason": relation.reason}
                bounds = _range(relation.low, relation.high)
                difference = plain(round(number, 6))
                yield _at(
                    "W167", file, row, "value", bounds=bounds, difference=difference, **details
                )


def problems(
    tables: Tables, observations: pd.DataFrame, codebook: Codebook, file: str
) -> list[Problem]:
    """All that is implausible in the normalised observations, where the edition says what is."""
    subjects = tables["subjects"]
    found: list[Problem] = []
    if EXPECTATIONS in tables:
        kinds = dict(zip(subjects["subject_id"], subjects["type"], strict=True))
        found += expectation_problems(observations, kinds, tables[EXPECTATIONS], file)
    if RELATIONS in tables:
        parents = dict(zip(subjects["subject_id"], subjects["parent_id"], strict=True))
        found += relation_problems(observations, parents, tables[RELATIONS], codebook, file)
    return found
