"""Every rule of the audit decides the cases that its own file works out, in each way it can."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

import pytest

from suyuan.domain.audit.rule import PREFIX
from suyuan.domain.audit.source_test import names, rules, source_test
from suyuan.domain.operations import OPERATIONS

RULES = rules()
CASES = [(name, *case) for name, rule in RULES.items() for case in rule.cases]


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


@pytest.mark.parametrize(("rule", "outcome", "contents"), CASES)
def test_a_rule_decides_and_as_an_operation_names_the_outcome(rule, outcome, contents):
    names = [Given(f"name of {code}") for code in RULES[rule].outcomes]
    parents = [*map(fact, contents), *names]
    assert OPERATIONS[PREFIX + rule].compute(parents).v == f"name of {outcome}"


@pytest.mark.parametrize("rule", sorted(RULES))
def test_every_outcome_is_worked_out_once_at_least(rule):
    assert {outcome for outcome, _ in RULES[rule].cases} == set(RULES[rule].outcomes)


@pytest.mark.parametrize("rule", sorted(RULES))
def test_facts_that_are_missing_are_refused(rule):
    names = [Given(code) for code in RULES[rule].outcomes]
    with pytest.raises((ValueError, IndexError)):
        OPERATIONS[PREFIX + rule].compute(names)


def test_every_test_says_what_it_wants():
    assert all(source_test(name).wants for name in names())


def test_a_rule_means_one_thing():
    """Two files do not define rules of one name."""
    assert {source_test(name).rule for name in names()} == set(RULES.values())


def test_a_threshold_is_exact_and_the_interval_decides():
    # 65.5 … 2.5 over 131.0 … 4.2: 59.91 to 60.16 % straddles 60 %, whatever the point says
    low, high = Decimal("189.95") / Decimal("317.05"), Decimal("190.45") / Decimal("316.55")
    facts = [fact("0.6"), Given(low), Given(high)]
    assert RULES["exceeds"].judge(facts) == "rounding"
