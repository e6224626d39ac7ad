"""Every rule of the audit, decided by hand in each way it can turn out."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

import pytest

from suyuan.domain.audit.verdicts import JUDGED, PREFIX, RULES
from suyuan.domain.operations import OPERATIONS


@dataclass(frozen=True)
class Given:
    """A fact, as rules see it."""

    v: Decimal | str
    half: Decimal | None = None


def fact(content):
    """A number as printed with the rounding of its digits, or a text marked by a quote."""
    if content.startswith("'"):
        return Given(content[1:])
    number = Decimal(content)
    return Given(number, Decimal(5).scaleb(number.as_tuple().exponent - 1))


# rule, outcome, facts
WORKED = [
    # 190.2 rounds to 190; 316.8 is cut off to 316
    ("restated", "consistent", ["190", "190.2"]),
    ("restated", "rounding", ["316", "316.8"]),
    ("restated", "contradiction", ["316", "317.2"]),  # cut off it would be 317
    ("restated", "contradiction", ["316", "314.0"]),
    # threshold, low, high
    ("exceeds", "consistent", ["0.6", "0.6001", "0.61"]),
    ("exceeds", "rounding", ["0.6", "0.5991", "0.6016"]),
    ("exceeds", "rounding", ["0.6", "0.6", "0.61"]),  # not over at its low end
    ("exceeds", "contradiction", ["0.6", "0.59", "0.6"]),
    ("tiers", "consistent", ["'2+1", "'2+1", "131.0", "114.5", "45.1"]),
    ("tiers", "contradiction", ["'2+1", "'1+2", "131.0", "114.5", "45.1"]),
    ("tiers", "contradiction", ["'2+1", "'2+1", "131.0", "45.1", "114.5"]),
    # 4 of 5 is a majority, 2 of 4 is none
    ("independent", "unverifiable", ["4", "5"]),
    ("independent", "consistent", ["2", "4"]),
    ("superlative", "consistent", ["'甘肃", "'甘肃"]),
    ("superlative", "consistent", ["'青海、甘肃", "'甘肃"]),
    ("superlative", "contradiction", ["'青海", "'甘肃"]),
    ("part_of_whole", "consistent", ["40.0", "45.1"]),
    ("part_of_whole", "consistent", ["45.1", "45.1"]),
    ("part_of_whole", "rounding", ["45.2", "45.1"]),  # 45.15 and 45.15 may be meant
    ("part_of_whole", "contradiction", ["100.0", "79.8"]),
    # reached, far, period of the record, period of the target
    ("target", "stale_target", ["3.817", "2", "'2026", "'2026"]),
    ("target", "stale_target", ["2", "2", "'2026", "'2026"]),
    ("target", "consistent", ["1.2", "2", "'2026", "'2026"]),
    ("target", "consistent", ["1", "2", "'2026", "'2026"]),
    ("target", "stale_target", ["0.218", "2", "'2026", "'2026"]),  # due and not reached
    ("target", "unverifiable", ["0.218", "2", "'2026-03", "'2026"]),  # not due yet
    ("alike", "consistent", ["'后端", "'后端", "'后端"]),
    ("alike", "basis_conflict", ["'后端", "'后台", "'后端"]),
    ("paired", "consistent", ["8", "4", "8", "4"]),
    ("paired", "consistent", ["3", "'甲;乙;丙"]),
    ("paired", "contradiction", ["8", "4", "8", "5"]),
    ("paired", "contradiction", ["3", "'甲;乙"]),
    ("listed", "consistent", ["32", "32"]),
    ("listed", "contradiction", ["32", "31"]),
    ("listed", "unverifiable", ["32", "0"]),
    ("disclosed", "consistent", ["1"]),
    ("disclosed", "unverifiable", ["0"]),
    ("none_left", "consistent", ["0"]),
    ("none_left", "basis_conflict", ["12"]),
    ("comparable", "consistent", ["350", "350.4"]),
    ("comparable", "basis_conflict", ["350", "1590"]),
    ("near", "consistent", ["1.5", "2"]),
    ("near", "basis_conflict", ["2", "2"]),
    ("near", "basis_conflict", ["0.4", "2"]),
    ("mislabelled", "basis_conflict", ["788", "788"]),
    ("mislabelled", "consistent", ["788", "789"]),
    # number, record, period of each
    ("date_shift", "consistent", ["1.42", "1.42", "'2025-06", "'2025"]),
    ("date_shift", "basis_conflict", ["1.42", "1.42", "'2025-12", "'2025-06"]),
    ("date_shift", "contradiction", ["1.42", "1.46", "'2025-06", "'2025-06"]),
    # forecast low and high, actual low and high
    ("superseded", "consistent", ["0.18", "0.23", "0.20", "0.30"]),
    ("superseded", "consistent", ["0.18", "0.23", "0.23", "0.30"]),
    ("superseded", "stale_target", ["0.18", "0.23", "0.45", "0.50"]),
    ("superseded", "stale_target", ["0.45", "0.50", "0.18", "0.23"]),
    # number, record, period of each: December 2025 is next to 2026, October is not
    ("external_record", "consistent", ["106.0", "106", "'2026", "'2025-12"]),
    ("external_record", "basis_conflict", ["131.0", "106", "'2026", "'2025-12"]),
    ("external_record", "unverifiable", ["45.1", "10", "'2026", "'2025-10"]),
    # number, latest record, projection
    ("trend", "consistent", ["22.0", "17", "22.7333"]),
    ("trend", "unverifiable", ["114.5", "75", "92.4"]),
    ("trend", "contradiction", ["12.0", "17", "22.7333"]),
    ("rank_within", "consistent", ["3", "3"]),
    ("rank_within", "contradiction", ["3", "4"]),
    ("same_order", "consistent", ["'甲;乙", "'甲;乙"]),
    ("same_order", "basis_conflict", ["'甲;乙", "'乙;甲"]),
    ("same_order", "contradiction", ["'甲;乙", "'甲;丙"]),
    # 2 of 5 is less than half, 2 of 4 is not
    ("covered", "basis_conflict", ["2", "'甲;乙;丙;丁;戊"]),
    ("covered", "consistent", ["2", "'甲;乙;丙;丁"]),
    ("judged", JUDGED, ["1"]),
]


@pytest.mark.parametrize(("rule", "outcome", "contents"), WORKED)
def test_a_rule_decides(rule, outcome, contents):
    assert RULES[rule].judge([fact(content) for content in contents]) == outcome


def test_every_outcome_of_every_rule_was_worked_out():
    worked = {(rule, outcome) for rule, outcome, _ in WORKED}
    assert worked == {(name, code) for name, rule in RULES.items() for code in rule.outcomes}


@pytest.mark.parametrize(("rule", "outcome", "contents"), WORKED)
def test_as_an_operation_it_gives_the_name_of_the_outcome(rule, outcome, contents):
    names = [Given(f"name of {code}") for code in RULES[rule].outcomes]
    parents = [*(fact(content) for content in contents), *names]
    assert OPERATIONS[PREFIX + rule].compute(parents).v == f"name of {outcome}"


@pytest.mark.parametrize("rule", sorted(RULES))
def test_facts_that_are_missing_are_refused(rule):
    names = [Given(code) for code in RULES[rule].outcomes]
    with pytest.raises((ValueError, IndexError)):
        OPERATIONS[PREFIX + rule].compute(names)


def test_a_threshold_is_exact_and_the_interval_decides():
    # 65.5 … 2.5 over 131.0 … 4.2: 59.91 to 60.16 % straddles 60 %, whatever the point says
    low, high = Decimal("189.95") / Decimal("317.05"), Decimal("190.45") / Decimal("316.55")
    facts = [fact("0.6"), Given(low), Given(high)]
    assert RULES["exceeds"].judge(facts) == "rounding"
