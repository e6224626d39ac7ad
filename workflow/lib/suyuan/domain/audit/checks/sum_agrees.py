"""A printed number beside a sum that should be the same."""

from __future__ import annotations

from suyuan.domain.audit.rule import BASIS, CONSISTENT, Facts, Rule, agree
from suyuan.domain.audit.source_test import SourceTest, no_more, printed_and_computed, summed


def comparable(facts: Facts) -> str:
    """Two numbers of one thing agree within rounding, or they do not count the same."""
    left, right = facts
    return CONSISTENT if agree(left, right) else BASIS


RULE = Rule(
    comparable,
    outcomes=(CONSISTENT, BASIS),
    cases=(
        (CONSISTENT, ("350", "350.4")),
        (BASIS, ("350", "1590")),
    ),
)

TEST = SourceTest(
    wants="numbers that add up to the printed one",
    computed=summed,
    facts=printed_and_computed,
    rule=RULE,
    more=no_more,
)
