"""Text broken into lines of a given width, as Chinese is set: anywhere but in a Latin word.

No line begins with a closing mark and none ends with an opening one [GB/T 15834-2011].
"""

from __future__ import annotations

import re
from unicodedata import east_asian_width

CLOSING = "，。、；：？！）》”’」』】％%—·…"
OPENING = "（《“‘「『【"
PIECE = re.compile(rf"[{OPENING}]*(?:[A-Za-z0-9.+-]+ ?|.)[{CLOSING}]*", re.DOTALL)
NARROW = 0.6  # width of a Latin letter in ems, on the safe side
POINTS_PER_INCH = 72


def width_of(text: str, points: float) -> float:
    """About how many inches ``text`` is long in type of ``points``."""
    ems = sum(1.0 if east_asian_width(sign) in "WFA" else NARROW for sign in text)
    return ems * points / POINTS_PER_INCH


def wrapped(text: str, inches: float, points: float) -> list[str]:
    """``text`` in lines of at most ``inches``; a single word that is longer has its own line."""
    lines = [""]
    for piece in PIECE.findall(text):
        if lines[-1] and width_of(lines[-1] + piece.rstrip(), points) > inches:
            lines.append("")
        lines[-1] += piece
    return lines


def height_of(lines: int, points: float, leading: float = 1.45) -> float:
    """How many inches so many lines take up."""
    return lines * points * leading / POINTS_PER_INCH
