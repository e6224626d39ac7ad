"""What is asked, brought to the form in which the page is read too."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any
from unicodedata import normalize

_BLANK = re.compile(r"\s+|(?<=\d),(?=\d{3}(?!\d))")
_DASHES = str.maketrans({"\u2212": "-", "\u2013": "-", "\u2010": "-", "\u2011": "-"})
_NUMBER = re.compile(r"(?P<number>-?\d+(?:\.\d+)?)(?P<unit>.*)", re.ASCII)
_LINE = re.compile(r"(?P<file>[\w./-]+\.csv):(?P<line>\d+)(?::.*)?", re.ASCII)
_SECTION = re.compile(r"\d+\.\d+", re.ASCII)
_DIGITS = {sign: value for value, sign in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_PLACES = {"十": 10, "百": 100, "千": 1000}
_MYRIADS = {"万": 10**4, "亿": 10**8}
_NUMERAL = f"[{''.join((*_DIGITS, *_PLACES, *_MYRIADS))}]+(?:点[{''.join(_DIGITS)}]+)?"
_NUMERALS = re.compile(rf"(百分之)?({_NUMERAL}|(?<=百分之)[\d.]+)")


def plain(text: str) -> str:
    """Half width, small letters, one kind of minus, no blanks, no thousands separators."""
    text = text if text.isascii() else normalize("NFKC", text).translate(_DASHES)
    return _BLANK.sub("", text).lower()


def arabic(text: str) -> str:
    """The text with digits for numerals: 百分之六十 is 60%, 图四 is 图4, 二〇二六年 2026年."""
    return _NUMERALS.sub(lambda found: _digits(found[2]) + ("%" if found[1] else ""), text)


def _digits(numeral: str) -> str:
    whole, _, part = numeral.partition("点")
    digits = "".join(str(_DIGITS[sign]) for sign in part)
    if not {*whole} & {*_PLACES, *_MYRIADS}:  # said one by one, as a year is
        number = "".join(str(_DIGITS.get(sign, sign)) for sign in whole)
    else:
        number = str(_counted(whole))
    return f"{number}.{digits}" if digits else number


def _counted(numeral: str) -> int:
    total = below = digit = 0
    for sign in numeral:
        if sign in _DIGITS:
            digit = _DIGITS[sign]
        elif sign in _PLACES:
            below, digit = below + (digit or 1) * _PLACES[sign], 0
        elif sign == "亿":
            total, below, digit = (total + below + digit) * _MYRIADS[sign], 0, 0
        else:
            total, below, digit = total + (below + digit) * _MYRIADS[sign], 0, 0
    return total + below + digit


@dataclass(frozen=True)
class Quantity:
    """A number as asked for: its sign of comparison, '' for none, and its unit, '%' included."""

    comparator: str
    number: Decimal
    unit: str


def quantity(text: str, comparators: Mapping[str, str]) -> Quantity | None:
    """``>140eflops`` in its parts, None for what is no number; ``text`` is plain."""
    for word in sorted(comparators, key=len, reverse=True):
        if text.startswith(word):
            rest, sign = text.removeprefix(word), comparators[word]
            break
    else:
        rest, sign = text, ""
    found = _NUMBER.fullmatch(rest)
    if not found:
        return None
    try:
        return Quantity(sign, Decimal(found["number"]), found["unit"])
    except InvalidOperation:  # no such digits
        return None


def exhibit(text: str, prefixes: Mapping[str, str]) -> tuple[str, int, str] | None:
    """Kind and number of a figure or table, and what is asked of it: 表5宁夏, fig. 4."""
    for prefix, kind in prefixes.items():
        found = re.fullmatch(rf"{re.escape(prefix)}\.?(\d{{1,4}})(\D.*)?", text, re.ASCII)
        if found:
            return kind, int(found[1]), found[2] or ""
    return None


def page(text: str, forms: Mapping[str, Any]) -> int | None:
    """The page asked for: 第12页, p. 12."""
    for before, after in forms.items():
        found = re.fullmatch(rf"{re.escape(before)}(\d{{1,4}}){re.escape(after)}", text, re.ASCII)
        if found:
            return int(found[1])
    return None


def line(text: str) -> tuple[str, int] | None:
    """File and line: ``observations.csv:43``, with folders or without."""
    found = _LINE.fullmatch(text)
    return (found["file"], int(found["line"])) if found else None


def section(text: str) -> str:
    """The number of a section, '' for what is none."""
    return text if _SECTION.fullmatch(text) else ""
