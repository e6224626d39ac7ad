"""What is reached of a target; how much is far beyond it; periods of record and target."""

from __future__ import annotations

from suyuan.core.periods import span
from suyuan.domain.audit.rule import CONSISTENT, STALE, UNVERIFIABLE, Facts, Rule
from suyuan.domain.audit.source_test import SourceTest, first, inputs, no_more
from suyuan.lineage.operation import number_of


def target(facts: Facts) -> str:
    """What is reached of a target; how much is far beyond it; periods of record and target.

    A target is stale when far exceeded, or when its time has come and it is not reached.
    """
    reached, far, record, due = facts
    if number_of(reached) >= 1:
        return STALE if number_of(reached) >= number_of(far) else CONSISTENT
    return STALE if span(str(record.v)).last >= span(str(due.v)).last else UNVERIFIABLE


RULE = Rule(
    target,
    outcomes=(CONSISTENT, UNVERIFIABLE, STALE),
    cases=(
        # reached, far, period of the record, period of the target
        (STALE, ("3.817", "2", "'2026", "'2026")),
        (STALE, ("2", "2", "'2026", "'2026")),
        (CONSISTENT, ("1.2", "2", "'2026", "'2026")),
        (CONSISTENT, ("1", "2", "'2026", "'2026")),
        (STALE, ("0.218", "2", "'2026", "'2026")),  # due and not reached
        (UNVERIFIABLE, ("0.218", "2", "'2026-03", "'2026")),  # not due yet
    ),
)

TEST = SourceTest(
    wants="what is reached, limit of far, period of the record, period of the target",
    computed=first,
    facts=inputs,
    rule=RULE,
    more=no_more,
)
