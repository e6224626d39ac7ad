"""How many entries of a list are found elsewhere, then the list: at least half of them."""

from __future__ import annotations

from suyuan.domain.audit.operations import size
from suyuan.domain.audit.rule import BASIS, CONSISTENT, Facts, Rule
from suyuan.domain.audit.source_test import SourceTest, made, no_more
from suyuan.lineage.operation import number_of


def covered(facts: Facts) -> str:
    """How many entries of a list are found elsewhere, then the list: at least half of them."""
    found, whole = facts
    return CONSISTENT if 2 * number_of(found) >= size(whole) else BASIS


RULE = Rule(
    covered,
    outcomes=(CONSISTENT, BASIS),
    cases=(
        # 2 of 5 is less than half, 2 of 4 is not
        (BASIS, ("2", "'甲;乙;丙;丁;戊")),
        (CONSISTENT, ("2", "'甲;乙;丙;丁")),
    ),
)

TEST = SourceTest(
    wants="the list, then the lists that should hold its entries",
    computed=made("match_count", "overlap"),
    facts=lambda case: [*case.computed, case.inputs[0]],
    rule=RULE,
    more=no_more,
)
