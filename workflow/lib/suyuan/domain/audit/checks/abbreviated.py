"""Short names beside the full names they stand for."""

from __future__ import annotations

from suyuan.domain.audit.checks import pipeline
from suyuan.domain.audit.source_test import SourceTest, made, no_more

TEST = SourceTest(
    wants="list of short names, then the full names in the same order",
    computed=made("unlike_count", "unlike"),
    facts=lambda case: case.computed,
    rule=pipeline.RULE,
    more=no_more,
)
