"""The very number that another source prints for something else."""

from __future__ import annotations

from suyuan.domain.audit.rule import BASIS, CONSISTENT, Facts, Rule
from suyuan.domain.audit.source_test import SourceTest, first, no_more, printed_and_inputs
from suyuan.lineage.operation import number_of


def mislabelled(facts: Facts) -> str:
    """The very number that another source prints for something else."""
    left, right = map(number_of, facts)
    return BASIS if left == right else CONSISTENT


RULE = Rule(
    mislabelled,
    outcomes=(CONSISTENT, BASIS),
    cases=(
        (BASIS, ("788", "788")),
        (CONSISTENT, ("788", "789")),
    ),
)

TEST = SourceTest(
    wants="the other source's number",
    computed=first,
    facts=printed_and_inputs,
    rule=RULE,
    more=no_more,
)
