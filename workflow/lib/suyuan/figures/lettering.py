"""The room of words in inches, as sheets count it: their width, their lines, their height."""

from __future__ import annotations

from collections.abc import Iterable

from suyuan.figures import wrapping

POINT = 1 / 72  # inches
LEADING = 1.32  # from line to line, in sizes of the letters


def width_of(text: str, points: float) -> float:
    """Inches that ``text`` takes in one line, rather more than less."""
    return wrapping.width(text) * points * POINT


def wrapped(text: str, points: float, inches: float) -> list[str]:
    """``text`` in lines of at most so many inches."""
    return wrapping.wrapped(text, inches / (points * POINT))


def height_of(lines: int, points: float) -> float:
    """Inches that so many lines take."""
    return lines * points * LEADING * POINT


def widest(texts: Iterable[str], points: float) -> float:
    """Inches that the longest of ``texts`` takes, 0 for none."""
    return max((width_of(text, points) for text in texts), default=0.0)
