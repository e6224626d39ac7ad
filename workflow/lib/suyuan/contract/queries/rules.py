"""All rules of plausibility, and what they ask of an edition."""

from __future__ import annotations

from collections.abc import Iterator

from suyuan.contract.queries import beside, dates, places, registers, series, texts
from suyuan.contract.queries.seen import BOUNDS, Seen
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
