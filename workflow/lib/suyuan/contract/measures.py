"""Units that agree with each other, and expectations that every indicator has."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from itertools import pairwise

from suyuan.contract.table import Row, Table
from suyuan.core.errors import Problem
from suyuan.core.names import listed

UNITS, INDICATORS = "units", "indicators"
EXPECTATIONS, OBSERVATIONS = "expectations", "observations"
NO_LABEL = "-"
ONE = "1"  # the unit of what has no dimension
Tables = Mapping[str, Table]


def measure_problems(tables: Tables) -> Iterator[Problem]:
    """Everything that is wrong with units, indicators and expectations beside each other."""
    if UNITS not in tables:
        return
    units = {row.cells["unit"]: row for row in tables[UNITS].rows}
    yield from unit_problems(tables[UNITS], units)
    for table in tables.values():
        yield from falling_problems(table, units)
    if INDICATORS in tables:
        yield from indicator_problems(tables[INDICATORS], units)
        if EXPECTATIONS in tables and OBSERVATIONS in tables:
            yield from unexpected(tables[EXPECTATIONS], tables[OBSERVATIONS])
            yield from beyond_problems(tables[EXPECTATIONS], tables[INDICATORS])
        if OBSERVATIONS in tables:
            yield from broken_counts(tables[OBSERVATIONS], units)


def unit_problems(table: Table, units: Mapping[str, Row]) -> Iterator[Problem]:
    """What is wrong with factors and labels.

    E868 no label for a unit that a number is not understood without.
    E850 a canonical unit that does not measure itself, E851 a factor that is not the one of the
    same label, E852 one that is not so many times the one of the unit without 万 or 亿.
    """
    labelled: dict[tuple[str, str], Row] = {}
    for row in table.rows:
        unit, canonical, factor = (row.cells[name] for name in ("unit", "canonical", "factor"))
        own = units.get(canonical)
        if own is None or own.cells["canonical"] != canonical:
            yield table.problem("E850", row, "canonical")
            continue
        if unit == canonical and Decimal(factor) != 1:
            yield table.problem("E850", row, "factor")
            continue
        label = row.cells["label"]
        if label == NO_LABEL and not _plain(row):
            yield table.problem("E868", row, "label", unit=unit, canonical=canonical)
        first = labelled.setdefault((canonical, label), row)
        if label != NO_LABEL and Decimal(first.cells["factor"]) != Decimal(factor):
            details = {
                "label": label, "that": first.cells["factor"],
                "other": first.cells["unit"], "first": str(first.line),
            }  # fmt: skip
            yield table.problem("E851", row, "factor", **details)
        for scale, times in table.schema.texts.scales.items():
            bare = units.get(unit.removeprefix(scale)) if unit.startswith(scale) else None
            if bare is None or bare.cells["canonical"] != canonical:
                continue
            expected = times * Decimal(bare.cells["factor"])
            if Decimal(factor) != expected:
                details = {"expected": f"{expected:f}", "other": bare.cells["unit"]}
                details |= {"line": str(bare.line)}
                yield table.problem("E852", row, "factor", **details)


def _plain(row: Row) -> bool:
    """Whether a number may be printed without the unit: a count one by one, or of no dimension."""
    cells = row.cells
    return Decimal(cells["factor"]) == 1 and (cells["rounded"] == "no" or cells["canonical"] == ONE)


def falling_problems(table: Table, units: Mapping[str, Row]) -> Iterator[Problem]:
    """E874: the beginning of a row that in one unit is not below that of the row before it."""
    adjoins = table.schema.adjoins
    if adjoins is None or not adjoins.unit:
        return

    def begins(row: Row) -> Decimal:
        factor = units[row.cells[adjoins.unit]].cells["factor"]
        return Decimal(row.cells[adjoins.lower]) * Decimal(factor)

    ordered = sorted(table.rows, key=lambda row: Decimal(row.cells[adjoins.order]))
    for above, row in pairwise(ordered):
        if begins(row) >= begins(above):
            details = {
                "unit": row.cells[adjoins.unit], "line": str(above.line),
                "above": f"{above.cells[adjoins.lower]} {above.cells[adjoins.unit]}",
            }  # fmt: skip
            yield table.problem("E874", row, adjoins.lower, **details)


def indicator_problems(table: Table, units: Mapping[str, Row]) -> Iterator[Problem]:
    """E853: a unit that is not canonical, or one for print that is of another sort."""
    for row in table.rows:
        for column in ("unit", "display_unit"):
            known = units.get(row.cells[column])
            if known is not None and known.cells["canonical"] != row.cells["unit"]:
                details = {"expected": row.cells["unit"], "found": known.cells["canonical"]}
                yield table.problem("E853", row, column, **details)


def unexpected(table: Table, observations: Table) -> Iterator[Problem]:
    """E854: indicators of observations of which nothing is expected; E855: an empty expectation."""
    expected = {row.cells["indicator_id"] for row in table.rows}
    there = dict.fromkeys(row.cells["indicator_id"] for row in observations.rows)
    if lost := [name for name in there if name not in expected]:
        line = table.rows[-1].line if table.rows else 1
        yield Problem("E854", table.file, line, "indicator_id", listed(lost))
    for row in table.rows:
        if not (row.cells["minimum"] or row.cells["maximum"]):
            yield table.problem("E855", row, "minimum")


def beyond_problems(table: Table, indicators: Table) -> Iterator[Problem]:
    """E131 and E132: what is expected of an indicator, and is nothing that it can be."""
    bounds = {row.cells["indicator_id"]: row.cells for row in indicators.rows}
    for row in table.rows:
        known = bounds.get(row.cells["indicator_id"], {})
        for code, column, sign in (("E131", "minimum", -1), ("E132", "maximum", 1)):
            said, bound = row.cells[column], known.get(column, "")
            if said and bound and sign * Decimal(said) > sign * Decimal(bound):
                yield table.problem(code, row, column, bound=bound)


def broken_counts(table: Table, units: Mapping[str, Row]) -> Iterator[Problem]:
    """E856: a number of what is counted one by one that is no whole number of them."""
    for row in table.rows:
        unit = units.get(row.cells["unit"])
        counted = units.get(unit.cells["canonical"]) if unit else None
        if unit is None or counted is None or counted.cells["rounded"] == "yes":
            continue
        number = Decimal(row.cells["value"]) * Decimal(unit.cells["factor"])
        if number != number.to_integral_value():
            yield table.problem("E856", row, "value", unit=row.cells["unit"])
