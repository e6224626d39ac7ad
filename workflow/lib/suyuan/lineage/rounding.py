"""What a value may be, given only the digits its sources print.

A recorded 131.0 lies within its rounding half-width, and what is computed from it lies within what
its operation says of that. A claim is robust only where this shows it: what is not known of an
operation's result counts as anything. What was drawn lies within two standard errors; that
the inputs of the draws are rounded too is not in them.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal, localcontext

from suyuan.core.numbers import EXACT
from suyuan.lineage.graph import folded
from suyuan.lineage.intervals import ANYTHING, INFINITY, Interval
from suyuan.lineage.ledger import Ledger
from suyuan.lineage.operation import Certainty, Monotone, Operation
from suyuan.lineage.value import BOUNDS, NOTHING, STATED, TEXT, Value

ERRORS = 2  # standard errors: how far another sample may be expected to lie


def interval(ledger: Ledger, value_id: str) -> Interval:
    """Where a value may lie. A text that cannot be another is a point, as in ``point``."""

    def make(own: str, spans: Sequence[Interval]) -> Interval:
        value = ledger[own]
        if value.src or not value.parents:
            return recorded(value)
        if value.se is not None and ledger.operations[value.op].bounds is Certainty.DRAWN:
            off = ERRORS * value.se
            return Interval(value.number - off, value.number + off)
        parents = [ledger[parent] for parent in value.parents]
        return _computed(value, ledger.operations[value.op], parents, spans)

    with localcontext(EXACT):
        return folded(ledger, value_id, ledger.spans, make)


def recorded(value: Value) -> Interval:
    """A recorded number within its rounding; a measured "over 100" has no upper end."""
    if value.unit == TEXT:
        return point(value)
    half = value.half or NOTHING
    low, high = value.number - half, value.number + half
    comparator = value.meta.get("comparator", "=")
    if value.meta.get("kind") not in STATED and comparator in BOUNDS:
        return Interval(low, INFINITY) if comparator in ">≥" else Interval(-INFINITY, high)
    return Interval(low, high)


def point(value: Value) -> Interval:
    """A value as it stands. A text is a point at the number that it says, or else at zero."""
    if not isinstance(value.v, str):
        return Interval(value.v, value.v)
    number = Decimal(value.v) if value.v.isascii() and value.v.isdigit() else NOTHING
    return Interval(number, number)


def _computed(
    value: Value, operation: Operation, parents: Sequence[Value], spans: Sequence[Interval]
) -> Interval:
    bounds = operation.bounds
    if bounds is Certainty.UNKNOWN:
        return ANYTHING
    if bounds is Certainty.EXACT or all(span.is_point for span in spans):
        return point(value)
    if isinstance(bounds, Certainty):  # it may be one of several, and nobody says which
        return ANYTHING
    try:
        if isinstance(bounds, Monotone):
            return _between(value, operation, bounds, parents, spans)
        return bounds(spans)
    except (ArithmeticError, ValueError):  # infinities that leave it open, no logarithm
        return ANYTHING


def _between(
    value: Value,
    operation: Operation,
    bounds: Monotone,
    parents: Sequence[Value],
    spans: Sequence[Interval],
) -> Interval:
    """The result at both ends of what the parents may be."""
    ends = bounds.ends(spans)
    if ends is None:
        return ANYTHING

    def at(numbers: Sequence[Decimal]) -> Decimal:
        moved = [
            parent if isinstance(parent.v, str) else parent._replace(v=number)
            for parent, number in zip(parents, numbers, strict=True)
        ]
        result = operation.run(value.id, moved).v
        return NOTHING if isinstance(result, str) else result

    return Interval(*map(at, ends))
