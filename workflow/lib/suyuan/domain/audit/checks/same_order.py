"""Two lists of the same entries in the same order."""

from __future__ import annotations

from suyuan.domain.audit.operations import entries
from suyuan.domain.audit.rule import BASIS, CONSISTENT, CONTRADICTION, Facts, Rule
from suyuan.domain.audit.source_test import SourceTest, inputs, made, no_more


def same_order(facts: Facts) -> str:
    """Two lists of the same entries in the same order."""
    left, right = map(entries, facts)
    if left == right:
        return CONSISTENT
    return BASIS if sorted(left) == sorted(right) else CONTRADICTION


RULE = Rule(
    same_order,
    outcomes=(CONSISTENT, CONTRADICTION, BASIS),
    cases=(
        (CONSISTENT, ("'甲;乙", "'甲;乙")),
        (BASIS, ("'甲;乙", "'乙;甲")),
        (CONTRADICTION, ("'甲;乙", "'甲;丙")),
    ),
)

TEST = SourceTest(
    wants="two lists",
    computed=made("match_count", "in_place"),
    facts=inputs,
    rule=RULE,
    more=no_more,
)
