"""Outcomes: whatever the facts are, exactly one is the case, and it is named for what it is."""

from decimal import Decimal
from itertools import product

import pytest

from suyuan.lineage.intervals import Interval
from suyuan.lineage.outcomes import NAMES, RELATIONS, listed, relation_of
from suyuan.lineage.predicates import PREDICATES


def outcome(test, facts, parameter=None):
    numbers = [Decimal(str(fact)) for fact in facts]
    given = None if parameter is None else Decimal(str(parameter))
    predicate = PREDICATES[test]
    margin, _ = predicate.judge(numbers, [Interval(n, n) for n in numbers], given)
    return predicate.outcomes.of(margin, numbers)


def possible(test, spans, parameter=None):
    ends = [Interval(Decimal(str(low)), Decimal(str(high))) for low, high in spans]
    given = None if parameter is None else Decimal(str(parameter))
    middles = [(each.low + each.high) / 2 if each.finite else each.low for each in ends]
    _, span = PREDICATES[test].judge(middles, ends, given)
    return set(PREDICATES[test].outcomes.among(span, ends))


@pytest.mark.parametrize(
    ("test", "facts", "parameter", "expected"),
    [
        ("threshold", [0.59], 0.6, "below"),
        ("threshold", [0.6], 0.6, "equal"),
        ("threshold", [0.61], 0.6, "above"),
        ("compare", [3, 5], None, "below"),
        ("compare", [5, 5], None, "equal"),
        ("compare", [5, 3], None, "above"),
        ("times", [5, 3], 2, "below"),
        ("times", [6, 3], 2, "equal"),  # 6 = 2 · 3
        ("times", [7, 3], 2, "above"),
        ("leads", [1, 7, 4], None, "one"),
        ("leads", [7, 1, 7], None, "several"),
        ("only", [2, 3, 5], None, "none"),
        ("only", [5, 3, 5], None, "none"),  # 5 is not above 5
        ("only", [9, 3, 5], None, "one"),
        ("only", [9, 6, 5], None, "several"),
        ("within", [316.8, 316], 1, "inside"),
        ("within", [317, 316], 1, "touching"),
        ("within", [317.2, 316], 1, "outside"),
        ("part_of", [12.5, 20, 45.1], None, "within"),
        ("part_of", [25.1, 20, 45.1], None, "equal"),
        ("part_of", [100, 79.8], None, "beyond"),
        ("order", [9, 5, 1, 6, 4, 2], None, "alike"),
        ("order", [9, 5, 5, 6, 4, 4], None, "alike"),
        ("order", [9, 5, 1, 6, 2, 4], None, "unlike"),
        ("order", [9, 5, 1, 6, 4, 4], None, "unlike"),  # apart in one, level in the other
        ("trend", [1, 4, 6], None, "rising"),
        ("trend", [1, 4, 4], None, "climbing"),
        ("trend", [4, 4, 4], None, "flat"),
        ("trend", [4, 4, 1], None, "sinking"),
        ("trend", [6, 4, 1], None, "falling"),
        ("trend", [1, 4, 3], None, "mixed"),
        ("trend", [1, 4, 4, 3], None, "mixed"),
    ],
)
def test_each_state_of_the_facts_has_its_name(test, facts, parameter, expected):
    assert outcome(test, facts, parameter) == expected


def test_no_state_of_the_facts_is_without_a_name():
    for test, predicate in PREDICATES.items():
        found = {
            outcome(test, facts, 2 if predicate.parameter else None)
            for count in range(predicate.least, 1 + (predicate.most or 4))
            if predicate.takes(count)
            for facts in product([1, 2, 3, 4], repeat=count)
        }
        assert found == set(predicate.outcomes.names), test
        assert found <= set(NAMES)


@pytest.mark.parametrize(
    ("test", "spans", "parameter", "expected"),
    [
        ("threshold", [(0.5991, 0.6016)], 0.6, {"below", "equal", "above"}),
        ("threshold", [(0.6, 0.6016)], 0.6, {"equal", "above"}),
        ("threshold", [(0.61, 0.62)], 0.6, {"above"}),
        ("leads", [(4, 6), (1, 2)], None, {"one"}),
        ("leads", [(4, 6), (5, 7)], None, {"one", "several"}),
        ("only", [(6, 8), (4, 6), (5, 5)], None, {"one", "several"}),
        ("order", [(5, 7), (1, 2), (5, 5), (3, 3)], None, {"alike"}),
        ("order", [(5, 7), (1, 2), (3, 3), (5, 5)], None, {"unlike"}),
        ("order", [(5, 7), (1, 2), (3, 5), (4, 6)], None, {"alike", "unlike"}),
        ("trend", [(1, 2), (2, 3)], None, {"rising", "flat"}),
        ("trend", [(1, 1), (3, 4), (3, 4)], None, {"rising", "climbing", "mixed"}),
        ("trend", [(140, "Infinity"), (180, 180), (190, 190)], None,
         {"rising", "climbing", "mixed"}),
    ],
)  # fmt: skip
def test_what_rounding_leaves_open_is_named(test, spans, parameter, expected):
    assert possible(test, spans, parameter) == expected


@pytest.mark.parametrize(
    ("asserted", "margin", "expected"),
    [
        ("above", 3, 3), ("equal, above", -3, -3),
        ("below", -3, 3), ("below, equal", 3, -3),  # turned round: positive where it holds
        ("equal", 3, -3), ("equal", -3, -3), ("equal", 0, 0),
        ("below, above", -3, 3),
    ],
)  # fmt: skip
def test_a_margin_is_positive_or_zero_where_the_claim_holds(asserted, margin, expected):
    sides = PREDICATES["compare"].outcomes
    assert sides.toward(frozenset(listed(asserted)), Decimal(margin)) == expected


def test_each_outcome_states_a_relation():
    assert {relation_of(name) for name in NAMES} == set(RELATIONS)
    assert (relation_of("outside"), relation_of("touching")) == ("above", "equal")
