"""Words that take the space they need: text broken into lines, and how wide it is.

Widths are in ems, the size of the type: 10 ems at 8 points are 80 points. They are estimated on
the wide side of the vendored face, so that drawings do not depend on a renderer.
"""

from __future__ import annotations

import re
from functools import lru_cache
from unicodedata import east_asian_width

# A run of Latin letters and digits stays whole, and so does a mark with what it belongs to.
PIECE = re.compile(r"[（《“(]*(?:[A-Za-z0-9.+\-–/%~&]+|.)[，。、；：！？）》”)%]*", re.DOTALL)
JOINT = re.compile(r"(?<=[/–&])")  # after these a long word may be broken
NARROW, CAPITAL, BLANK = 0.6, 0.74, 0.3
BROAD, BROAD_SIGNS = 0.95, frozenset("%&@mwMW")


@lru_cache(maxsize=4096)  # to break a text asks for each of its words many times
def width(text: str) -> float:
    """How wide ``text`` is, in ems."""
    return sum(map(_width, text))


def _width(sign: str) -> float:
    if sign == " ":
        return BLANK
    if sign in BROAD_SIGNS:
        return BROAD
    if east_asian_width(sign) in "WFA":
        return 1.0
    return CAPITAL if sign.isupper() else NARROW


def wrapped(text: str, room: float) -> list[str]:
    """``text`` in lines of ``room`` ems, as few as there can be and about equally long.

    Breaks before no closing mark and after no opening one, and within a Latin word or a number
    only where it is longer than a line.
    """
    pieces = [part for piece in PIECE.findall(text) for part in _broken(piece, room)]
    fewest = _filled(pieces, room)
    low, high = room / 2, room
    for _ in range(6):  # a narrower line that makes no more of them
        middle = (low + high) / 2
        narrower = _filled(pieces, middle)
        fits = len(narrower) == len(fewest) and max(map(width, narrower)) <= middle
        low, high = (low, middle) if fits else (middle, high)
    return _filled(pieces, high)


def _broken(piece: str, room: float) -> list[str]:
    """A piece; where it is longer than a line, its parts between slashes and dashes, or signs."""
    if width(piece) <= room:
        return [piece]
    parts = JOINT.split(piece)
    return [piece for part in parts for piece in ([part] if width(part) <= room else list(part))]


def _filled(pieces: list[str], room: float) -> list[str]:
    lines = [""]
    for piece in pieces:
        if lines[-1] and width(lines[-1] + piece.rstrip()) > room:
            lines.append("")
        lines[-1] += piece if lines[-1] else piece.lstrip()
    return [line.rstrip() for line in lines]
