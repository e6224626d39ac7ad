"""A part is no larger than its whole, or only as far as rounding explains."""

from __future__ import annotations

from suyuan.domain.audit.rule import CONSISTENT, CONTRADICTION, ROUNDING, Facts, Rule, agree
from suyuan.domain.audit.source_test import SourceTest, inputs, made, no_more
from suyuan.lineage.operation import number_of


def part_of_whole(facts: Facts) -> str:
    """A part is no larger than its whole, or only as far as rounding explains."""
    part, whole = facts
    if number_of(part) <= number_of(whole):
        return CONSISTENT
    return ROUNDING if agree(part, whole) else CONTRADICTION


RULE = Rule(
    part_of_whole,
    outcomes=(CONSISTENT, ROUNDING, CONTRADICTION),
    cases=(
        (CONSISTENT, ("40.0", "45.1")),
        (CONSISTENT, ("45.1", "45.1")),
        (ROUNDING, ("45.2", "45.1")),  # 45.15 and 45.15 may be meant
        (CONTRADICTION, ("100.0", "79.8")),
    ),
)

TEST = SourceTest(
    wants="part, whole",
    computed=made("part_share", "ratio"),
    facts=inputs,
    rule=RULE,
    more=no_more,
)
