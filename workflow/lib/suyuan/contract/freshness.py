"""Freshness: which observations are older at a cutoff than their indicator allows.

A number that names its period beside a later one of the same series is history, and history does
not age. What ages is the latest record of a series, and what is printed without a period.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from suyuan.core.periods import decimal_year, last_day

FRESHNESS, OBSERVED = "freshness", "observations"
DATED = re.compile(r"(?:^|_)\d{4}(?:-\d\d|q[1-4]|h[12])?(?:_|$)", re.ASCII)
AGEING = frozenset({"measured", "claim"})  # a target or a forecast speaks of its own time
CARRIED_FROM, AGED = "carried_from", "aged"  # columns that rows of the register are given
SERIES = ("subject_id", "indicator_id", "basis")
Cells = Mapping[str, str]


def aged(observations: Iterable[Cells], freshness: Iterable[Cells], cutoff: str) -> list[Cells]:
    """The observations that are older at ``cutoff`` than allowed, in their order.

    One that has no period, or repeats another, has no age of its own.
    """
    allowed = {row["indicator_id"]: int(row["max_age_days"]) for row in freshness}
    rows = [
        row
        for row in observations
        if row["indicator_id"] in allowed
        and row["kind"] in AGEING
        and row["as_of"]
        and not row["restates"]
    ]
    latest: dict[tuple[str, ...], float] = {}
    for row in rows:
        series = tuple(row[column] for column in SERIES)
        latest[series] = max(decimal_year(row["as_of"]), latest.get(series, 0))
    day = last_day(cutoff)
    return [
        row
        for row in rows
        if (day - last_day(row["as_of"])).days > allowed[row["indicator_id"]]
        and not (
            DATED.search(row["qualifier"])
            and decimal_year(row["as_of"]) < latest[tuple(row[column] for column in SERIES)]
        )
    ]


def carried(
    register: Iterable[Cells],
    observations: Iterable[Cells],
    freshness: Iterable[Cells],
    edition: Iterable[Cells],
) -> dict[tuple[str, str], dict[str, str]]:
    """What carried rows say beside their own cells, by table and key.

    Since which edition they are as they are, and whether that is too long for what they measure.
    """
    found = {(row["table"], row["row"]): {CARRIED_FROM: row["since"]} for row in register}
    if found:
        for own in edition:
            for row in aged(observations, freshness, own["cutoff"]):
                if said := found.get((OBSERVED, row["obs_id"])):
                    said[AGED] = own["cutoff"]
    return found
