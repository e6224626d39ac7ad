"""Intervals worked by hand."""

from decimal import Decimal

import pytest

from suyuan.lineage.intervals import (
    ANYTHING,
    INFINITY,
    Interval,
    changed,
    classified,
    divided,
    leading,
    less_the_rest,
    members_counted,
    members_summed,
    multiplied,
    placed,
)


def span(low, high):
    return Interval(Decimal(str(low)), Decimal(str(high)))


def spans(*ends):
    return [span(*end) if isinstance(end, tuple) else span(end, end) for end in ends]


def test_products_quotients_and_changes():
    assert multiplied(spans((1, 2), (4, 5))) == span(4, 10)
    assert multiplied(spans((-1, 2), (4, 5))) == span(-5, 10)
    assert divided(spans((1, 2), (4, 5))) == Interval(Decimal(1) / 5, Decimal(2) / 4)
    assert changed(spans((1, 2), (4, 5))) == span(1, 4)  # 4 / 2 - 1 to 5 / 1 - 1
    assert less_the_rest(spans((9, 11), (1, 2), 4)) == span(3, 6)  # 9 - 2 - 4 to 11 - 1 - 4


def test_a_ratio_over_a_possible_zero_may_be_anything():
    assert divided(spans((1, 2), (-1, 1))) == ANYTHING
    assert divided([span(1, 2), Interval(Decimal(2), INFINITY)]) == span(0, 1)


def test_a_rank_counts_those_that_surely_and_those_that_possibly_lie_above():
    # 4 to 6: 7 surely lies above, 5 to 8 possibly, 3 never.
    assert placed(spans((4, 6), 7, (5, 8), 3)) == span(2, 3)
    assert placed(spans(5, 5, 4)) == span(1, 1)  # equals share a place


@pytest.mark.parametrize(
    ("own", "expected"),
    [
        ((130.95, 131.05), span(1, 2)),  # a floor of 130.97 lies in it
        ((130.97, 131.05), span(1, 1)),  # the floor belongs to its class
        ((120, 130), span(2, 2)),
        ((-1, 5), ANYTHING),  # no class takes what lies below the last floor
    ],
)
def test_a_class_is_that_of_both_ends(own, expected):
    assert classified(spans(own, 130.97, 0, 10, 0, 0, 0)) == expected


def test_a_floor_may_lie_higher_than_printed():
    # 131 exactly, and a floor of 131 ± 0.5: reached or not.
    assert classified(spans(131, (130.5, 131.5), 0, 0, 0)) == span(1, 2)


def test_members_of_a_class_that_some_may_leave():
    # Class 1 has the first for sure; the second is in class 1 or 2, the third in 3.
    unsure = spans(1, 1, (1, 2), 3, (10, 11), (20, 21), (30, 31))
    assert members_counted(unsure) == span(1, 2)
    assert members_summed(unsure) == ANYTHING
    sure = spans(1, 1, 1, 3, (10, 11), (20, 21), (30, 31))
    assert members_summed(sure) == span(30, 32)


def test_who_leads_is_known_where_no_other_may_be_ahead():
    assert leading(spans((4, 6), (1, 3), (7, 9)), 1) == [2]
    assert leading(spans((4, 6), (1, 3), (7, 9)), 2) == [2, 0]
    assert leading(spans((4, 7), (1, 3), (7, 9)), 1) is None
    assert leading(spans((4, 6), (1, 4), (7, 9)), 2) is None
