"""A number and its record, then the period of each: same number, same time."""

from __future__ import annotations

from suyuan.core.periods import span
from suyuan.domain.audit.rule import BASIS, CONSISTENT, CONTRADICTION, Facts, Rule, agree
from suyuan.domain.audit.source_test import SourceTest, no_more, printed_and_inputs


def date_shift(facts: Facts) -> str:
    """A number and its record, then the period of each: same number, same time."""
    printed, record, said, recorded = facts
    if not agree(printed, record):
        return CONTRADICTION
    return CONSISTENT if span(str(said.v)).overlaps(span(str(recorded.v))) else BASIS


RULE = Rule(
    date_shift,
    outcomes=(CONSISTENT, CONTRADICTION, BASIS),
    cases=(
        # number, record, period of each
        (CONSISTENT, ("1.42", "1.42", "'2025-06", "'2025")),
        (BASIS, ("1.42", "1.42", "'2025-12", "'2025-06")),
        (CONTRADICTION, ("1.42", "1.46", "'2025-06", "'2025-06")),
    ),
)

TEST = SourceTest(
    wants="record, period as printed, period as recorded",
    computed=lambda inputs: inputs[-1:],
    facts=printed_and_inputs,
    rule=RULE,
    more=no_more,
)
