"""Periods as points on the time axis, and as spans of months."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

YEARS = range(1980, 2061)  # of which records of ours speak
_NAMED = re.compile(
    r"(?P<year>\d{4})(-(?P<month>\d\d)(-(?P<day>\d\d))?|[Qq](?P<quarter>\d)|[Hh](?P<half>\d))?"
)
_PART = re.compile(r"(\d{4})(?:-(\d\d)(?:-\d\d)?|Q([1-4])|H([12]))?", re.ASCII)


@dataclass(frozen=True)
class Span:
    """First and last month, both included, counted from January of year 0."""

    first: int
    last: int

    def overlaps(self, other: Span) -> bool:
        """Whether the two share a month."""
        return self.first <= other.last and other.first <= self.last

    def ends_before(self, other: Span) -> bool:
        """Whether the last month of this is before the first of the other."""
        return self.last < other.first


@lru_cache(maxsize=4096)  # rows are many, and their periods few
def span(text: str) -> Span:
    """The months of ``2026``, ``2026-03``, ``2026-03-31``, ``2026Q1``, ``2026H1`` or ``FROM/TO``.

    Raises ValueError for anything else.
    """
    start, _, end = text.partition("/")
    first, last = _part(start), _part(end or start)
    return Span(first.first, last.last)


def in_order(text: str) -> bool:
    """Whether the second end of FROM/TO begins after the first is over; True of what is no span.

    Of two days the second is the later.
    """
    start, slash, end = text.partition("/")
    if not slash:
        return True
    if is_day(start) and is_day(end):
        return start < end
    return _part(start).ends_before(_part(end))


def _part(text: str) -> Span:
    found = _PART.fullmatch(text)
    if not found:
        raise ValueError(f"no period: {text}")
    year, month, quarter, half = (int(part) if part else 0 for part in found.groups())
    if month:
        return Span(year * 12 + month - 1, year * 12 + month - 1)
    if quarter:
        return Span(year * 12 + quarter * 3 - 3, year * 12 + quarter * 3 - 1)
    if half:
        return Span(year * 12 + half * 6 - 6, year * 12 + half * 6 - 1)
    return Span(year * 12, year * 12 + 11)


def last_day(period: str) -> date:
    """The last day of a period: 2024-06 is 2024-06-30, 2024Q4 is 2024-12-31, of a span that of TO.

    Raises ValueError for anything else, and for a day that the calendar has not.
    """
    end = period.rpartition("/")[2]
    if len(end) == len("2026-03-31"):
        return date.fromisoformat(end)
    year, month = divmod(_part(end).last, 12)
    first = date(year, month + 1, 1)
    return first.replace(day=monthrange(year, month + 1)[1])  # the year 9999 has no day after


def is_day(text: str) -> bool:
    """Whether a text is a day of the calendar, as 2026-03-31."""
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def decimal_year(period: str) -> float:
    """The end of a period: 2024 is 2025.0, 2024-06 is 2024.5, 2025Q4 is 2026.0.

    Of a span FROM/TO, the end of TO.
    """
    period = period.rpartition("/")[2]
    year, rest = float(period[:4]), period[4:]
    if rest.startswith("Q"):
        return year + int(rest[1]) / 4
    if rest.startswith("H"):
        return year + int(rest[1]) / 2
    return year + int(rest[1:3]) / 12 if rest else year + 1


def in_words(text: str, words: Mapping[str, str]) -> str:
    """A period such as 2025-12, 2025Q4 or 2025/2027 in words; any other text as it is."""
    ends = []
    for end in text.split("/"):
        parts = _NAMED.fullmatch(end)
        if not parts:
            return text
        named = {name: part for name, part in parts.groupdict().items() if part}
        ends.append("".join(words[n].format(part.lstrip("0")) for n, part in named.items()))
    return words["to"].join(ends)


def quarter_of(day: date) -> str:
    """The quarter that a day lies in, as 2026Q2."""
    return f"{day.year}Q{(day.month + 2) // 3}"


def last_quarter(day: date) -> str:
    """The last quarter that is over on a day: on 2026-07-07 it is 2026Q2."""
    return quarter_of(first_of_quarter(day) - timedelta(days=1))


def first_of_quarter(day: date) -> date:
    """The first day of the quarter that a day lies in."""
    return date(day.year, (day.month - 1) // 3 * 3 + 1, 1)


def newest_of(days: str, until: date) -> date:
    """The newest of some days of the year, as "01-31 07-31", that is not after ``until``.

    A day that its month has not, as 02-30, is the last one of the month.
    """
    named = [tuple(map(int, day.split("-"))) for day in days.split()]
    found = (
        date(year, month, min(day, monthrange(year, month)[1]))
        for year in (until.year - 1, until.year)
        for month, day in named
    )
    return max(day for day in found if day <= until)
