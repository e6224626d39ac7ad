"""Groups as printed and as counted, and their members' totals falling from first to last."""

from __future__ import annotations

from suyuan.domain.audit.rule import CONSISTENT, CONTRADICTION, Facts, Rule
from suyuan.domain.audit.source_test import Derived, SourceTest, half, no_more
from suyuan.lineage.operation import number_of


def tiers(facts: Facts) -> str:
    """Groups as printed and as counted, and their members' totals falling from first to last."""
    printed, counted, *totals = facts
    falling = sorted(map(number_of, totals), reverse=True) == [number_of(t) for t in totals]
    return CONSISTENT if printed.v == counted.v and falling else CONTRADICTION


RULE = Rule(
    tiers,
    outcomes=(CONSISTENT, CONTRADICTION),
    cases=(
        (CONSISTENT, ("'2+1", "'2+1", "131.0", "114.5", "45.1")),
        (CONTRADICTION, ("'2+1", "'1+2", "131.0", "114.5", "45.1")),
        (CONTRADICTION, ("'2+1", "'2+1", "131.0", "45.1", "114.5")),
    ),
)

TEST = SourceTest(
    wants="printed tier of each member, then the total of each member in the same order",
    computed=lambda inputs: [Derived("pattern", "pattern", inputs[: half(inputs)])],
    facts=lambda case: [*case.printed, *case.computed, *case.inputs[half(case.inputs) :]],
    rule=RULE,
    more=no_more,
)
