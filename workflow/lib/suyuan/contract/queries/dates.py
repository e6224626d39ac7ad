"""Rules of dates: what a row speaks of, when its source appeared and was read, what names say."""

from __future__ import annotations

import re
from collections.abc import Iterator

from suyuan.contract.queries.rule import Rule
from suyuan.contract.queries.scopes import of_all
from suyuan.contract.queries.seen import EDITION, OBSERVATIONS, Bounds, Seen
from suyuan.core.errors import Problem
from suyuan.core.periods import span

AHEAD = frozenset({"target", "forecast"})
PAST = frozenset({"measured", "policy"})
SOURCES, POLICIES, SCHEME = "sources", "policies", "://"
RATED = "rated_on"  # the column of the day of a judgement
_YEAR, _MONTH, _DAY = "(?:19|20)[0-9]{2}", "(?:0[1-9]|1[0-2])", "(?:0[1-9]|[12][0-9]|3[01])"
NAMED = re.compile(rf"(?<![0-9]){_YEAR}(?:-{_MONTH}(?:-{_DAY})?)?(?![0-9])")
IN_ADDRESS = re.compile(rf"(?<=[/_t])({_YEAR})([-/]?)({_MONTH})(?:\2({_DAY}))?(?![0-9])")
OF_DOCUMENT = re.compile(rf"〔({_YEAR})〕")


def _differ(one: str, other: str) -> bool:
    """Whether two dates, each as precise as it is, cannot be of one day."""
    return not (one.startswith(other) or other.startswith(one))


def after_publication(seen: Seen, _bounds: Bounds) -> Iterator[Problem]:
    """What is measured or decided is not of a time after its source appeared."""
    for table, row, source in seen.cited():
        dated = row["kind"] in PAST and row["as_of"] and source["published"]
        if dated and span(source["published"]).ends_before(span(row["as_of"])):
            yield seen.query("W185", table, row, "as_of", published=source["published"])


def before_publication(seen: Seen, _bounds: Bounds) -> Iterator[Problem]:
    """What is foreseen is not of a time before its source appeared."""
    for table, row, source in seen.cited():
        dated = row["kind"] in AHEAD and row["as_of"] and source["published"]
        if dated and span(row["as_of"]).ends_before(span(source["published"])):
            yield seen.query("W186", table, row, "as_of", published=source["published"])


def issued(seen: Seen, bounds: Bounds) -> Iterator[Problem]:
    """A forecast is issued before its source appears, not long before, nor after its period."""
    for row in seen.observations:
        if not row["vintage"]:
            continue
        made, published = span(row["vintage"]), seen.sources[row["source_id"]]["published"]
        if published:
            appeared = span(published)
            months = appeared.first - made.last
            if appeared.ends_before(made) or months > bounds["months"]:
                yield seen.query("W187", OBSERVATIONS, row, "vintage", than=published)
                continue
        if row["as_of"] and span(row["as_of"]).ends_before(made):
            yield seen.query("W187", OBSERVATIONS, row, "vintage", than=row["as_of"])


def read_early(seen: Seen, _bounds: Bounds) -> Iterator[Problem]:
    """A document is not read before it appears."""
    for source in seen.tables[SOURCES]:
        published, read = source["published"], source["read_on"]
        if published and read and _differ(read, published) and read < published:
            yield seen.query("W188", SOURCES, source, "read_on", published=published)


def dates_in_names(seen: Seen, _bounds: Bounds) -> Iterator[Problem]:
    """Dates in ids and addresses of sources, and in numbers of documents, are those of columns."""
    for source in seen.tables[SOURCES]:
        if not (published := source["published"]):
            continue
        named = NAMED.findall(source["source_id"])
        if named and all(_differ(date, published) for date in named):
            yield seen.query("W189", SOURCES, source, "published", named=named[-1])
            continue
        dates = ("-".join(filter(None, part)) for part in _parts(source["url"]))
        early = [date for date in dates if _differ(date, published) and date < published]
        if early:
            yield seen.query("W189", SOURCES, source, "published", named=early[0])
    for row in seen.tables.get(POLICIES, ()):
        found = OF_DOCUMENT.search(row["doc_no"])
        if found and row["issued"] and not row["issued"].startswith(found[1]):
            yield seen.query("W189", POLICIES, row, "issued", named=found[1])


def _parts(address: str) -> Iterator[tuple[str, str, str]]:
    for year, _, month, day in IN_ADDRESS.findall(address):
        yield year, month, day


def dates_of_places(seen: Seen, _bounds: Bounds) -> Iterator[Problem]:
    """The day that a place in a source names is the day the source appeared."""
    for table, row, source in seen.cited():
        if not source["published"] or SCHEME in row["locator"]:
            continue
        named = [date for date in NAMED.findall(row["locator"]) if "-" in date]
        if named and all(_differ(date, source["published"]) for date in named):
            told = {"named": named[0], "published": source["published"]}
            yield seen.query("W190", table, row, "locator", **told)


def judged_late(seen: Seen, _bounds: Bounds) -> Iterator[Problem]:
    """What an edition holds was not judged after it was published."""
    published = seen.tables[EDITION][-1]["published"]
    for name, rows in seen.tables.items():
        for row in rows if rows and RATED in rows[0] else ():
            if row[RATED][: len(published)] > published[: len(row[RATED])]:
                yield seen.query("W204", name, row, RATED, published=published)


RULES = (
    Rule(
        "W185",
        "the period of what is measured and the day its source appeared",
        {},
        after_publication,
    ),
    Rule(
        "W186",
        "the period of what is foreseen and the day its source appeared",
        {},
        before_publication,
    ),
    Rule(
        "W187",
        "the day a forecast was issued, its period, and the day its source appeared",
        of_all("months"),
        issued,
    ),
    Rule("W188", "the day a source was read and the day it appeared", {}, read_early),
    Rule(
        "W189",
        "dates in ids, addresses and numbers of documents and the day they appeared",
        {},
        dates_in_names,
    ),
    Rule(
        "W190", "the date that a place names and the day its source appeared", {}, dates_of_places
    ),
    Rule("W204", "the day of a judgement and the day the edition was published", {}, judged_late),
)
