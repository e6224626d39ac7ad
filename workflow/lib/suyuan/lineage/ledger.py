"""The ledger: the only maker of values, which writes their lineage as it computes them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import localcontext
from fnmatch import fnmatchcase

from suyuan.contract.codebook import Codebook
from suyuan.core.errors import (
    BasisMismatch,
    DuplicateValue,
    NotComputable,
    OutOfBounds,
    UnitMismatch,
    UnknownValue,
)
from suyuan.core.numbers import EXACT
from suyuan.lineage.graph import gathered
from suyuan.lineage.operation import Operations
from suyuan.lineage.value import BOUNDS, NOTHING, STATED, TEXT, Cell, Value, bound_of, indicator_of


class Ledger:
    """All values of an edition, by id, in the order they were made.

    ``operations`` are those that a value may be made by.
    """

    def __init__(
        self, codebook: Codebook, operations: Operations, values: Iterable[Value] = ()
    ) -> None:
        self.codebook = codebook
        self.operations = operations
        self._values: dict[str, Value] = {}
        self._roots: dict[str, dict[Cell, None]] = {}  # as asked for; values never change
        for value in values:
            self._add(value)

    def __getitem__(self, value_id: str) -> Value:
        try:
            return self._values[value_id]
        except KeyError:
            raise UnknownValue(value_id) from None

    def __contains__(self, value_id: str) -> bool:
        return value_id in self._values

    def __iter__(self) -> Iterator[Value]:
        return iter(self._values.values())

    def __len__(self) -> int:
        return len(self._values)

    def matching(self, pattern: str) -> list[Value]:
        """Numbers of one series: ids that match a shell pattern, on the indicator's own basis."""
        found = [v for v in self if v.unit != TEXT and fnmatchcase(v.id, pattern)]
        book = self.codebook.indicators
        return [v for v in found if v.src == () or v.basis == book[indicator_of(v.id)].basis]

    def parents(self, value_id: str) -> Sequence[str]:
        """Ids of the values that a value was made from."""
        return self[value_id].parents

    def roots(self, value_id: str) -> Sequence[Cell]:
        """The cells that a value goes back to, each once, first its own, then its parents'."""
        return tuple(gathered(self, value_id, self._roots, lambda own: self[own].src))

    def _add(self, value: Value) -> Value:
        if value.id in self._values:
            raise DuplicateValue(value.id)
        self._values[value.id] = value
        return value

    def convert(self, value_id: str, printed: str, unit: str, cell: Cell, **meta: str) -> Value:
        """A raw number in canonical units.

        ``meta`` describes it in texts that are not empty; ``basis`` there overrides the
        indicator's.
        """
        basis = meta.pop("basis", "")
        return self.record(value_id, printed, unit, cell, meta, basis)

    def record(
        self,
        value_id: str,
        printed: str,
        unit: str,
        cell: Cell,
        meta: Mapping[str, str],
        basis: str,
    ) -> Value:
        """The same for many values that are described alike: they share ``meta``."""
        book, indicator = self.codebook, indicator_of(value_id)
        number, canonical = book.convert(printed, unit)
        txt = book.text(number, indicator, computed=False)
        # A bound ("over 60%") and a target are exact as stated; a measurement is rounded.
        exact = meta.get("comparator") in BOUNDS or meta.get("kind") in STATED
        half = NOTHING if exact else book.half_width(printed, unit)
        basis = basis or book.indicators[indicator].basis
        return self._add(
            Value(
                value_id, number, canonical, txt, "convert", (cell,), (), half, basis, meta,
                printed, unit,
            )
        )  # fmt: skip

    def text(self, value_id: str, text: str, cell: Cell, **meta: str) -> Value:
        """A text that a raw cell holds."""
        return self._add(Value(value_id, text, TEXT, text, TEXT, (cell,), meta=meta))

    def derive(self, value_id: str, op: str, parents: Sequence[str], **meta: str) -> Value:
        """Compute a value from others and record how.

        The unit is the indicator's (second part of the id). Raises UnitMismatch or
        BasisMismatch when the operation needs parents alike and they are not.
        """
        operation = self.operations[op]
        inputs = [self[parent] for parent in parents]
        if not inputs:
            raise NotComputable(value_id)
        bases = {value.basis for value in inputs if value.unit != TEXT}
        if operation.alike:
            if len({value.unit for value in inputs}) > 1:
                raise UnitMismatch(value_id, parents, sorted({i.unit for i in inputs}))
            if len(bases) > 1:
                raise BasisMismatch(value_id, parents, sorted(bases))
        try:
            with localcontext(EXACT):
                result = operation.run(value_id, inputs)
        except (ArithmeticError, ValueError) as error:
            raise NotComputable(value_id, parents) from error
        indicator = indicator_of(value_id)
        v = result.v
        if isinstance(v, str):
            unit, txt = TEXT, result.txt or v
        else:
            unit = self.codebook.indicators[indicator].unit
            if operation.keeps and unit != inputs[-1].unit:
                raise UnitMismatch(value_id, parents, [unit, inputs[-1].unit])
            if operation.clips:
                v = self.codebook.clipped(indicator, v)
            elif not self.codebook.allows(indicator, v):
                raise OutOfBounds(value_id, parents)
            computed = result.half is None  # recorded digits, and their sums, print as they are
            txt = result.txt or self.codebook.text(v, indicator, computed=computed, se=result.se)
        named = bases - {""}
        basis = named.pop() if operation.keeps and len(named) == 1 else ""
        if bound := bound_of(operation.signs, operation.chosen(inputs)):
            meta = {"comparator": bound} | meta
        return self._add(
            Value(
                value_id, v, unit, txt, op, (), tuple(parents), result.half, basis, meta,
                se=result.se,
            )
        )  # fmt: skip
