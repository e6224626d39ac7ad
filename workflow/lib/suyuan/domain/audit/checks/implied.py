"""A record beside what two printed factors make."""

from __future__ import annotations

from collections.abc import Mapping

from suyuan.domain.audit.checks import sum_agrees
from suyuan.domain.audit.source_test import Case, Derived, SourceTest
from suyuan.lineage.value import indicator_of


def _shares(case: Case) -> Mapping[str, Derived]:
    """The part, input 4, as a share of the implied and of the recorded whole."""
    wholes = {"implied": case.computed[0], "recorded": case.inputs[2]}
    return {
        suffix: Derived("part_share", "ratio", [case.inputs[3], whole])
        for suffix, whole in wholes.items()
    }


TEST = SourceTest(
    wants="two printed factors, the record of their product, a part of it",
    computed=lambda inputs: [Derived(indicator_of(inputs[2]), "product", inputs[:2])],
    facts=lambda case: [*case.computed, case.inputs[2]],
    rule=sum_agrees.RULE,
    more=_shares,
)
