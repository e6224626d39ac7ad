"""Records between two sides: a number read from a cell, in a unit that may be worth something else.

The text of the cell, its unit, what the unit is worth and what states it exactly come in one by
one, so that a corrected figure and a corrected factor are told apart. Digits that are added to a
figure move how far it may be off, and so all that is computed from that.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal, localcontext

from suyuan.contract.codebook import Unit
from suyuan.core import numbers
from suyuan.core.numbers import EXACT
from suyuan.diff.inputs import Bits
from suyuan.diff.reach import places
from suyuan.diff.sides import Side
from suyuan.lineage.value import NOTHING, TEXT, Value, is_exact

UNIT = "unit"  # the column beside a number that names its unit
UNITS, WORTH = "units", ("factor", "rounded")  # the table that says what a unit is worth
STATING = ("comparator", "kind")  # columns that may state a number exactly


class Records:
    """What recorded numbers are between two sides; ``bits`` are those of the head."""

    def __init__(self, base: Side, head: Side, bits: Bits) -> None:
        self._sides, self._bits = (base, head), bits

    def alike(self, before: Value, after: Value) -> bool:
        """Whether both are the same cell, in units of one sort that both sides know."""
        if before.op == TEXT or before.src != after.src or len(after.src) != 1:
            return False
        units = (before.printed_unit, after.printed_unit)
        worths = [side.codebook.units.get(unit) for unit in units for side in self._sides]
        return len({unit.canonical for unit in worths if unit}) == 1 and all(worths)

    def moving(self, before: Value, after: Value) -> int:
        """Inputs that the number or its precision rests on and that changed; they are ``alike``.

        One counts that changes what it comes to first or last, beside the others: a corrected
        figure and a corrected factor may leave the number as it was.
        """
        every = self._all(before, after)
        ends = (self._known(before, after, 0), self._known(before, after, every))
        found = 0
        for place in places(every & ~self._restated(before, after)):
            first = self._known(before, after, 1 << place)
            last = self._known(before, after, every & ~(1 << place))
            if first != ends[0] or last != ends[1]:
                found |= 1 << place
        return found

    def said(self, before: Value, after: Value) -> bool:
        """Whether both numbers are what their cells say; they are ``alike``."""
        every = self._all(before, after)
        known = (self._known(before, after, 0), self._known(before, after, every))
        return [before.v, after.v] == [number for number, _, _ in known]

    def mixed(self, before: Value, after: Value, chosen: int) -> Value:
        """The number with the ``chosen`` inputs in place; they are ``alike``."""
        number, half, stated = self._known(before, after, chosen | self._restated(before, after))
        meta = {**after.meta, **stated}
        return after._replace(v=number, half=half, meta={k: v for k, v in meta.items() if v})

    def _known(
        self, before: Value, after: Value, chosen: int
    ) -> tuple[Decimal, Decimal, dict[str, str]]:
        """The number, what it may be off by for its digits, and what states it exactly."""
        (cell,) = after.src
        text = self._at(before, after, cell.column, chosen).printed
        worth = self._unit(self._at(before, after, UNIT, chosen).printed_unit, chosen)
        meta = {name: self._at(before, after, name, chosen).meta.get(name, "") for name in STATING}
        with localcontext(EXACT):
            number = numbers.trimmed(Decimal(text) * worth.factor)
        half = NOTHING if is_exact(meta) else worth.half_width(text)
        return number, half, {name: v if is_exact({name: v}) else "" for name, v in meta.items()}

    def _at(self, before: Value, after: Value, column: str, chosen: int) -> Value:
        """The side whose cell of a column is in place."""
        (cell,) = after.src
        return after if self._bits.own(cell.source, column, cell.key) & chosen else before

    def _unit(self, name: str, chosen: int) -> Unit:
        """A unit with the ``chosen`` inputs in place."""
        units = [self._sides[side].codebook.units[name] for side in (0, 1)]
        factor, rounded = (
            units[bool(self._bits.read(UNITS, column, [name]) & chosen)] for column in WORTH
        )
        return replace(units[0], factor=factor.factor, rounded=rounded.rounded)

    def _all(self, before: Value, after: Value) -> int:
        """All changed inputs that a recorded number rests on."""
        found = self._row(after, (after.src[0].column, UNIT, *STATING))
        for column in WORTH:
            found |= self._bits.read(UNITS, column, [before.printed_unit, after.printed_unit])
        return found

    def _restated(self, before: Value, after: Value) -> int:
        """Figure and unit where both changed and say the same together: none of them moves it."""
        if before.printed_unit == after.printed_unit:
            return 0
        both = self._row(after, (after.src[0].column, UNIT))
        same = self._known(before, after, both) == self._known(before, after, 0)
        return both if same else 0

    def _row(self, value: Value, columns: Iterable[str]) -> int:
        """Changed cells beside a recorded number, in its row."""
        (cell,) = value.src
        found = 0
        for column in columns:
            found |= self._bits.own(cell.source, column, cell.key)
        return found
