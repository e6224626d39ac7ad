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

from suyuan.contract.codebook import Codebook
from suyuan.contract.queries.seen import Cells
from suyuan.contract.tables import LINE, Records
from suyuan.core.errors import Problem
from suyuan.core.numbers import EXACT, plain
from suyuan.core.periods import decimal_year

EXPECTATIONS, RELATIONS = "expectations", "relations"
CHOICES = {"comparator": "comparators", "kind": "kinds", "basis": "bases"}


def _at(code: str, file: str, row: Cells, column: str, **details: str) -> Problem:
    return Problem(code, file, int(row[LINE]), column, row[column], details)


def _expectations(table: Records) -> dict[tuple[str, str], Cells]:
    return {(row["indicator_id"], row["subject_type"]): row for row in table}


def _originals(observations: Records) -> list[Cells]:
    return [row for row in observations if not row["restates"]]


def _within(number: Decimal, low: str, high: str) -> bool:
    return (not low or number >= Decimal(low)) and (not high or number <= Decimal(high))


def _range(low: str, high: str) -> str:
    return f"{low or '-'} … {high or '-'}"


def row_problems(row: Cells, expected: Cells, file: str) -> Iterator[Problem]:
    """W163 out of the plausible range, W165 more decimals than printed, or a wrong choice."""
    if not _within(Decimal(row["v"]), expected["minimum"], expected["maximum"]):
        bounds = f"{_range(expected['minimum'], expected['maximum'])} {row['u']}"
        yield _at("W163", file, row, "value", bounds=bounds, reason=expected["reason"])
    places = len(row["value"].partition(".")[2])
    if expected["decimals"] and places > int(expected["decimals"]):
        yield _at("W165", file, row, "value", allowed=f"#.{'#' * int(expected['decimals'])}")
    for column, choices in CHOICES.items():
        allowed = expected[choices].split()
        wanted = allowed or column == "basis"  # a basis is an exception: none unless allowed
        if wanted and row[column] and row[column] not in allowed:
            yield _at("W165", file, row, column, allowed="、".join(allowed) or "-")


def series_problems(rows: Iterable[Cells], expected: Cells, file: str) -> Iterator[Problem]:
    """W164: a record too far from the one before it; ``rows`` are one series of one kind."""
    dated = [row for row in rows if row["as_of"] and Decimal(row["v"])]
    dated.sort(key=lambda row: (decimal_year(row["as_of"]), int(row[LINE])))
    for before, after in pairwise(dated):
        with localcontext(EXACT):
            ratio = Decimal(after["v"]) / Decimal(before["v"])
        if decimal_year(before["as_of"]) < decimal_year(after["as_of"]) and not _within(
            ratio, expected["fall"], expected["rise"]
        ):
            details = {"other": before["obs_id"], "line": before[LINE], "ratio": f"{ratio:.2f}"}
            bounds = _range(expected["fall"], expected["rise"])
            yield _at("W164", file, after, "value", bounds=bounds, **details)


def expectation_problems(
    observations: Records, kinds: Mapping[str, str], table: Records, file: str
) -> Iterator[Problem]:
    """All that break an expectation; ``kinds`` are the types of subjects."""
    expectations = _expectations(table)

    def expected(row: Cells) -> Cells | None:
        own = expectations.get((row["indicator_id"], kinds[row["subject_id"]]))
        return own or expectations.get((row["indicator_id"], ""))

    for row in observations:
        if found := expected(row):
            yield from row_problems(row, found, file)

    def series(row: Cells) -> tuple[str, ...]:
        return row["subject_id"], row["indicator_id"], row["basis"], row["kind"]

    for _, rows in groupby(sorted(_originals(observations), key=series), series):
        together = list(rows)
        if found := expected(together[0]):
            yield from series_problems(together, found, file)


def _gaps(rows: Mapping[tuple[str, str, str], Cells], first: str, second: str) -> Iterator[Any]:
    for (subject, indicator, qualifier), row in rows.items():
        other = rows.get((subject, second, qualifier))
        if indicator == first and other:
            yield row, other, Decimal(other["v"]) - Decimal(row["v"])


def _growths(rows: Mapping[tuple[str, str, str], Cells], first: str, second: str) -> Iterator[Any]:
    for (subject, indicator, qualifier), row in rows.items():
        growth = rows.get((subject, second, qualifier))
        if indicator != first or not growth or not qualifier.isdecimal():
            continue
        before = rows.get((subject, first, str(int(qualifier) - 1)))
        if before and Decimal(before["v"]):
            yield growth, row, Decimal(row["v"]) / Decimal(before["v"]) - 1 - Decimal(growth["v"])


def _shares(rows: Sequence[Cells], first: str, second: str, third: str) -> Iterator[Any]:
    """The share of each subject and period, and how the quotient of its two records differs.

    What is told exactly goes before what is told as more or less.
    """
    known: dict[tuple[str, str], dict[str, Cells]] = defaultdict(dict)
    for row in rows:
        if row["as_of"] and row["indicator_id"] in (first, second, third):
            place = known[(row["subject_id"], row["as_of"])]
            if row["indicator_id"] not in place or place[row["indicator_id"]]["comparator"] != "=":
                place[row["indicator_id"]] = row
    for place in known.values():
        if len(place) == len({first, second, third}) and Decimal(place[second]["v"]):
            quotient = Decimal(place[first]["v"]) / Decimal(place[second]["v"])
            yield place[third], place[first], quotient - Decimal(place[third]["v"])


def _parts(
    rows: Mapping[tuple[str, str, str], Cells],
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
            rest = Decimal(whole["v"]) - sum(Decimal(part["v"]) for part in parts)
            halves = [codebook.half_width(row["value"], row["unit"]) for row in (whole, *parts)]
            rest -= min(max(rest, -sum(halves)), sum(halves))
            yield whole, parts[0], rest


def relation_problems(
    observations: Records,
    parents: Mapping[str, str],
    table: Records,
    codebook: Codebook,
    file: str,
) -> Iterator[Problem]:
    """W167: two records, or a whole and its parts, that do not go together."""
    originals = _originals(observations)
    rows = {(row["subject_id"], row["indicator_id"], row["qualifier"]): row for row in originals}
    for relation in table:
        with localcontext(EXACT):
            if relation["test"] == "gap":
                found = list(_gaps(rows, relation["first"], relation["second"]))
            elif relation["test"] == "growth":
                found = list(_growths(rows, relation["first"], relation["second"]))
            elif relation["test"] == "share":
                found = list(
                    _shares(originals, relation["first"], relation["second"], relation["third"])
                )
            else:
                found = list(_parts(rows, relation["first"], parents, codebook))
        for row, other, number in found:
            if not _within(number, relation["low"], relation["high"]):
                details = {
                    "other": other["obs_id"],
                    "line": other[LINE],
                    "reason": relation["reason"],
                }
                bounds = _range(relation["low"], relation["high"])
                difference = plain(round(number, 6))
                yield _at(
                    "W167", file, row, "value", bounds=bounds, difference=difference, **details
                )


def problems(
    tables: Mapping[str, Records], observations: Records, codebook: Codebook, file: str
) -> list[Problem]:
    """All that is implausible in the normalised observations, where the edition says what is."""
    subjects = tables["subjects"]
    found: list[Problem] = []
    if EXPECTATIONS in tables:
        kinds = {row["subject_id"]: row["type"] for row in subjects}
        found += expectation_problems(observations, kinds, tables[EXPECTATIONS], file)
    if RELATIONS in tables:
        parents = {row["subject_id"]: row["parent_id"] for row in subjects}
        found += relation_problems(observations, parents, tables[RELATIONS], codebook, file)
    return found
