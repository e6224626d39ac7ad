"""Printed sizes of groups beside those of their members."""

from __future__ import annotations

from suyuan.domain.audit.checks import same_words
from suyuan.domain.audit.source_test import SourceTest, made, no_more

TEST = SourceTest(
    wants="group sizes as printed, then the group of each member",
    computed=made("pattern", "pattern", 1),
    facts=lambda case: [case.inputs[0], *case.computed],
    rule=same_words.RULE,
    more=no_more,
)
