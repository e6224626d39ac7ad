"""What is reached of a target; how much is far beyond it; the cut-off, the target's period."""

from __future__ import annotations

from suyuan.core.periods import span
from suyuan.domain.audit.rule import CONSISTENT, STALE, UNVERIFIABLE, Facts, Rule
from suyuan.domain.audit.source_test import SourceTest, first, inputs, no_more
from suyuan.lineage.operation import number_of


def target(facts: Facts) -> str:
    """What is reached of a target; how much is far beyond it; the cut-off, the target's period.

    A target is stale when far exceeded, or when its time is over by the cut-off and it is not
    reached. Until then it is open.
    """
    reached, far, cutoff, due = facts
    if number_of(reached) >= 1:
        return STALE if number_of(reached) >= number_of(far) else CONSISTENT
    return STALE if span(str(cutoff.v)).last >= span(str(due.v)).last else UNVERIFIABLE


RULE = Rule(
    target,
    outcomes=(CONSISTENT, UNVERIFIABLE, STALE),
    cases=(
        # reached, far, cut-off, period of the target
        (STALE, ("3.817", "2", "'2026-03-31", "'2026")),
        (STALE, ("2", "2", "'2026-03-31", "'2026")),
        (CONSISTENT, ("1.2", "2", "'2026-03-31", "'2026")),
        (CONSISTENT, ("1", "2", "'2026-03-31", "'2026")),
        (STALE, ("0.218", "2", "'2026-12-31", "'2026")),  # its year is over, not reached
        (STALE, ("0.218", "2", "'2027-03-31", "'2026")),
        (UNVERIFIABLE, ("0.218", "2", "'2026-11-30", "'2026")),  # not due yet
    ),
)

TEST = SourceTest(
    wants="what is reached, limit of far, cut-off date, period of the target",
    computed=first,
    facts=inputs,
    rule=RULE,
    more=no_more,
)
