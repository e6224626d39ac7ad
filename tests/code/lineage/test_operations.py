"""What each operation makes of numbers that can be worked out by hand."""

from __future__ import annotations

import random
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

import pytest

from suyuan.core.numbers import quantity
from suyuan.domain.operations import OPERATIONS
from suyuan.lineage.operations import Result


@dataclass(frozen=True)
class Given:
    """A parent value, as operations see it."""

    v: Decimal | str
    half: Decimal | None = None
    se: Decimal | None = None


def given(*numbers, half=None):
    return [Given(Decimal(n), None if half is None else Decimal(half)) for n in numbers]


def named(*texts):
    return [Given(text) for text in texts]


def made(op, parents):
    return OPERATIONS[op].compute(parents)


def percent(value):
    return quantity(value, Decimal("0.01"), 2, "%")


# --- sums and differences ---------------------------------------------------------------------


def test_sum_adds_numbers_and_half_widths():
    parents = [
        Given(Decimal("50.0"), Decimal("0.05")),
        Given(Decimal(10), Decimal("0.0005")),
    ]
    # 50.0 + 10 = 60.0; 0.05 + 0.0005 = 0.0505
    assert made("sum", parents) == Result(Decimal("60.0"), Decimal("0.0505"))
    computed = Given(Decimal(10))  # nothing known of its rounding, so nothing of the sum's
    assert made("sum", [*parents, computed]) == Result(Decimal("70.0"), None)
    assert made("difference", [parents[0], computed]) == Result(Decimal("40.0"), None)


def test_sum_is_exact_where_floats_are_not():
    assert made("sum", given(*["0.1"] * 10)).v == 1
    # 131.0 + 114.5 + 45.1 + 22.0 + 4.2 = 316.8, and its text keeps one decimal
    total = made("sum", given("131.0", "114.5", "45.1", "22.0", "4.2", half="0.05"))
    assert str(total.v) == "316.8"
    assert total.half == Decimal("0.25")


def test_sum_does_not_depend_on_the_order():
    draw = random.Random(8)
    parents = given(*(Decimal(draw.randrange(10**6)).scaleb(-2) for _ in range(20)), half="0.005")
    for _ in range(20):
        shuffled = draw.sample(parents, len(parents))
        assert made("sum", shuffled) == made("sum", parents)


def test_difference():
    # 106.0 − 131.0 = −25.0; half-widths add up: 0.05 + 0.05
    result = made("difference", given("106.0", "131.0", half="0.05"))
    assert result == Result(Decimal("-25.0"), Decimal("0.10"))


# --- ratios and what rounding leaves open -----------------------------------------------------


def test_ratio():
    assert made("ratio", given("20.0", "50.0")) == Result(Decimal("0.4"))


def test_the_share_of_the_northwest_and_its_interval():
    # Five provinces printed to one decimal: half-widths of 0.25 on both sums.
    # 190.2 / 316.8 = 0.600378…; 189.95 / 317.05 = 0.599117…; 190.45 / 316.55 = 0.601642…
    pair = [Given(Decimal("190.2"), Decimal("0.25")), Given(Decimal("316.8"), Decimal("0.25"))]
    assert percent(made("ratio", pair).v) == "60.04%"
    assert percent(made("ratio_low", pair).v) == "59.91%"
    assert percent(made("ratio_high", pair).v) == "60.16%"


def test_a_share_of_few_digits_has_a_wide_interval():
    # 4 of 10, both printed without decimals: 3.5 / 10.5 = 1/3 to 4.5 / 9.5 = 9/19
    pair = given("4", "10", half="0.5")
    assert percent(made("ratio_low", pair).v) == "33.33%"
    assert percent(made("ratio_high", pair).v) == "47.37%"


def test_exact_counts_leave_no_interval():
    pair = given("3", "4", half="0")
    assert made("ratio_low", pair).v == made("ratio", pair).v == made("ratio_high", pair).v


def test_the_true_ratio_never_leaves_the_interval():
    draw = random.Random(9)
    for _ in range(500):
        part = Decimal(draw.randrange(1, 10**6)).scaleb(-3)
        whole = part + Decimal(draw.randrange(1000, 10**6)).scaleb(-3)
        printed = [Given(round(x, 1), Decimal("0.05")) for x in (part, whole)]
        low, high = made("ratio_low", printed).v, made("ratio_high", printed).v
        assert low < made("ratio", printed).v < high
        assert low <= part / whole <= high


def test_ratios_and_growths_claim_no_half_width():
    for op in ("ratio", "ratio_low", "ratio_high", "growth"):
        assert made(op, given("4", "10", half="0.5")).half is None


@pytest.mark.parametrize(
    ("before", "after", "change"), [("100", "400", "3"), ("200", "150", "-0.25"), ("7", "7", "0")]
)
def test_growth(before, after, change):
    assert made("growth", given(before, after)).v == Decimal(change)


# --- order ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("own", "others", "place"),
    [
        ("50", ["30", "10", "10"], 1),
        ("30", ["50", "10", "10"], 2),
        ("10", ["50", "30", "10.0"], 3),  # equals share the better place, however printed
        ("5", ["10", "10"], 3),  # and the place after two firsts is the third
        ("10", [], 1),
    ],
)
def test_rank(own, others, place):
    assert made("rank", given(own, *others)).v == place


def test_ranks_are_those_of_the_sorted_list():
    draw = random.Random(10)
    for _ in range(200):
        numbers = [Decimal(draw.randrange(8)) for _ in range(draw.randrange(1, 9))]
        ordered = sorted(numbers, reverse=True)
        for place, own in enumerate(numbers):
            others = numbers[:place] + numbers[place + 1 :]
            assert made("rank", given(own, *others)).v == ordered.index(own) + 1


def test_leader():
    parents = [*given("20", "30", "4"), *named("甲", "乙", "丙")]
    assert made("leader", parents) == Result("乙")


def test_equal_leaders_are_all_named_in_order():
    parents = [*given("20.0", "4", "20"), *named("甲", "乙", "丙")]
    assert made("leader", parents) == Result("甲、丙")


def test_maximum_and_minimum_keep_what_is_known_of_rounding():
    parents = [Given(Decimal(3), Decimal("0.5")), Given(Decimal(-4), Decimal("0.05"))]
    assert made("maximum", parents) == Result(Decimal(3), Decimal("0.5"))
    assert made("minimum", parents) == Result(Decimal(-4), Decimal("0.05"))


FLOORS = [
    Given(Decimal(50)), Given("甲档"), Given(Decimal(20)), Given("乙档"), Given(Decimal(0)),
    Given("丙档"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("own", "number", "name"),
    [
        ("120", 1, "甲档"),
        ("50.0", 1, "甲档"),  # the floor belongs to its class
        ("49.999", 2, "乙档"),
        ("20", 2, "乙档"),
        ("0", 3, "丙档"),
    ],
)
def test_classify(own, number, name):
    assert made("classify", [*given(own), *FLOORS]) == Result(Decimal(number), txt=name)


def test_what_no_class_takes_is_refused():
    with pytest.raises(ValueError, match="-1"):
        made("classify", [*given("-1"), *FLOORS])


# --- the rest ---------------------------------------------------------------------------------


def test_join():
    assert made("join", named("甲", "乙", "丙")) == Result("甲、乙、丙")


@pytest.mark.parametrize("op", ["count", "figure"])
def test_count_takes_numbers_and_texts(op):
    assert made(op, [*given("7", "8"), *named("甲")]) == Result(Decimal(3))


def test_same_passes_on_number_half_width_and_text():
    parent = Given(Decimal("50.0"), Decimal("0.05"))
    assert made("same", [parent]) == Result(parent.v, parent.half)
    assert made("same", named("甲")) == Result("甲")


@pytest.mark.parametrize("op", ["same", "ratio", "growth", "difference"])
def test_a_wrong_number_of_parents_is_refused(op):
    with pytest.raises(ValueError, match="unpack"):
        made(op, given("1", "2", "3"))


@pytest.mark.parametrize("op", ["sum", "ratio", "growth", "rank", "maximum", "difference"])
def test_texts_are_no_numbers(op):
    with pytest.raises(TypeError, match=r"text where a number is needed: [甲乙]"):
        made(op, named("甲", "乙"))


def test_what_adds_asks_for_parents_alike_and_what_divides_does_not():
    alike = {name for name, operation in OPERATIONS.items() if operation.alike}
    assert {"sum", "difference", "growth", "rank", "same", "maximum", "minimum"} <= alike
    assert not alike & {"ratio", "ratio_low", "ratio_high", "count", "join", "leader"}


def test_sums_agree_with_fractions():
    draw = random.Random(11)
    for _ in range(100):
        numbers = [Decimal(draw.randrange(-(10**9), 10**9)).scaleb(-6) for _ in range(9)]
        assert Fraction(made("sum", given(*numbers)).v) == sum(map(Fraction, numbers))
