"""Runs: the operations of values, asked again with other parents."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal, localcontext

from suyuan.contract.codebook import Codebook
from suyuan.core.numbers import EXACT
from suyuan.diff.sides import Side
from suyuan.lineage.operation import Operations
from suyuan.lineage.value import Value, indicator_of


class Unmixable(Exception):
    """Some mixture of inputs gives no value: then they act as one."""


class Runs:
    """Operations by name; ``book`` has the limits of what is clipped."""

    def __init__(self, operations: Operations, book: Codebook) -> None:
        self._operations, self._book = operations, book

    def counts(self, value: Value) -> bool:
        """Whether a value counts its parents."""
        operation = self._operations.get(value.op)
        return operation is not None and operation.counting

    def clips(self, value: Value) -> bool:
        """Whether a value is kept within the limits of its indicator."""
        operation = self._operations.get(value.op)
        return operation is not None and operation.clips

    def is_drawn(self, name: str) -> bool:
        """Whether an operation draws: its own sample says that it costs."""
        operation = self._operations.get(name)
        return operation is not None and operation.sample is not list

    def run(self, value: Value, parents: Sequence[Value]) -> Value:
        """A value from other parents.

        Raises Unmixable for an operation that is not known, and whatever the operation raises.
        """
        if value.op not in self._operations:
            raise Unmixable(value.op)
        operation = self._operations[value.op]
        with localcontext(EXACT):
            result = operation.run(value.id, parents)
        v = result.v
        if operation.clips and isinstance(v, Decimal):
            v = self._book.clipped(indicator_of(value.id), v)
        return value._replace(v=v, half=result.half, se=result.se)

    def again(self, side: Side, value: Value, parents: Iterable[str]) -> Value | None:
        """A value of a side from its parents in this order; None where there is none."""
        try:
            return self.run(value, [p for p in map(side.value, parents) if p is not None])
        except (Unmixable, ArithmeticError, ValueError, KeyError):
            return None
