"""Periods as points on the time axis."""

from __future__ import annotations


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
