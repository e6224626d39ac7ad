"""What a value may be, given only the digits its sources print.

Interval arithmetic over the lineage graph: a recorded 131.0 lies within its rounding half-width,
and what is computed from it lies within what that allows. Inputs count as independent, so an
interval may be a little too wide where one number enters twice, never too narrow.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from suyuan.lineage.ledger import Ledger
from suyuan.lineage.value import BOUNDS, STATED, Value

INFINITY = Decimal("Infinity")


@dataclass(frozen=True)
class Interval:
    """From ``low`` to ``high``, both included; either may be infinite."""

    low: Decimal
    high: Decimal

    @property
    def finite(self) -> bool:
        return self.low.is_finite() and self.high.is_finite()


ANYTHING = Interval(-INFINITY, INFINITY)


def _sum(parts: Sequence[Interval]) -> Interval:
    return Interval(sum(p.low for p in parts), sum(p.high for p in parts))  # type: ignore[arg-type]


def _difference(parts: Sequence[Interval]) -> Interval:
    first, second = parts
    return Interval(first.low - second.high, first.high - second.low)


def _ratio(parts: Sequence[Interval]) -> Interval:
    part, whole = parts
    if whole.low <= 0 <= whole.high or not (part.finite or whole.finite):
        return ANYTHING
    ends = [p / w for p in (part.low, part.high) for w in (whole.low, whole.high)]
    return Interval(min(ends), max(ends))


def _growth(parts: Sequence[Interval]) -> Interval:
    before, after = parts
    change = _ratio([after, before])
    return Interval(change.low - 1, change.high - 1)


def _same(parts: Sequence[Interval]) -> Interval:
    return parts[0]


def _maximum(parts: Sequence[Interval]) -> Interval:
    return Interval(max(p.low for p in parts), max(p.high for p in parts))


def _minimum(parts: Sequence[Interval]) -> Interval:
    return Interval(min(p.low for p in parts), min(p.high for p in parts))


RULES: dict[str, Callable[[Sequence[Interval]], Interval]] = {
    "sum": _sum,
    "difference": _difference,
    "ratio": _ratio,
    "growth": _growth,
    "same": _same,
    "maximum": _maximum,
    "minimum": _minimum,
}


def interval(ledger: Ledger, value_id: str) -> Interval:
    """Where a value may lie; a point for exact counts and for operations that do not round."""
    value = ledger[value_id]
    if value.op in RULES:
        return RULES[value.op]([interval(ledger, parent) for parent in value.parents])
    return recorded(value)


def recorded(value: Value) -> Interval:
    """A recorded number within its rounding; a measured "over 100" has no upper end."""
    half = value.half or Decimal(0)
    low, high = value.number - half, value.number + half
    comparator = value.meta.get("comparator", "=")
    if value.meta.get("kind") not in STATED and comparator in BOUNDS:
        return Interval(low, INFINITY) if comparator in ">≥" else Interval(-INFINITY, high)
    return Interval(low, high)
