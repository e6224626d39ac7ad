"""What a cell of somebody else's table says: a number only where nothing has to be guessed.

``1,5`` may be 1.5 or 15, ``70%`` may be 70 or 0.7, ``NA`` may be Namibia: such a cell is a number,
or missing, only where the recipe declares what its signs mean.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from math import isinf, nan

from suyuan.contract.numerals import DIGITS, IDLE_ZERO, MINUS, WIDE

NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?", re.ASCII)
PLAIN = re.compile(r"-?(?:0|[1-9]\d{0,14})(?:\.\d{1,17})?", re.ASCII)  # as nearly all are
COMMAS = re.compile(r"[+-]?[\d.]*\d,[\d,.]*\d?", re.ASCII)
PARTED = re.compile(r"[+-]?\d{1,3}(?:([ .'_])\d{3})(?:\1\d{3})*(?:[.,]\d+)?", re.ASCII)
PAIRED = re.compile(r"\d+\s*([/:\-.])\s*\d+(?:\s*\1\s*\d+)?", re.ASCII)  # a fraction or a date
WITH_UNIT = re.compile(r"[+-]?\d+(?:\.\d+)?\s*((?:[^\W\d_]|[‰℃°$€£¥])[^0-9]*)")
SPACES = {0xA0: " ", 0x202F: " ", 0x2009: " ", 0x2019: "'"}  # as programs write between thousands
PERCENT = "%"
BRACKETED = re.compile(r"\((.+)\)$")  # as accountants write what is below zero


class Stored(str):
    """A number as a workbook stores it: its digits were never typed, so nothing is declared."""

    __slots__ = ()


@dataclass(frozen=True)
class Signs:
    """What the signs in numbers are declared to mean; ``missing`` are texts for no value."""

    missing: frozenset[str] = frozenset()
    percent: bool = False
    decimal: str = "."
    thousands: str = ""


@dataclass(frozen=True)
class Fault:
    """What keeps a text from being a number."""

    code: str
    details: Mapping[str, str]


def number(text: str, signs: Signs) -> float | Fault:
    """The number that ``text`` is; NaN where it is empty or declared to be missing.

    Faults: E121 full-width characters, E123 a unit, E128 too long, E134 a zero in front, E543
    thousands apart, E544 a comma, E545 a per cent sign, E546 a fraction or date, E577 brackets
    around it, E547 signs that do not fit those declared, E548 beyond all numbers, E520 anything
    else.
    """
    if not text or text in signs.missing:
        return nan
    plainly = signs.decimal == "." and not signs.thousands
    if isinstance(text, Stored) or (plainly and PLAIN.fullmatch(text)):
        return float(text)
    shares = signs.percent and text.endswith(PERCENT)
    digits = plain_digits(text.removesuffix(PERCENT).rstrip() if shares else text, signs)
    if not digits:
        return _fault(text.translate(SPACES), signs)
    value = float(Decimal(digits).scaleb(-2)) if shares else float(digits)
    idle, long = IDLE_ZERO.match(digits.lstrip("+")), len(text) > DIGITS
    code = "E134" if idle else "E128" if long else "E548" if isinf(value) else ""
    return Fault(code, {"digits": str(DIGITS)}) if code else value


def plain_digits(text: str, signs: Signs) -> str:
    """The number as programs write it, with a point and no thousands; '' where it is none."""
    digits = text.translate(SPACES)
    if signs.decimal != "." or signs.thousands:
        if not _declared(signs).fullmatch(digits):
            return ""
        digits = digits.replace(signs.thousands, "") if signs.thousands else digits
        digits = digits.replace(signs.decimal, ".")
    return digits if NUMBER.fullmatch(digits) else ""


def _declared(signs: Signs) -> re.Pattern[str]:
    """Numbers with the declared signs: thousands in strict groups, or not at all."""
    point = re.escape(signs.decimal)
    whole = rf"\d{{1,3}}(?:{re.escape(signs.thousands)}\d{{3}})+" if signs.thousands else r"\d+"
    form = rf"[+-]?(?:(?:{whole}|\d+)(?:{point}\d*)?|{point}\d+)(?:[eE][+-]?\d+)?"
    return re.compile(form, re.ASCII)


def _fault(text: str, signs: Signs) -> Fault:
    narrow = text.translate(WIDE).replace(MINUS, "-")
    percent = narrow.endswith(PERCENT) and not signs.percent
    digits = narrow.removesuffix(PERCENT).rstrip()
    other = (signs.decimal != "." or signs.thousands) and not percent
    parted, united = PARTED.fullmatch(digits), WITH_UNIT.fullmatch(narrow)
    marks = {"decimal": signs.decimal, "thousands": signs.thousands or "-"}
    faults = {
        "E577": ({}, NUMBER.fullmatch(BRACKETED.sub(r"\1", narrow)) and BRACKETED.match(narrow)),
        "E121": ({"number": narrow}, narrow != text and NUMBER.fullmatch(narrow)),
        "E545": ({}, percent),
        "E547": (marks, other and (NUMBER.fullmatch(digits) or COMMAS.fullmatch(digits))),
        "E544": ({}, COMMAS.fullmatch(digits)),
        "E543": ({"sign": parted[1] if parted else ""}, parted),
        "E546": ({}, PAIRED.fullmatch(narrow)),
        "E123": ({"rest": united[1] if united else ""}, united),
    }
    return next(
        (Fault(code, details) for code, (details, found) in faults.items() if found),
        Fault("E520", {}),
    )
