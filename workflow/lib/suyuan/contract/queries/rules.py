"""All rules of plausibility, and what they ask of an edition."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from suyuan.contract.queries import beside, dates, places, registers, series, texts
from suyuan.contract.queries.scopes import World
from suyuan.contract.queries.seen import BOUNDS, Seen
from suyuan.contract.shapes import unlisted
from suyuan.contract.table import Row, Table
from suyuan.core.errors import Problem

RULES = (
    *series.RULES,
    *beside.RULES,
    *dates.RULES,
    *places.RULES,
    *registers.RULES,
    *texts.RULES,
)
OF_TWO = beside.OF_TWO
BY_CODE = {rule.code: rule for rule in (*RULES, *OF_TWO)}


def parameter_problems(world: World) -> Iterator[Problem]:
    """Parameters of no rule, or that hold for nothing: E185, E186; E882 where all is meant."""
    if BOUNDS not in world.tables:
        return
    table = world.tables[BOUNDS]
    for row in table.rows:
        code, name, text = (row.cells[column] for column in ("code", "name", "of"))
        rule = BY_CODE.get(code)
        if rule is None:
            yield unknown_cell(table, row, "code", code, BY_CODE)
        elif name not in rule.parameters:
            yield unknown_cell(table, row, "name", name, rule.parameters)
        elif wrong := rule.parameters[name](text, world):
            part, known = wrong
            if known:
                yield unknown_cell(table, row, "of", part, known)
            else:
                yield table.problem("E882", row, "of", name=name)


def unknown_cell(table: Table, row: Row, column: str, part: str, known: Collection[str]) -> Problem:
    """A part of a cell that names nothing: E185 where a name is like it, else E186."""
    code, details = unlisted(part, sorted(known))
    return Problem(code, table.file, row.line, column, part, details)


def problems(seen: Seen, before: Seen | None = None) -> Iterator[Problem]:
    """What looks wrong in an edition by itself and, where there is one, beside that before it.

    A project without config/plausibility.csv asks nothing; a rule without its parameters neither.
    """
    if BOUNDS not in seen.tables:
        return
    for rule in RULES:
        bounds = seen.bounds(rule.code)
        if bounds.has(rule.parameters):
            yield from rule.look(seen, bounds)
    for rule_of_two in OF_TWO if before is not None else ():
        bounds = seen.bounds(rule_of_two.code)
        if before is not None and bounds.has(rule_of_two.parameters):
            yield from rule_of_two.look(seen, before, bounds)
