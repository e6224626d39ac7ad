"""Words, bases, kinds or periods that are all the same."""

from __future__ import annotations

from suyuan.domain.audit.rule import BASIS, CONSISTENT, Facts, Rule
from suyuan.domain.audit.source_test import SourceTest, inputs, made, no_more


def alike(facts: Facts) -> str:
    """Words, bases, kinds or periods that are all the same."""
    first, second, *others = facts
    return CONSISTENT if {first.v} == {fact.v for fact in (second, *others)} else BASIS


RULE = Rule(
    alike,
    outcomes=(CONSISTENT, BASIS),
    cases=(
        (CONSISTENT, ("'后端", "'后端", "'后端")),
        (BASIS, ("'后端", "'后台", "'后端")),
    ),
)

TEST = SourceTest(
    wants="texts",
    computed=made("distinct_count", "distinct"),
    facts=inputs,
    rule=RULE,
    more=no_more,
)
