"""A recorded rank is no worse than the printed bound."""

from __future__ import annotations

from suyuan.domain.audit.rule import CONSISTENT, CONTRADICTION, Facts, Rule
from suyuan.domain.audit.source_test import SourceTest, first, no_more, printed_and_inputs
from suyuan.lineage.operation import number_of


def rank_within(facts: Facts) -> str:
    """A recorded rank is no worse than the printed bound."""
    bound, record = map(number_of, facts)
    return CONSISTENT if record <= bound else CONTRADICTION


RULE = Rule(
    rank_within,
    outcomes=(CONSISTENT, CONTRADICTION),
    cases=(
        (CONSISTENT, ("3", "3")),
        (CONTRADICTION, ("3", "4")),
    ),
)

TEST = SourceTest(
    wants="the recorded rank",
    computed=first,
    facts=printed_and_inputs,
    rule=RULE,
    more=no_more,
)
