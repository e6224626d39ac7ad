"""Whether printed numbers can be what their indicator measures."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from decimal import Decimal

from suyuan.contract.codebook import Codebook
from suyuan.contract.table import Table
from suyuan.core.errors import Problem


def bound_problems(table: Table, codebook: Codebook, broken: Collection[int]) -> Iterator[Problem]:
    """E133 wrong sort of unit, E131 below and E132 above what the indicator allows.

    Rows whose line is in ``broken`` have cells that cannot be read and are passed over.
    """
    for row in table.rows:
        if row.line in broken:
            continue
        printed, unit = row.cells["value"], row.cells["unit"]
        indicator = codebook.indicators[row.cells["indicator_id"]]
        number, canonical = codebook.convert(printed, unit)
        shown = f"{printed} {unit}"
        if canonical != indicator.unit:
            details = {"indicator": indicator.name, "expected": indicator.unit}
            yield Problem("E133", table.file, row.line, "unit", unit, details)
        elif indicator.minimum is not None and number < indicator.minimum:
            bound = {"bound": _with_unit(indicator.minimum, canonical)}
            yield Problem("E131", table.file, row.line, "value", shown, bound)
        elif indicator.maximum is not None and number > indicator.maximum:
            bound = {"bound": _with_unit(indicator.maximum, canonical)}
            yield Problem("E132", table.file, row.line, "value", shown, bound)


def _with_unit(bound: Decimal, unit: str) -> str:
    return str(bound) if unit == "1" else f"{bound} {unit}"
