"""What a number in a cell looks like, and what may be proposed in place of one that does not.

A proposal that is wrong goes into the report unseen. So one is made only where the digits follow
without a guess: full-width characters, thousands in strict groups of three, the sign of minus, a
point without its zero. Whatever else is there, the message sends people to the source.
"""

from __future__ import annotations

import re
from decimal import Decimal

DIGITS = 30  # characters of a number; arithmetic is exact to 34
NUMBER = re.compile(r"-?\d+(\.\d+)?", re.ASCII)
POWER = re.compile(r"[-+]?\d*\.?\d+[eE][+-]?\d+", re.ASCII)
PROPOSED = {
    "E121": re.compile(r"-?(0|[1-9]\d*)(\.\d+)?", re.ASCII),
    "E122": re.compile(r"-?[1-9]\d{0,2}(,\d{3})+(\.\d+)?", re.ASCII),
    "E135": re.compile(r"-?\.\d+", re.ASCII),
}
PER_CENT = re.compile(r"((?:[1-9]?\d|100)(?:\.\d+)?) ?%", re.ASCII)
IDLE_ZERO = re.compile(r"-?0\d")
WITH_UNIT = re.compile(r"-?[0-9]+(?:\.[0-9]+)?\s*((?:[^\W\d_]|[%‰℃°])[^0-9]*)")
MINUS = "\u2212"
WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}  # ！ to ～ are ! to ~


def share_of(text: str) -> str:
    """The number from 0 to 1 that a per cent writes, '' where it is none: 70% is 0.70."""
    found = PER_CENT.fullmatch(text.translate(WIDE))
    return f"{Decimal(found[1]).scaleb(-2):f}" if found else ""


def number_problem(text: str) -> tuple[str, dict[str, str]] | None:
    """What keeps ``text`` from being a number: code and details, or None when it is one.

    With a proposal: E121 full-width characters or another minus, E122 thousands in groups, E135
    nothing before the point. Without: E134 a zero before other digits, E129 a power of ten, E123
    a unit inside, E120 anything else.
    """
    if NUMBER.fullmatch(text):
        return ("E134", {}) if IDLE_ZERO.match(text) else None
    narrow = text.translate(WIDE).replace(MINUS, "-")
    if code := next((code for code, form in PROPOSED.items() if form.fullmatch(narrow)), ""):
        number = narrow.replace(",", "")
        return code, {"number": number if NUMBER.fullmatch(number) else number.replace(".", "0.")}
    if POWER.fullmatch(narrow):
        return "E129", {}
    found = WITH_UNIT.fullmatch(narrow)
    return ("E123", {"rest": found[1]}) if found else ("E120", {})
