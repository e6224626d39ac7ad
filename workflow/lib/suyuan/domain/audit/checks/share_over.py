"""Whether a share from ``low`` to ``high`` lies above a threshold: threshold, low, high."""

from __future__ import annotations

from suyuan.domain.audit.rule import CONSISTENT, CONTRADICTION, ROUNDING, Facts, Rule
from suyuan.domain.audit.source_test import SourceTest, first, no_more
from suyuan.lineage.operation import number_of


def exceeds(facts: Facts) -> str:
    """Whether a share from ``low`` to ``high`` lies above a threshold: threshold, low, high."""
    threshold, low, high = map(number_of, facts)
    if low > threshold:
        return CONSISTENT
    return CONTRADICTION if high <= threshold else ROUNDING


RULE = Rule(
    exceeds,
    outcomes=(CONSISTENT, ROUNDING, CONTRADICTION),
    cases=(
        # threshold, low, high
        (CONSISTENT, ("0.6", "0.6001", "0.61")),
        (ROUNDING, ("0.6", "0.5991", "0.6016")),
        (ROUNDING, ("0.6", "0.6", "0.61")),  # not over at its low end
        (CONTRADICTION, ("0.6", "0.59", "0.6")),
    ),
)

TEST = SourceTest(
    wants="share, its low end, its high end",
    computed=first,
    facts=lambda case: [*case.printed, *case.inputs[1:]],
    rule=RULE,
    more=no_more,
)
