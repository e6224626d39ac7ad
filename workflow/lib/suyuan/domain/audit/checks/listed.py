"""A printed number of things beside the number of those that are listed."""

from __future__ import annotations

from suyuan.domain.audit.rule import CONSISTENT, CONTRADICTION, UNVERIFIABLE, Facts, Rule
from suyuan.domain.audit.source_test import SourceTest, made, no_more, printed_and_computed
from suyuan.lineage.operation import number_of


def listed(facts: Facts) -> str:
    """A printed number of things beside the number of those that are listed."""
    printed, found = map(number_of, facts)
    if printed == found:
        return CONSISTENT
    return CONTRADICTION if found else UNVERIFIABLE


RULE = Rule(
    listed,
    outcomes=(CONSISTENT, UNVERIFIABLE, CONTRADICTION),
    cases=(
        (CONSISTENT, ("32", "32")),
        (CONTRADICTION, ("32", "31")),
        (UNVERIFIABLE, ("32", "0")),
    ),
)

TEST = SourceTest(
    wants="all that is listed, then what is listed of other sorts",
    computed=made("listed_count", "remainder"),
    facts=printed_and_computed,
    rule=RULE,
    more=no_more,
)
