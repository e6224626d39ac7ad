"""Typed comparisons: their margins, both ways, and what rounding leaves of them."""

from decimal import Decimal

import pytest

from suyuan.lineage.intervals import INFINITY, Interval
from suyuan.lineage.predicates import PREDICATES


def judged(test, spans, parameter):
    """Margin of the middles, and its interval."""
    spans = points(*spans)
    middles = [(s.low + s.high) / 2 if s.finite else s.low for s in spans]
    return PREDICATES[test].judge(middles, spans, parameter and Decimal(str(parameter)))


def margin(test, facts, parameter):
    return judged(test, [(fact, fact) for fact in facts], parameter)[0]


@pytest.mark.parametrize(
    ("test", "facts", "parameter", "expected"),
    [
        ("threshold", [0.61], 0.6, "0.01"),
        ("threshold", [0.6], 0.6, "0.0"),
        ("compare", [5, 3], None, "2"),
        ("compare", [3, 3], None, "0"),
        ("times", [6, 3], 2, "0"),  # 6 - 2 · 3
        ("times", [5, 3], 2, "-1"),
        ("leads", [1, 7, 4], None, "3"),  # 7 - 4
        ("leads", [7, 7, 4], None, "0"),
        ("only", [9, 2, 3, 5], None, "2"),  # min(9 - 5, 5 - 3)
        ("only", [9, 6, 3, 5], None, "-1"),  # 6 passes 5 too
        ("within", [316.8, 316], 0.5, "-0.3"),  # 0.5 - 0.8
        ("within", [190.2, 190], 0.5, "0.3"),
        ("part_of", [12.5, 20, 7.5, 45.1], None, "5.1"),  # 45.1 - 40
        ("part_of", [100, 79.8], None, "-20.2"),
        ("trend", [1, 4, 6], None, "2"),
        ("trend", [1, 4, 3], None, "-1"),
    ],
)
def test_margins(test, facts, parameter, expected):
    assert margin(test, facts, parameter) == Decimal(expected)


def points(*ends):
    return [Interval(Decimal(str(low)), Decimal(str(high))) for low, high in ends]


def test_a_share_of_rounded_numbers_straddles_its_threshold():
    # 59.91 to 60.16 per cent against 60: from -0.09 to +0.16 points.
    _, span = judged("threshold", [(0.5991, 0.6016)], 0.6)
    assert (span.low, span.high) == (Decimal("-0.0009"), Decimal("0.0016"))


def test_parts_count_against_the_whole_in_the_worst_case():
    # Worst: parts at their highest, 4 + 6, whole at its lowest, 9; best: 2 + 4 of 11.
    _, span = judged("part_of", [(2, 4), (4, 6), (9, 11)], None)
    assert (span.low, span.high) == (-1, 5)


def test_an_open_end_leaves_a_ranking_open():
    _, span = judged("leads", [(5, "Infinity"), (3, 3)], None)
    assert (span.low, span.high) == (-INFINITY, INFINITY)


def test_a_tolerance_stands_for_the_rounding_of_the_printed_number():
    # 316.8 ± 0.25 against a printed 316 ± 0.5 with tolerance 0.5: -0.3 ± 0.25.
    _, span = judged("within", [(316.55, 317.05), (315.5, 316.5)], 0.5)
    assert (span.low, span.high) == (Decimal("-0.55"), Decimal("-0.05"))


def test_two_numbers_are_never_nearer_than_equal():
    # 1 to 3 beside 2 with tolerance 0: at worst 1 apart, at best equal.
    margin, span = judged("within", [(1, 3), (2, 2)], 0)
    assert (margin, span.low, span.high) == (0, -1, 0)


PARAMETERS = {"threshold", "times", "within"}


def test_a_test_says_whether_it_takes_a_parameter_and_how_many_facts():
    assert {name for name, each in PREDICATES.items() if each.parameter} == PARAMETERS
    takes = {name: [n for n in range(1, 5) if each.takes(n)] for name, each in PREDICATES.items()}
    assert takes == {
        "threshold": [1], "compare": [2], "times": [2], "within": [2], "leads": [2, 3, 4],
        "part_of": [2, 3, 4], "order": [4], "trend": [2, 3, 4], "only": [3, 4],
    }  # fmt: skip
