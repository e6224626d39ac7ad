"""At least one number of the sort that the claim rests on."""

from __future__ import annotations

from suyuan.domain.audit.rule import CONSISTENT, UNVERIFIABLE, Facts, Rule
from suyuan.domain.audit.source_test import SourceTest, first, inputs, no_more
from suyuan.lineage.operation import number_of


def disclosed(facts: Facts) -> str:
    """At least one number of the sort that the claim rests on."""
    (number,) = facts
    return CONSISTENT if number_of(number) else UNVERIFIABLE


RULE = Rule(
    disclosed,
    outcomes=(CONSISTENT, UNVERIFIABLE),
    cases=(
        (CONSISTENT, ("1",)),
        (UNVERIFIABLE, ("0",)),
    ),
)

TEST = SourceTest(
    wants="how many numbers of the needed sort are on record",
    computed=first,
    facts=inputs,
    rule=RULE,
    more=no_more,
)
