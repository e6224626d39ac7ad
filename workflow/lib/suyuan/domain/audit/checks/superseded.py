"""A forecast from low to high beside what came about from low to high."""

from __future__ import annotations

from collections.abc import Mapping

from suyuan.domain.audit.rule import CONSISTENT, STALE, Facts, Rule
from suyuan.domain.audit.source_test import Case, Derived, SourceTest
from suyuan.lineage.operation import number_of


def superseded(facts: Facts) -> str:
    """A forecast from low to high beside what came about from low to high."""
    low, high, actual_low, actual_high = map(number_of, facts)
    return CONSISTENT if low <= actual_high and actual_low <= high else STALE


def _compounded(case: Case) -> Mapping[str, Derived]:
    """Two quarters together, as forecast and as it came about; inputs 3 and 4 are the second."""
    low, high = case.inputs[2:4]
    pairs = {
        "printed_low": [case.printed[0], low],
        "printed_high": [case.printed[1], high],
        "actual_low": [case.inputs[0], low],
        "actual_high": [case.inputs[1], high],
    }
    return {suffix: Derived("multiple", "compound", pair) for suffix, pair in pairs.items()}


RULE = Rule(
    superseded,
    outcomes=(CONSISTENT, STALE),
    cases=(
        # forecast low and high, actual low and high
        (CONSISTENT, ("0.18", "0.23", "0.20", "0.30")),
        (CONSISTENT, ("0.18", "0.23", "0.23", "0.30")),
        (STALE, ("0.18", "0.23", "0.45", "0.50")),
        (STALE, ("0.45", "0.50", "0.18", "0.23")),
    ),
)


TEST = SourceTest(
    wants="low and high end of what came about, low and high end of the next forecast",
    computed=lambda inputs: inputs[:2],
    facts=lambda case: [*case.printed, *case.inputs[:2]],
    rule=RULE,
    more=_compounded,
)
