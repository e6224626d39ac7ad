"""Periods as spans of months, so that two of them can be compared."""

from __future__ import annotations

import re
from dataclasses import dataclass

_PART = re.compile(r"(\d{4})(?:-(\d\d)(?:-\d\d)?|Q([1-4])|H([12]))?", re.ASCII)


@dataclass(frozen=True)
class Span:
    """First and last month, both included, counted from January of year 0."""

    first: int
    last: int

    def overlaps(self, other: Span) -> bool:
        """Whether the two share a month."""
        return self.first <= other.last and other.first <= self.last


def span(text: str) -> Span:
    """The months of ``2026``, ``2026-03``, ``2026-03-31``, ``2026Q1``, ``2026H1`` or ``FROM/TO``.

    Raises ValueError for anything else.
    """
    start, _, end = text.partition("/")
    first, last = _part(start), _part(end or start)
    return Span(first.first, last.last)


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
