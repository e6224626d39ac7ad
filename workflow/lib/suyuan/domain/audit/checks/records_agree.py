"""Printed figures beside records of the same."""

from __future__ import annotations

from suyuan.domain.audit.checks import counts
from suyuan.domain.audit.source_test import SourceTest, everything, no_more, printed_and_inputs

TEST = SourceTest(
    wants="records, in the order of the printed figures",
    computed=everything,
    facts=printed_and_inputs,
    rule=counts.RULE,
    more=no_more,
)
