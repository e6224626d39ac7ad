"""Typed statements: their margins, both ways, and what rounding leaves of them."""

from decimal import Decimal

import pytest

from suyuan.lineage.intervals import INFINITY, Interval
from suyuan.lineage.predicates import PREDICATES, margin_interval


def margin(test, facts, parameter=1):
    return PREDICATES[test].margin([Decimal(str(f)) for f in facts], Decimal(str(parameter)))


@pytest.mark.parametrize(
    ("test", "facts", "parameter", "expected", "holds"),
    [
        ("above", [0.61], 0.6, "0.01", True),
        ("above", [0.6], 0.6, "0.0", False),  # 超过 is strict
        ("exceeds", [5, 3], 1, "2", True),
        ("exceeds", [3, 3], 1, "0", False),
        ("at_least_times", [6, 3], 2, "0", True),  # 翻番: 6 >= 2 · 3
        ("at_least_times", [5, 3], 2, "-1", False),
        ("leads", [1, 7, 4], 1, "3", True),  # 7 - 4
        ("leads", [7, 7, 4], 1, "0", False),
        ("beats_all", [7, 5, 6], 1, "1", True),
        ("beats_all", [5, 7, 6], 1, "-2", False),
        ("only", [9, 2, 3, 5], 1, "2", True),  # min(9 - 5, 5 - 3)
        ("only", [9, 6, 3, 5], 1, "-1", False),  # 6 passes 5 too
        ("within", [316.8, 316], 0.5, "-0.3", False),  # 0.5 - 0.8
        ("within", [190.2, 190], 0.5, "0.3", True),
        ("part_of", [12.5, 20, 7.5, 45.1], 1, "5.1", True),  # 45.1 - 40
        ("part_of", [100, 79.8], 1, "-20.2", False),
        ("rising", [1, 4, 6], 1, "2", True),
        ("rising", [1, 4, 3], 1, "-1", False),
    ],
)
def test_margins_and_outcomes(test, facts, parameter, expected, holds):
    found = margin(test, facts, parameter)
    assert found == Decimal(expected)
    assert PREDICATES[test].holds(found) is holds


def points(*ends):
    return [Interval(Decimal(str(low)), Decimal(str(high))) for low, high in ends]


def test_a_share_of_rounded_numbers_straddles_its_threshold():
    # 59.91 to 60.16 per cent against 60: from -0.09 to +0.16 points.
    span = margin_interval("above", points((0.5991, 0.6016)), Decimal("0.6"))
    assert (span.low, span.high) == (Decimal("-0.0009"), Decimal("0.0016"))


def test_parts_count_against_the_whole_in_the_worst_case():
    # Worst: parts at their highest, 4 + 6, whole at its lowest, 9; best: 2 + 4 of 11.
    span = margin_interval("part_of", points((2, 4), (4, 6), (9, 11)), Decimal(1))
    assert (span.low, span.high) == (-1, 5)


def test_an_open_end_leaves_a_ranking_open():
    facts = [Interval(Decimal(5), INFINITY), Interval(Decimal(3), Decimal(3))]
    span = margin_interval("leads", facts, Decimal(1))
    assert (span.low, span.high) == (-INFINITY, INFINITY)


def test_a_tolerance_stands_for_the_rounding_of_the_printed_number():
    # 316.8 ± 0.25 against a printed 316 ± 0.5 with tolerance 0.5: -0.3 ± 0.25.
    span = margin_interval("within", points((316.55, 317.05), (315.5, 316.5)), Decimal("0.5"))
    assert (span.low, span.high) == (Decimal("-0.55"), Decimal("-0.05"))
