"""Whether the leader, or one of several that share the lead, is the one that was named."""

from __future__ import annotations

from suyuan.domain.audit.rule import CONSISTENT, CONTRADICTION, Facts, Rule
from suyuan.domain.audit.source_test import SourceTest, first, inputs, no_more


def superlative(facts: Facts) -> str:
    """Whether the leader, or one of several that share the lead, is the one that was named."""
    leader, named = facts
    return CONSISTENT if named.v in str(leader.v).split("、") else CONTRADICTION


RULE = Rule(
    superlative,
    outcomes=(CONSISTENT, CONTRADICTION),
    cases=(
        (CONSISTENT, ("'甘肃", "'甘肃")),
        (CONSISTENT, ("'青海、甘肃", "'甘肃")),
        (CONTRADICTION, ("'青海", "'甘肃")),
    ),
)

TEST = SourceTest(
    wants="name of the leader, name of the one that is claimed to lead",
    computed=first,
    facts=inputs,
    rule=RULE,
    more=no_more,
)
