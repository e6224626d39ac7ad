"""Texts that a spreadsheet would compute when somebody opens or edits them."""

from __future__ import annotations

import re

from suyuan.core.numbers import MINUS

# What starts a formula, also as typed with a Chinese keyboard, behind blanks or not.
STARTS = (*"=+-@\t\r\n＝＋－＠", MINUS)
BLANKS = " \u00a0\u3000"
NUMBER = re.compile(rf"[-+{MINUS}]?(\d[\d,]*(\.\d+)?%?)?", re.ASCII)  # which computes to itself
TEXT = "'"  # what tells a spreadsheet that a text follows


def is_formula(text: str) -> bool:
    """Whether a text begins as formulas do."""
    return text.lstrip(BLANKS).startswith(STARTS)


def neutral(text: str) -> str:
    """A cell of a CSV file that people open in a spreadsheet: a number or text, never a formula."""
    return TEXT + text if is_formula(text) and not NUMBER.fullmatch(text) else text
