"""Consistency: whether rows that speak of the same thing describe it alike.

In: the edition's tables. Out: problems. Rules of bookkeeping that hold in every edition, so
nothing of them is configured.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from suyuan.contract.queries.seen import Cells
from suyuan.contract.tables import LINE, Records
from suyuan.core.errors import Problem
from suyuan.core.periods import span

AHEAD = frozenset({"target", "forecast", "claim"})  # what may speak of a time after the cutoff
SAME_FACT = ("subject_id", "indicator_id", "qualifier", "basis", "kind", "source_id")
ALIKE = ("as_of", "kind")
YEAR = re.compile(r"(?:^|_)(\d{4}(?:-\d\d|q[1-4]|h[12])?)(?:_|$)", re.ASCII)
LINES = re.compile(r"L\d", re.ASCII)


def _at(code: str, file: str, row: Cells, column: str, **details: str) -> Problem:
    return Problem(code, file, int(row[LINE]), column, row[column], details)


def cutoff_problems(tables: Mapping[str, Records], folder: str) -> Iterator[Problem]:
    """W162: a cutoff outside its edition, and rows about a time after the cutoff."""
    for edition in tables["edition"]:
        last, own = span(edition["cutoff"]).last, span(edition["edition"])
        if last != own.last:
            yield _at("W162", f"{folder}/edition.csv", edition, "cutoff", cutoff=edition["edition"])
        if edition["published"] < edition["cutoff"]:
            yield _at(
                "W162", f"{folder}/edition.csv", edition, "published", cutoff=edition["cutoff"]
            )
        for name, table in tables.items():
            for column in ("as_of", "vintage", "published"):
                if name == "edition" or not table or column not in table[0]:
                    continue
                for row in table:
                    ahead = column == "as_of" and row["kind"] in AHEAD
                    if row[column] and not ahead and span(row[column]).first > last:
                        file = f"{folder}/{name}.csv"
                        yield _at("W162", file, row, column, cutoff=edition["cutoff"])


def qualifier_problems(observations: Records, file: str) -> Iterator[Problem]:
    """W168: a qualifier that names another period than as_of."""
    for row in observations:
        found = YEAR.search(row["qualifier"])
        if found and row["as_of"] and found[1].upper() != row["as_of"].upper():
            yield _at("W168", file, row, "as_of", qualifier=row["qualifier"])


def restating_problems(observations: Records, file: str) -> Iterator[Problem]:
    """W166: a restatement of another fact, or one that qualifies it otherwise without a note."""
    rows = {row["obs_id"]: row for row in observations}
    for row in rows.values():
        if not row["restates"]:
            continue
        original = rows[row["restates"]]
        columns = SAME_FACT if row["note"] or original["note"] else (*SAME_FACT, "comparator")
        for column in columns:
            if row[column] != original[column]:
                yield _differs(file, row, original, column)


def comparator_problems(observations: Records, file: str) -> Iterator[Problem]:
    """W166: a comparator that most places repeating the fact contradict."""
    again: dict[str, list[Cells]] = {}
    for row in observations:
        if row["restates"]:
            again.setdefault(row["restates"], []).append(row)
    rows = {row["obs_id"]: row for row in observations}
    for key, places in sorted(again.items()):
        row = rows[key]
        if sum(place["comparator"] != row["comparator"] for place in places) * 2 > len(places) + 1:
            yield _differs(file, row, places[0], "comparator")


def peer_problems(observations: Records, kinds: Mapping[str, str], file: str) -> Iterator[Problem]:
    """W166: one source's numbers of one table that differ in period or kind."""
    tables: dict[tuple[str, ...], list[Cells]] = {}
    for row in observations:
        if not row["restates"]:
            key = (row["indicator_id"], row["source_id"], kinds[row["subject_id"]])
            tables.setdefault(key, []).append(row)
    for rows in tables.values():
        # Where qualifiers are periods and each subject stands once, the rows are one table.
        dated = all(not row["qualifier"] or YEAR.fullmatch(row["qualifier"]) for row in rows)
        once = dated and len({row["subject_id"] for row in rows}) == len(rows)
        first: dict[str, Cells] = {}
        for row in rows:
            peer = first.setdefault("" if once else row["qualifier"], row)
            for column in ALIKE:
                if row[column] != peer[column]:
                    yield _differs(file, row, peer, column)


def _differs(file: str, row: Cells, other: Cells, column: str) -> Problem:
    details = {"other": other["obs_id"], "line": other[LINE], "that": other[column] or "-"}
    return _at("W166", file, row, column, **details)


def _style(locator: str) -> str:
    return "line" if LINES.match(locator) else "url" if "://" in locator else "words"


def locator_problems(observations: Records, file: str) -> Iterator[Problem]:
    """W169: a locator of another sort than its source's others, or of another source."""
    styles: dict[str, Cells] = {}
    owners: dict[str, Cells] = {}
    for row in observations:
        style = _style(row["locator"])
        alike = styles.setdefault(row["source_id"], row)
        owner = row if style == "line" else owners.setdefault(row["locator"], row)
        if _style(alike["locator"]) != style:
            yield _at("W169", file, row, "source_id", other=alike["obs_id"], line=alike[LINE])
        elif owner["source_id"] != row["source_id"]:
            yield _at("W169", file, row, "source_id", other=owner["obs_id"], line=owner[LINE])


def problems(tables: Mapping[str, Records], file: str) -> list[Problem]:
    """All that is described in two ways; ``file`` is the name of the observations' file."""
    observations, subjects = tables["observations"], tables["subjects"]
    kinds = {row["subject_id"]: row["type"] for row in subjects}
    return [
        *cutoff_problems(tables, file.rpartition("/")[0]),
        *qualifier_problems(observations, file),
        *restating_problems(observations, file),
        *comparator_problems(observations, file),
        *peer_problems(observations, kinds, file),
        *locator_problems(observations, file),
    ]
