"""How many of all numbers could be made from round shares; a majority makes doubtful."""

from __future__ import annotations

from suyuan.domain.audit.rule import CONSISTENT, UNVERIFIABLE, Facts, Rule
from suyuan.domain.audit.source_test import SourceTest, made, no_more
from suyuan.lineage.operation import number_of


def independent(facts: Facts) -> str:
    """How many of all numbers could be made from round shares; a majority makes doubtful."""
    round_ones, every = map(number_of, facts)
    return UNVERIFIABLE if 2 * round_ones > every else CONSISTENT


RULE = Rule(
    independent,
    outcomes=(CONSISTENT, UNVERIFIABLE),
    cases=(
        # 4 of 5 is a majority, 2 of 4 is none
        (UNVERIFIABLE, ("4", "5")),
        (CONSISTENT, ("2", "4")),
    ),
)

TEST = SourceTest(
    wants="step, low and high end of each share, number of shares",
    computed=made("round_share_count", "whole_steps", 0, -1),
    facts=lambda case: [*case.computed, case.inputs[-1]],
    rule=RULE,
    more=no_more,
)
