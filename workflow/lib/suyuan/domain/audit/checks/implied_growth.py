"""Printed growth beside that from one number to another."""

from __future__ import annotations

from suyuan.domain.audit.checks import sum_agrees
from suyuan.domain.audit.source_test import SourceTest, made, no_more, printed_and_computed

TEST = SourceTest(
    wants="number before, number after",
    computed=made("growth", "growth_across"),
    facts=printed_and_computed,
    rule=sum_agrees.RULE,
    more=no_more,
)
