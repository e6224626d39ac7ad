"""Records between two sides: a number read from a cell, in a unit that may be worth another factor.

The text of the cell, its unit and the factor of the unit come in one by one, so that a corrected
figure and a corrected factor are told apart.
"""

from __future__ import annotations

from decimal import Decimal, localcontext

from suyuan.contract.codebook import Unit
from suyuan.core import numbers
from suyuan.core.numbers import EXACT
from suyuan.diff.inputs import Bits
from suyuan.diff.sides import Side
from suyuan.lineage.value import NOTHING, TEXT, Value

UNIT = "unit"  # the column beside a number that names its unit


class Records:
    """What recorded numbers are between two sides; ``bits`` are those of the head."""

    def __init__(self, base: Side, head: Side, bits: Bits) -> None:
        self._sides, self._bits = (base, head), bits

    def alike(self, before: Value, after: Value) -> bool:
        """Whether both are the same cell, in units of one sort that both sides know."""
        if before.op == TEXT or before.src != after.src or len(after.src) != 1:
            return False
        units = (before.printed_unit, after.printed_unit)
        worths = [self._worth(unit, side) for unit in units for side in (0, 1)]
        return len({unit.canonical for unit in worths if unit}) == 1 and all(worths)

    def moving(self, before: Value, after: Value) -> int:
        """Inputs that the number rests on and that changed; they are ``alike``."""
        (cell,) = after.src
        found = self._bits.own(*cell) | self._of_unit(before, after)
        for name in {before.printed_unit, after.printed_unit}:
            if self._worth(name, 0) != self._worth(name, 1):
                found |= self._factor(name)
        return found

    def mixed(self, before: Value, after: Value, chosen: int) -> Value:
        """The number with the ``chosen`` inputs in place; they are ``alike``."""
        (cell,) = after.src
        pair = (before, after)
        text = pair[bool(self._bits.own(*cell) & chosen)].printed
        unit = pair[bool(self._of_unit(before, after) & chosen)].printed_unit
        worth = self._worth(unit, int(bool(self._factor(unit) & chosen)))
        if worth is None:
            raise KeyError(unit)
        with localcontext(EXACT):
            number = numbers.trimmed(Decimal(text) * worth.factor)
        exact = before.half == NOTHING and after.half == NOTHING
        return after._replace(v=number, half=NOTHING if exact else worth.half_width(text))

    def _of_unit(self, before: Value, after: Value) -> int:
        """Inputs that put another unit beside the number."""
        (cell,) = after.src
        if before.printed_unit == after.printed_unit:
            return 0
        return self._bits.own(cell.source, UNIT, cell.key)

    def _worth(self, unit: str, side: int) -> Unit | None:
        return self._sides[side].codebook.units.get(unit)

    def _factor(self, unit: str) -> int:
        return self._bits.read("units", "factor", [unit])
