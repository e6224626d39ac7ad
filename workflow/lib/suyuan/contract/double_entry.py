"""Double entry: an observation's value, unit and comparator follow from the figure as printed.

What was read once into three cells is read again from a fourth. A slip in one of them is told at
its own cell; which is right, only the source can say.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from suyuan.contract.codebook import UNITS, Codebook, Unit
from suyuan.contract.printed import EXACTLY, LONGEST, Reading
from suyuan.contract.table import Row, Table
from suyuan.core.errors import Problem

if TYPE_CHECKING:  # read by those too who need no table
    import pandas as pd

PRINTED, MISSING = "as_printed", "as_printed_missing"
NO_LABEL = "-"


def entry_problems(table: Table, codebook: Codebook, broken: Collection[int]) -> Iterator[Problem]:
    """What is wrong with figures as printed, and with cells that do not follow from them.

    E860 neither the figure nor why it is missing, E861 both, E862 no figure, E863 a cell that does
    not follow, E869 a unit that the codebook does not call as the figure does, E864 as in
    ``_other_ends``. Rows whose line is in ``broken`` cannot be read and are passed over.
    """
    yield from _other_ends(table, broken)
    texts = table.schema.texts
    read: dict[str, list[Reading]] = {}
    for row in table.rows:
        if row.line in broken:
            continue
        text = row.cells[PRINTED]
        if bool(text) == bool(row.cells[MISSING]):
            yield table.problem("E861" if text else "E860", row, MISSING if text else PRINTED)
        if not text:
            continue
        if text not in read:
            found = texts.printed.readings(text, codebook.units, texts.scales)
            read[text] = list(found) if len(text) <= LONGEST else []
        if not read[text]:
            yield table.problem("E862", row, PRINTED, longest=str(LONGEST))
        elif fault := differing(row, read[text], codebook):
            column, other = fault
            if other:
                yield table.problem("E869", row, column, printed=text, other=other, units=UNITS)
            else:
                yield table.problem("E863", row, column, printed=text)


def _other_ends(table: Table, broken: Collection[int]) -> Iterator[Problem]:
    """E864: of one figure in one place, one number is exact and another a bound.

    The ends of a range are either, but both are the same.
    """
    first: dict[tuple[str, ...], Row] = {}
    for row in table.rows:
        if row.cells[PRINTED] and row.line not in broken:
            place = tuple(row.cells[name] for name in ("source_id", "locator", PRINTED))
            other = first.setdefault(place, row)
            if (row.cells["comparator"] == EXACTLY) != (other.cells["comparator"] == EXACTLY):
                details = {"line": str(other.line), "that": other.cells["comparator"]}
                yield table.problem("E864", row, "comparator", **details)


def differing(row: Row, readings: Sequence[Reading], codebook: Codebook) -> tuple[str, str] | None:
    """The column that no reading bears out while the columns before it are; None where one does.

    With it the unit of the reading, if that only has another label.
    """
    value, name = row.cells["value"], row.cells["unit"]
    units = codebook.units
    own, amount = units[name], codebook.convert(value, name)
    same = [
        reading
        for reading in readings
        if codebook.convert(f"{reading.number:f}", reading.unit) == amount
    ]
    if not same:
        named = any(reading.number == Decimal(value) for reading in readings)
        return "unit" if named else "value", ""
    exact = [
        reading
        for reading in same
        if _digits(reading, Decimal(value), one_size=units[reading.unit].factor == own.factor)
    ]
    if not exact:
        return "value", ""
    alike = [reading for reading in exact if _alike(units[reading.unit], own)]
    if not alike:
        return "unit", exact[0].unit
    borne = any(row.cells["comparator"] in reading.comparators for reading in alike)
    return None if borne else ("comparator", "")


def _digits(reading: Reading, value: Decimal, *, one_size: bool) -> bool:
    """Whether a number of the same size has the same digits: 131.0 is not 131."""
    return not one_size or reading.number.as_tuple()[1:] == value.as_tuple()[1:]


def _alike(printed: Unit, own: Unit) -> bool:
    """Whether one may be recorded for the other: another size, another name, or a measure word."""
    labels = {printed.label, own.label}
    return printed.factor != own.factor or len(labels) == 1 or NO_LABEL in labels


def share(observations: pd.DataFrame) -> tuple[int, int]:
    """How many rows have the figure as printed, and how many there are."""
    return int((observations[PRINTED] != "").sum()), len(observations)
