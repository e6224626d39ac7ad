"""A printed number of levels beside the number of different ones."""

from __future__ import annotations

from suyuan.domain.audit.checks import restated_total
from suyuan.domain.audit.source_test import SourceTest, made, no_more, printed_and_computed

TEST = SourceTest(
    wants="the levels, which must be as many as printed",
    computed=made("distinct_count", "distinct"),
    facts=printed_and_computed,
    rule=restated_total.RULE,
    more=no_more,
)
