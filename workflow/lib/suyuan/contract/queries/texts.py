"""Rules of texts: what a title names, what stands at one place, and figures within texts."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from suyuan.contract.queries import scopes
from suyuan.contract.queries.places import LINES, LOCATOR
from suyuan.contract.queries.rule import Rule
from suyuan.contract.queries.seen import OBSERVATIONS, Bounds, Cells, Seen, key_of
from suyuan.contract.tables import LINE
from suyuan.core.errors import Problem
from suyuan.core.numbers import ungrouped

SUBJECT = "subject_id"
NOT_TEXT = frozenset({LINE, LOCATOR, "source_id", "as_of", "kind", SUBJECT})
WIDEST = 40  # lines of one place: more are a chapter


def _line_of(seen: Seen, subject: str) -> list[str]:
    """A subject and all that it is a part of."""
    found: list[str] = []
    while subject in seen.subjects and subject not in found:
        found.append(subject)
        subject = seen.subjects[subject]["parent_id"]
    return found


def _related(seen: Seen, one: str, other: str) -> bool:
    return one in _line_of(seen, other) or other in _line_of(seen, one)


def titles(seen: Seen, bounds: Bounds) -> Iterator[Problem]:
    """Rows about one place of the country and the place that the title of their source names."""
    sorts = bounds.each("sorts")
    places = {key: row for key, row in seen.subjects.items() if row["type"] in sorts}
    named = {
        key: [place for place, row in places.items() if row["name"] in source["title"]]
        for key, source in seen.sources.items()
    }
    for table, row, source in seen.cited():
        subject = row.get(SUBJECT, "")
        about = named[source["source_id"]]
        if subject not in places or not about:
            continue
        if not any(_related(seen, subject, place) for place in about):
            told = {"title": source["title"], "source": source["source_id"]}
            yield seen.query("W201", table, row, SUBJECT, **told)


def one_place(seen: Seen, bounds: Bounds) -> Iterator[Problem]:
    """Observations at one line of a source that are about two subjects of one sort."""
    sorts, first = bounds.each("sorts"), dict[tuple[str, str], Cells]()
    for row in seen.observations:
        single = LINES.fullmatch(row[LOCATOR])
        if single and not single[2] and seen.subjects[row[SUBJECT]]["type"] in sorts:
            before = first.setdefault((row["source_id"], row[LOCATOR]), row)
            if before[SUBJECT] != row[SUBJECT]:
                yield seen.query("W202", OBSERVATIONS, row, SUBJECT, before)


def _lines_of(row: Cells) -> list[int]:
    """The lines that a place names, none where they are a chapter."""
    found = LINES.fullmatch(row[LOCATOR])
    if not found:
        return []
    first, last = int(found[1]), int(found[2] or found[1])
    return list(range(first, last + 1)) if last - first < WIDEST else []


def figures(seen: Seen, bounds: Bounds) -> Iterator[Problem]:
    """A figure in a text and the observations at the same place of its source, in the same unit."""
    units, apart = seen.codebook.units, bounds.each("apart")
    known: dict[tuple[str, int], list[Cells]] = defaultdict(list)
    for row in seen.observations:
        for line in _lines_of(row):
            known[(row["source_id"], line)].append(row)
    names = sorted((name for name in units if re.search("[A-Za-z%]", name)), key=len, reverse=True)
    figure = re.compile(rf"([0-9][0-9,]*(?:\.[0-9]+)?) ?({'|'.join(map(re.escape, names))})")
    for table, row, source in seen.cited():
        if table == OBSERVATIONS or not (lines := _lines_of(row)):
            continue
        place = [each for line in lines for each in known.get((source["source_id"], line), ())]
        for column, text in row.items() if place else ():
            if column in NOT_TEXT or column in apart:
                continue
            for number, unit in figure.findall(text):
                own = seen.codebook.convert(ungrouped(number), unit)
                same = [each for each in place if units[each["unit"]].canonical == own[1]]
                if same and own not in [_amount(seen, each) for each in same]:
                    told = {"figure": f"{number} {unit}", "at": ", ".join(map(key_of, same))}
                    yield seen.query("W203", table, row, column, **told)


def _amount(seen: Seen, row: Cells) -> tuple[Decimal, str]:
    return seen.codebook.convert(row["value"], row["unit"])


RULES = (
    Rule(
        "W201",
        "the subject of a row and the one that its source's title names",
        {"sorts": scopes.subject_type},
        titles,
    ),
    Rule(
        "W202",
        "the subjects of rows at one line of a source",
        {"sorts": scopes.subject_type},
        one_place,
    ),
    Rule(
        "W203",
        "figures in a text and the observations at its place",
        {"apart": scopes.column},
        figures,
    ),
)
