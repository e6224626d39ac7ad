"""Operations on whoever is first and second: worked answers, and ties in the order of the table."""

from __future__ import annotations

import json
from decimal import Decimal
from math import exp, log

import pytest

from suyuan.domain.operations import OPERATIONS
from suyuan.lineage.intervals import ANYTHING, Interval
from suyuan.lineage.ledger import Ledger
from suyuan.lineage.rounding import interval
from suyuan.lineage.value import Value
from tests.code.lineage.test_operations import Given, given, made, named


def test_the_second_is_named():
    assert made("second", [*given("2", "5", "3"), *named("甲", "乙", "丙")]).v == "丙"


def test_of_equals_the_earlier_comes_first():
    # 甲 and 乙 are both first: 甲 leads, so 乙 is second
    assert made("second", [*given("5", "5", "3"), *named("甲", "乙", "丙")]).v == "乙"


def test_what_the_first_has():
    # order 2, 5, 3: the second pair leads
    assert made("of_first", given("2", "0.1", "5", "0.7", "3", "0.2")).v == Decimal("0.7")


def test_the_lead_is_over_the_second_not_the_last():
    assert made("lead_ratio", given("2", "6", "3")).v == 2  # 6 / 3


def test_the_lead_in_a_factor_may_be_negative():
    # order 2, 6, 3: the factor's 0.5 against 0.8
    result = made("lead_log_ratio", given("2", "0.9", "6", "0.5", "3", "0.8")).v
    assert float(result) == pytest.approx(log(0.5 / 0.8))
    assert result < 0


def test_factors_of_a_lead_multiply_to_it():
    # order 56, 54: the first has 70 · 0.8, the second 60 · 0.9
    times = [made("lead_times", given("54", own, "56", first)).v
             for first, own in (("70", "60"), ("0.8", "0.9"))]  # fmt: skip
    assert float(times[0] * times[1]) == pytest.approx(56 / 54)
    assert times[1] < 1  # the first is behind in this factor


def test_logarithms_of_factors_add_up_to_that_of_the_product():
    factors = {"S": ("70", "60"), "T": ("0.8", "0.9")}
    products = ("56", "54")  # 70 · 0.8, 60 · 0.9
    parts = [
        made("lead_log_ratio", given(products[0], one, products[1], other)).v
        for one, other in factors.values()
    ]
    ratio = made("lead_ratio", given(*products))
    assert float(sum(parts)) == pytest.approx(float(made("logarithm", [ratio]).v))
    assert exp(float(sum(parts))) == pytest.approx(56 / 54)


@pytest.mark.parametrize(
    ("order", "odds"),
    [
        (("3", "2", "1"), "0.12"),  # first over second
        (("2", "3", "1"), "0.21"),  # second over first
        (("3", "1", "2"), "0.13"),
        (("1", "2", "3"), "0.32"),
    ],
)
def test_odds_of_the_first_over_the_second(order, odds):
    # rows: 1 over 2, 1 over 3; 2 over 1, 2 over 3; 3 over 1, 3 over 2
    table = given("0.12", "0.13", "0.21", "0.23", "0.31", "0.32")
    assert made("lead_p_beats", [*given(*order), *table]).v == Decimal(odds)


def test_odds_keep_their_error_and_its_bounds_where_the_lead_is_sure():
    odds = [Given(Decimal("0.7"), se=Decimal("0.01")), Given(Decimal("0.3"), se=Decimal("0.01"))]
    assert made("lead_p_beats", [*given("2", "5"), *odds]).se == Decimal("0.01")
    sure = [Interval(Decimal(n), Decimal(n)) for n in (2, 5)]
    spans = [Interval(Decimal("0.68"), Decimal("0.72")), Interval(Decimal("0.28"), Decimal("0.32"))]
    bounds = OPERATIONS["lead_p_beats"].bounds
    assert bounds([*sure, *spans]) == spans[1]  # the second leads: its odds against the first
    open_ = [Interval(Decimal(2), Decimal(5)), sure[1]]
    assert bounds([*open_, *spans]) == ANYTHING


def test_a_picked_number_has_the_error_beside_it():
    analysis = named(json.dumps({"a.p_rank.1": "0.25", "a.p_rank.1#se": "0.0043"}))
    found = OPERATIONS["pick"].run("a.p_rank.1", analysis)
    assert (found.v, found.se) == (Decimal("0.25"), Decimal("0.0043"))
    drawn = Value("a.p_rank.1", found.v, "1", "25%", "pick", parents=("rg.x",), se=found.se)
    text = Value("rg.x", "{}", "text", "1", "text")
    span = interval(Ledger(None, OPERATIONS, [text, drawn]), "a.p_rank.1")
    assert (span.low, span.high) == (Decimal("0.2414"), Decimal("0.2586"))  # 0.25 ± 2 · 0.0043


@pytest.mark.parametrize(
    ("order", "level", "expected"),
    [
        # down from the third: it beats the second by 0.9, that the first by 0.6
        (("1", "2", "3"), "0.85", "221"),  # 0.9 reaches the level, 0.6 does not
        (("1", "2", "3"), "0.6", "321"),
        (("1", "2", "3"), "0.95", "111"),
        # down from the first: it beats the second by 0.4, that the third by 0.1
        (("3", "2", "1"), "0.1", "123"),
        (("3", "2", "1"), "0.2", "122"),
    ],
)
def test_a_band_ends_where_one_surely_beats_the_next(order, level, expected):
    # rows: 1 over 2, 1 over 3; 2 over 1, 2 over 3; 3 over 1, 3 over 2
    table = given("0.4", "0.1", "0.6", "0.1", "0.9", "0.9")
    parents = [
        Value(f"{who}.F", each.v, "index", "", "multiply")
        for who, each in zip("abc", given(*order), strict=True)
    ]
    found = OPERATIONS["bands"].run("rg.bands", [*parents, *table, *given(level)])
    own = {who: OPERATIONS["band"].run(f"{who}.band", named(found.v)).v for who in "abc"}
    assert own == {who: Decimal(n) for who, n in zip("abc", expected, strict=True)}
    assert found.txt == str(len(set(expected)))
    with pytest.raises(ValueError, match=r"d\.band"):
        OPERATIONS["band"].run("d.band", named(found.v))
