"""A ratio stays below what counts as far, in both directions."""

from __future__ import annotations

from suyuan.domain.audit.rule import BASIS, CONSISTENT, Facts, Rule
from suyuan.domain.audit.source_test import SourceTest, made, no_more
from suyuan.lineage.operation import number_of


def near(facts: Facts) -> str:
    """A ratio stays below what counts as far, in both directions."""
    ratio, far = map(number_of, facts)
    return CONSISTENT if 1 / far < ratio < far else BASIS


RULE = Rule(
    near,
    outcomes=(CONSISTENT, BASIS),
    cases=(
        (CONSISTENT, ("1.5", "2")),
        (BASIS, ("2", "2")),
        (BASIS, ("0.4", "2")),
    ),
)

TEST = SourceTest(
    wants="one share, another, limit of far",
    computed=made("multiple", "ratio", 0, -1),
    facts=lambda case: [*case.computed, case.inputs[-1]],
    rule=RULE,
    more=no_more,
)
