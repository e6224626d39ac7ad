"""Printed numbers beside the lists or counts they speak of."""

from __future__ import annotations

from suyuan.domain.audit.operations import size
from suyuan.domain.audit.rule import CONSISTENT, CONTRADICTION, Facts, Rule
from suyuan.domain.audit.source_test import SourceTest, inputs, made, no_more


def paired(facts: Facts) -> str:
    """Numbers, or sizes of lists, that equal their opposites in the second half."""
    if not facts:
        raise ValueError("nothing to compare")
    middle = len(facts) // 2
    pairs = zip(facts[:middle], facts[middle:], strict=True)
    same = all(size(left) == size(right) for left, right in pairs)
    return CONSISTENT if same else CONTRADICTION


RULE = Rule(
    paired,
    outcomes=(CONSISTENT, CONTRADICTION),
    cases=(
        (CONSISTENT, ("8", "4", "8", "4")),
        (CONSISTENT, ("3", "'甲;乙;丙")),
        (CONTRADICTION, ("8", "4", "8", "5")),
        (CONTRADICTION, ("3", "'甲;乙")),
    ),
)

TEST = SourceTest(
    wants="printed numbers, then the lists or counts they speak of, in the same order",
    computed=made("match_count", "matches"),
    facts=inputs,
    rule=RULE,
    more=no_more,
)
