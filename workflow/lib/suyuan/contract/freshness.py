"""Freshness: what is too old at a cutoff, which rows of its quarter lack, which sources are late.

A number that names its period beside a later one of the same series is history, and history does
not age. What ages is the latest record of a series, and what is printed without a period.

All of it is said by registers and by the edition's own cutoff, never by the day of a build.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta

from suyuan.core.periods import decimal_year, last_day, newest_of, quarter_of, span

FRESHNESS, RELEASES, OBSERVED = "freshness", "releases", "observations"
DATED = re.compile(r"(?:^|_)\d{4}(?:-\d\d|q[1-4]|h[12])?(?:_|$)", re.ASCII)
AGEING = frozenset({"measured", "claim"})  # a target or a forecast speaks of its own time
CARRIED_FROM, AGED = "carried_from", "aged"  # columns that rows of the register are given
SERIES = ("subject_id", "indicator_id", "basis")
Cells = Mapping[str, str]


@dataclass(frozen=True)
class Late:
    """A row of the register of releases, the day an issue was due, and the newest source."""

    release: Cells
    due: str
    newest: str


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


def missing(
    observations: Iterable[Cells], freshness: Iterable[Cells], cutoff: str
) -> list[tuple[Cells, str]]:
    """The indicators of which the edition lacks a row that it should have; the quarter of each.

    A row of a quarter is expected by the day that ``expected_by`` names; a forecast will do.
    """
    spans: dict[str, list[str]] = {}
    for row in observations:
        if row["as_of"]:
            spans.setdefault(row["indicator_id"], []).append(row["as_of"])
    found = []
    for own in freshness:
        if days := own["expected_by"]:
            quarter = quarter_of(newest_of(days, last_day(cutoff)))
            periods = map(span, spans.get(own["indicator_id"], ()))
            if not any(period.overlaps(span(quarter)) for period in periods):
                found.append((own, quarter))
    return found


def late(sources: Iterable[Cells], releases: Iterable[Cells], cutoff: str) -> list[Late]:
    """The regular publications of which the edition has no issue that is new enough.

    The newest one must not be older than ``max_age_days`` on the last day by which one was
    expected. A source without a date is none of them.
    """
    dated = [(row["source_id"], row["published"]) for row in sources if row["published"]]
    found = []
    for own in releases:
        due = newest_of(own["expected_by"], last_day(cutoff))
        own_issues = (
            (last_day(published), source)
            for source, published in dated
            if source == own["series"] or source.startswith(f"{own['series']}-")
        )
        day, newest = max(own_issues, default=(None, ""))
        if day is None or day < due - timedelta(days=int(own["max_age_days"])):
            found.append(Late(own, due.isoformat(), newest))
    return found


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
