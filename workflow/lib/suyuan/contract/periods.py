"""What a period in a cell looks like, and what may be proposed in place of one that does not.

As with numbers a proposal is made only where it follows: the same day or month in other signs. What
a spreadsheet program has made of it (a serial number, a month by name) may have lost a part, and
sends people to the source.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from suyuan.contract.numerals import WIDE
from suyuan.core.periods import YEARS, in_order, is_day, span

FIRST, LAST = YEARS[0], YEARS[-1]
_PART = r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?|Q[1-4]|H[12])?"
PERIOD = re.compile(rf"{_PART}(/{_PART})?", re.ASCII)
_OF_YEAR = r"(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])"
DAYS = re.compile(rf"{_OF_YEAR}( {_OF_YEAR})*", re.ASCII)  # of every year
COMMON = "2026"  # a year that has no day that another lacks
# 2026/3/31, 2026.3.31, 2026/3, 2026年3月31日, 20260331; 2026.1 may have been 2026.10.
_MIDNIGHT = r"(?:[ T]0?0:00(?::00(?:\.0+)?)?)?"
_FORMS = (
    re.compile(rf"(\d{{4}})([-/.])(\d{{1,2}})\2(\d{{1,2}}){_MIDNIGHT}", re.ASCII),
    re.compile(r"(\d{4})([-/])(\d{1,2})", re.ASCII),
    re.compile(r"(\d{4})(年)(?:(\d{1,2})月(?:(\d{1,2})[日号])?)?", re.ASCII),
    re.compile(r"(\d{4})()(\d\d)(\d\d)", re.ASCII),
)
_PARTED = re.compile(r"(\d{4})[QHqh]\d", re.ASCII)
_BETWEEN = re.compile(r" *(?:/|~|—|–|至|(?<=\d{4})-(?=\d{4})) *", re.ASCII)
SERIAL, BEFORE_FIRST = re.compile(r"\d{5}", re.ASCII), date(1899, 12, 30)


def is_period(text: str) -> bool:
    """Whether ``text`` is a period whose days the calendar has."""
    if not PERIOD.fullmatch(text):
        return False
    days = (part for part in text.split("/") if len(part) == len("2026-03-31"))
    try:
        return all(date.fromisoformat(day) for day in days)
    except ValueError:
        return False


def period_problems(text: str) -> Iterator[tuple[str, dict[str, str]]]:
    """What keeps ``text`` from being a period of ours: code and details.

    E136 one in other signs, E137 the number that a spreadsheet program keeps for a day, E125
    neither. E858 a year out of all range, E859 an end that is not after its beginning.
    """
    if not is_period(text):
        if said := _same(text.translate(WIDE)):
            yield "E136", {"period": said}
        elif day := _serial(text):
            yield "E137", {"day": day}
        else:
            yield "E125", {}
        return
    months = span(text)
    years = [month // 12 for month in (months.first, months.last)]
    if not all(FIRST <= year <= LAST for year in years):
        yield "E858", {"first": str(FIRST), "last": str(LAST)}
    elif not in_order(text):
        yield "E859", {}


def _same(text: str) -> str:
    """The period that a text is in other signs, '' where that does not follow."""
    if one := _one(text):
        return one
    ends = [_one(end) for end in _BETWEEN.split(text)]
    said = "/".join(ends)
    return said if len(ends) == len("FT") and all(ends) and in_order(said) else ""


def _one(text: str) -> str:
    said = text.strip()
    if _PARTED.fullmatch(said):
        said = said.upper()
    found = next(filter(None, (form.fullmatch(said) for form in _FORMS)), None)
    if found:
        year, _, *rest = (part or "" for part in found.groups())
        said = "-".join([year, *(part.zfill(2) for part in rest if part)])
    own = is_period(said) and "/" not in said
    return said if own and FIRST <= int(said[: len(COMMON)]) <= LAST else ""


def _serial(text: str) -> str:
    """The day that a spreadsheet program means by a number, '' where it is none of ours."""
    if not SERIAL.fullmatch(text):
        return ""
    day = BEFORE_FIRST + timedelta(days=int(text))
    return day.isoformat() if FIRST <= day.year <= LAST else ""


def are_days(text: str) -> bool:
    """Whether ``text`` names days that every year has: 01-31 07-31."""
    return all(is_day(f"{COMMON}-{day}") for day in text.split(" "))
