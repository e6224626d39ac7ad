"""A printed stock and its record, then the period of each."""

from __future__ import annotations

from suyuan.core.periods import span
from suyuan.domain.audit.rule import BASIS, CONSISTENT, UNVERIFIABLE, Facts, Rule, agree
from suyuan.domain.audit.source_test import SourceTest, first, no_more, printed_and_inputs


def external_record(facts: Facts) -> str:
    """A printed stock and its record, then the period of each.

    A different record of the same time, or of the month before, is another basis; an earlier
    one proves nothing.
    """
    printed, record, said, recorded = facts
    if agree(printed, record):
        return CONSISTENT
    recent = span(str(recorded.v)).last >= span(str(said.v)).first - 1
    return BASIS if recent else UNVERIFIABLE


RULE = Rule(
    external_record,
    outcomes=(CONSISTENT, UNVERIFIABLE, BASIS),
    cases=(
        # number, record, period of each: December 2025 is next to 2026, October is not
        (CONSISTENT, ("106.0", "106", "'2026", "'2025-12")),
        (BASIS, ("131.0", "106", "'2026", "'2025-12")),
        (UNVERIFIABLE, ("45.1", "10", "'2026", "'2025-10")),
    ),
)

TEST = SourceTest(
    wants="record, period as printed, period as recorded",
    computed=first,
    facts=printed_and_inputs,
    rule=RULE,
    more=no_more,
)
