"""A printed stock, its latest record, and where the recorded pace leads by the cut-off."""

from __future__ import annotations

from suyuan.domain.audit.rule import CONSISTENT, CONTRADICTION, UNVERIFIABLE, Facts, Rule, agree
from suyuan.domain.audit.source_test import SourceTest, made, no_more
from suyuan.lineage.operation import half_of, number_of


def trend(facts: Facts) -> str:
    """A printed stock, its latest record, and where the recorded pace leads by the cut-off."""
    printed, latest, projected = facts
    if number_of(printed) < number_of(latest) and not agree(printed, latest):
        return CONTRADICTION
    reached = number_of(printed) - half_of(printed) <= number_of(projected)
    return CONSISTENT if reached else UNVERIFIABLE


RULE = Rule(
    trend,
    outcomes=(CONSISTENT, UNVERIFIABLE, CONTRADICTION),
    cases=(
        # number, latest record, projection
        (CONSISTENT, ("22.0", "17", "22.7333")),
        (UNVERIFIABLE, ("114.5", "75", "92.4")),
        (CONTRADICTION, ("12.0", "17", "22.7333")),
    ),
)

TEST = SourceTest(
    wants="earlier record, later record, their periods, cut-off date",
    computed=made("projection", "projection"),
    facts=lambda case: [*case.printed, case.inputs[1], *case.computed],
    rule=RULE,
    more=no_more,
)
