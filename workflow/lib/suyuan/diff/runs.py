"""Runs: the operations of values, asked again with other parents."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal, localcontext

from suyuan.core.numbers import EXACT
from suyuan.diff.inputs import Bits
from suyuan.diff.sides import Side
from suyuan.lineage.operation import Operations
from suyuan.lineage.value import Value, indicator_of

LOW, HIGH = ("indicators", "minimum"), ("indicators", "maximum")  # the limits of an indicator
ALL = -1  # every input in place


class Unmixable(Exception):
    """Some mixture of inputs gives no value: then they act as one."""


class Runs:
    """Operations by name; the books of both sides have the limits of what is clipped.

    ``bits`` are those of the head.
    """

    def __init__(self, operations: Operations, base: Side, head: Side, bits: Bits) -> None:
        self._operations, self._sides, self._bits = operations, (base, head), bits

    def counts(self, value: Value) -> bool:
        """Whether a value counts its parents."""
        operation = self._operations.get(value.op)
        return operation is not None and operation.counting

    def clips(self, value: Value) -> bool:
        """Whether a value is kept within the limits of its indicator."""
        operation = self._operations.get(value.op)
        return operation is not None and operation.clips

    def limits(self, value: Value) -> int:
        """Changed limits of what a value may be; 0 where it is not clipped."""
        if not self.clips(value):
            return 0
        indicator = indicator_of(value.id)
        return self._bits.own(*LOW, indicator) | self._bits.own(*HIGH, indicator)

    def _clipped(self, name: str, v: Decimal, chosen: int) -> Decimal:
        """A number within the limits of an indicator, with the ``chosen`` inputs in place."""
        low, high = (
            self._sides[bool(self._bits.own(*limit, name) & chosen)].codebook.indicators[name]
            for limit in (LOW, HIGH)
        )
        if low.minimum is not None:
            v = max(v, low.minimum)
        return v if high.maximum is None else min(v, high.maximum)

    def is_drawn(self, name: str) -> bool:
        """Whether an operation draws: its own sample says that it costs."""
        operation = self._operations.get(name)
        return operation is not None and operation.sample is not list

    def run(self, value: Value, parents: Sequence[Value], chosen: int = ALL) -> Value:
        """A value from other parents, within the limits that the ``chosen`` inputs set.

        Raises Unmixable for an operation that is not known, and whatever the operation raises.
        """
        if value.op not in self._operations:
            raise Unmixable(value.op)
        operation = self._operations[value.op]
        with localcontext(EXACT):
            result = operation.run(value.id, parents)
        v = result.v
        if operation.clips and isinstance(v, Decimal):
            v = self._clipped(indicator_of(value.id), v, chosen)
        return value._replace(v=v, half=result.half, se=result.se)

    def again(self, side: Side, value: Value, parents: Iterable[str]) -> Value | None:
        """A value of a side from its parents in this order; None where there is none."""
        chosen = ALL if side is self._sides[1] else 0
        try:
            return self.run(value, [p for p in map(side.value, parents) if p is not None], chosen)
        except (Unmixable, ArithmeticError, ValueError, KeyError):
            return None
