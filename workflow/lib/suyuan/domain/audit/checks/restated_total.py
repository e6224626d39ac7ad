"""A printed total beside the sum of its parts."""

from __future__ import annotations

from suyuan.domain.audit.rule import CONSISTENT, CONTRADICTION, ROUNDING, Facts, Rule, agree
from suyuan.domain.audit.source_test import SourceTest, no_more, printed_and_computed, summed
from suyuan.lineage.operation import half_of, number_of


def restated(facts: Facts) -> str:
    """A printed number beside the computed one: rounded, cut off at its last digit, or neither."""
    printed, computed = facts
    if agree(printed, computed):
        return CONSISTENT
    gap = abs(number_of(printed) - number_of(computed))
    return ROUNDING if gap < 2 * half_of(printed) + half_of(computed) else CONTRADICTION


RULE = Rule(
    restated,
    outcomes=(CONSISTENT, ROUNDING, CONTRADICTION),
    cases=(
        # 190.2 rounds to 190; 316.8 is cut off to 316
        (CONSISTENT, ("190", "190.2")),
        (ROUNDING, ("316", "316.8")),
        (CONTRADICTION, ("316", "317.2")),  # cut off it would be 317
        (CONTRADICTION, ("316", "314.0")),
    ),
)

TEST = SourceTest(
    wants="the parts, or the one computed figure",
    computed=summed,
    facts=printed_and_computed,
    rule=RULE,
    more=no_more,
)
