"""Limits of what benches measure: one shape for each, one way to print them, one exit code."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Limit:
    """What was measured, in a unit ("" for a ratio), and the most that it may be."""

    name: str
    measured: float
    limit: float
    unit: str = ""

    @property
    def ratio(self) -> float:
        """What was measured, by the most that it may be."""
        return round(self.measured / self.limit, 2)

    @property
    def kept(self) -> bool:
        return self.measured <= self.limit

    def json(self) -> dict[str, object]:
        """All of it, for programs."""
        return {**vars(self), "ratio": self.ratio, "kept": self.kept}

    def __str__(self) -> str:
        sign = "≤" if self.kept else ">"
        unit = f" {self.unit}" if self.unit else ""
        return f"{self.name}: {self.measured:g}{unit} {sign} {self.limit:g}{unit} ({self.ratio:g})"


def limits(
    of: str, measured: Mapping[str, float], most: Mapping[str, float], unit: str = ""
) -> list[Limit]:
    """Those of ``measured`` that have a limit. Raises KeyError for a limit of nothing measured."""
    return [Limit(f"{of} {what}".strip(), measured[what], most[what], unit) for what in most]


def held(found: Iterable[Limit]) -> int:
    """Print each limit, those that are passed last; the exit code: 1 where one is passed."""
    listed = sorted(found, key=lambda limit: not limit.kept)
    print(*listed, sep="\n", file=sys.stderr)
    return int(not all(limit.kept for limit in listed))
