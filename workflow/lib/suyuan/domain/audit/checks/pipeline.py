"""A stock that is labelled with a time that has not come."""

from __future__ import annotations

from suyuan.domain.audit.rule import BASIS, CONSISTENT, Facts, Rule
from suyuan.domain.audit.source_test import SourceTest, first, inputs, no_more
from suyuan.lineage.operation import number_of


def none_left(facts: Facts) -> str:
    """Nothing is left over: no month ahead of the label, no name that differs."""
    (number,) = facts
    return BASIS if number_of(number) else CONSISTENT


RULE = Rule(
    none_left,
    outcomes=(CONSISTENT, BASIS),
    cases=(
        (CONSISTENT, ("0",)),
        (BASIS, ("12",)),
    ),
)

TEST = SourceTest(
    wants="months ahead of the label",
    computed=first,
    facts=inputs,
    rule=RULE,
    more=no_more,
)
