"""What no computation decides; the facts are shown beside it."""

from __future__ import annotations

from suyuan.domain.audit.rule import JUDGED, Facts, Rule
from suyuan.domain.audit.source_test import SourceTest, inputs, no_more, nothing


def judged(facts: Facts) -> str:
    """What no computation decides; the facts are shown beside it."""
    if not facts:
        raise ValueError("nothing to judge")
    return JUDGED


RULE = Rule(
    judged,
    outcomes=(JUDGED,),
    cases=((JUDGED, ("1",)),),
)

TEST = SourceTest(
    wants="what the person looked at",
    computed=nothing,
    facts=inputs,
    rule=RULE,
    more=no_more,
)
