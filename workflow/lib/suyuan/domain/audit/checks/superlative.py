"""Whether the leader, or one of several that share the lead, is the one that was named."""

from __future__ import annotations

from suyuan.domain.audit.rule import CONSISTENT, CONTRADICTION, ROUNDING, Facts, Rule
from suyuan.domain.audit.source_test import SourceTest, first, inputs, no_more
from suyuan.lineage.operation import number_of


def superlative(facts: Facts) -> str:
    """Whether the leader is the one that was named, as far as rounding tells.

    The facts are the leader, the one that was named, the high end of its interval, and the low
    ends of all others: only one that lies wholly above it contradicts.
    """
    leader, named, high, *lows = facts
    if named.v in str(leader.v).split("、"):
        return CONSISTENT
    beaten = any(number_of(low) > number_of(high) for low in lows)
    return CONTRADICTION if beaten else ROUNDING


RULE = Rule(
    superlative,
    outcomes=(CONSISTENT, ROUNDING, CONTRADICTION),
    cases=(
        # the leader, the one named, its high end, the low ends of the others
        (CONSISTENT, ("'甘肃", "'甘肃", "0.70", "0.69", "0.5")),
        (CONSISTENT, ("'青海、甘肃", "'甘肃", "0.70", "0.69", "0.5")),
        (ROUNDING, ("'青海", "'甘肃", "0.70", "0.69", "0.5")),
        (ROUNDING, ("'青海", "'甘肃", "0.70", "0.70", "0.5")),  # they touch
        (CONTRADICTION, ("'青海", "'甘肃", "0.70", "0.5", "0.71")),
    ),
)

TEST = SourceTest(
    wants="leader, the one that is claimed to lead, its high end, low ends of all others",
    computed=first,
    facts=inputs,
    rule=RULE,
    more=no_more,
)
