"""Numbers become characters once, and exactly."""

from __future__ import annotations

import random
import re
from decimal import Decimal
from fractions import Fraction

import pytest

from suyuan.core.numbers import (
    chinese_numeral,
    chinese_ordinal,
    kept_decimals,
    number,
    plain,
    quantity,
    short_of,
    shown_decimals,
    trimmed,
    ungrouped,
)


def exact(text):
    """The printed characters read back as a fraction."""
    return Fraction(text.replace("−", "-").removesuffix("%"))


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        ("131.0", None, "131.0"),  # recorded digits stay
        ("131", None, "131"),
        ("1E+3", None, "1000"),
        ("-4.20", None, "−4.20"),
        ("2.345", 2, "2.35"),  # half up, where binary floats and bankers say 2.34
        ("2.344", 2, "2.34"),
        ("-2.345", 2, "−2.35"),
        ("0.5", 0, "1"),
        ("2.5", 0, "3"),
        ("7", 1, "7.0"),
        ("99.995", 2, "100.00"),
        ("-0.004", 2, "0.00"),  # no minus before nothing
    ],
)
def test_number(value, decimals, text):
    assert number(Decimal(value), decimals) == text


def test_rounding_is_never_off_by_more_than_half_a_digit():
    draw = random.Random(4)
    for _ in range(500):
        value = Decimal(draw.randrange(-(10**8), 10**8)).scaleb(-draw.randrange(8))
        decimals = draw.randrange(4)
        text = number(value, decimals)
        assert len(text.partition(".")[2]) == decimals
        assert abs(exact(text) - Fraction(value)) <= Fraction(1, 2 * 10**decimals)


@pytest.mark.parametrize(
    ("value", "text"),
    [("131.0", "131.0"), ("-3", "-3"), ("1E+7", "10000000"), ("1E-9", "0.000000001")],
)
def test_plain_digits_for_machines(value, text):
    assert plain(Decimal(value)) == text


@pytest.mark.parametrize(
    ("value", "factor", "decimals", "label", "text"),
    [
        ("0.6004", "0.01", 2, "%", "60.04%"),
        ("0.6", "0.01", None, "%", "60%"),
        ("-0.25", "0.01", 1, "%", "−25.0%"),
        ("11000000", "10000", None, "万架", "1,100"),  # the label of a unit is printed elsewhere
        ("0.05", "0.001", 2, "PFLOPS/亿元", "50.00"),
        ("316.8", "1", None, "EFLOPS", "316.8"),
        ("131.0", "1", None, "EFLOPS", "131.0"),
        ("0.18", "0.01", None, "% QoQ", "18%"),
    ],
)
def test_quantity(value, factor, decimals, label, text):
    assert quantity(Decimal(value), Decimal(factor), decimals, label) == text


@pytest.mark.parametrize(
    ("value", "text"), [("12.50", "12.5"), ("1100.0", "1100"), ("1E+3", "1000"), ("0.00", "0")]
)
def test_trimmed(value, text):
    assert str(trimmed(Decimal(value))) == text


def test_trimming_changes_no_value():
    draw = random.Random(5)
    for _ in range(500):
        value = Decimal(draw.randrange(-(10**9), 10**9)).scaleb(draw.randrange(-9, 9))
        assert trimmed(value) == value
        assert "E" not in str(trimmed(value))


# --- Chinese numerals -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0, "零"), (1, "一"), (2, "两"), (3, "三"), (10, "十"), (11, "十一"), (12, "十二"),
        (20, "二十"), (21, "二十一"),
        (100, "一百"), (105, "一百零五"), (110, "一百一十"), (115, "一百一十五"),
        (1000, "一千"), (1005, "一千零五"), (1010, "一千零一十"), (1015, "一千零一十五"),
        (1100, "一千一百"), (2050, "二千零五十"), (9999, "九千九百九十九"),
    ],
)  # fmt: skip
def test_chinese_numerals(value, text):
    assert chinese_numeral(value) == text


def spelled(value):
    """The same from the written digits: spell all four places, then drop what is not said."""
    places = zip(f"{value:04d}", ("千", "百", "十", ""), strict=True)
    text = "".join("零一二三四五六七八九"[int(digit)] + place for digit, place in places)
    text = re.sub("零[千百十]", "零", text)  # 一千零百零十五
    text = re.sub("零+", "零", text).strip("零")
    return re.sub("^一十", "十", text) or "零"


def read(text):
    """The number that a Chinese reader understands."""
    total, digit = 0, 0
    for character in text:
        if character in "十百千":
            total += (digit or 1) * {"十": 10, "百": 100, "千": 1000}[character]
            digit = 0
        else:
            digit = "零一二三四五六七八九".index(character) if character != "两" else 2
    return total + digit


def test_every_chinese_numeral_is_read_as_its_number():
    for value in range(10000):
        text = chinese_numeral(value)
        assert text == ("两" if value == 2 else spelled(value))  # 两个, but 十二个
        assert read(text) == value


@pytest.mark.parametrize("value", [-1, 10000])
def test_numerals_beyond_their_range_are_refused(value):
    with pytest.raises(ValueError, match=str(value)):
        chinese_numeral(value)


@pytest.mark.parametrize(("value", "text"), [(1, "第一"), (2, "第二"), (12, "第十二")])
def test_chinese_ordinals(value, text):
    assert chinese_ordinal(value) == text


@pytest.mark.parametrize(
    ("error", "most", "decimals"),
    [
        ("0.0024", None, 3),  # down to the error's first digit
        ("0.0024", 2, 2),
        ("0.49", 0, 0),
        ("0.49", 1, 1),
        ("4.9", 1, 0),
        ("0", 2, 2),
    ],
)
def test_what_was_drawn_has_the_digits_that_its_error_allows(error, most, decimals):
    assert shown_decimals(Decimal(error), most) == decimals


@pytest.mark.parametrize(
    ("share", "decimals", "expected"),
    [
        ("0.9983", 0, (">", "0.99")),  # 99.83 % would round to 100 %
        ("0.9949", 0, ("", "0.9949")),
        ("1", 0, (">", "0.99")),
        ("0.0008", 0, ("<", "0.01")),
        ("0", 0, ("<", "0.01")),
        ("0.005", 0, ("", "0.005")),  # 1 %
        ("0.0008", 1, ("", "0.0008")),  # 0.1 %
        ("0.0004", 1, ("<", "0.001")),
    ],
)
def test_a_share_is_never_rounded_to_all_or_nothing(share, decimals, expected):
    sign, last = expected
    assert short_of(Decimal(share), Decimal("0.01"), decimals) == (sign, Decimal(last))


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("999", "999"),
        ("1590", "1,590"),
        ("-81529.07", "−81,529.07"),
        ("1401879", "1,401,879"),
        ("0.12345", "0.12345"),
    ],
)
def test_thousands_of_a_quantity_stand_apart(value, text):
    assert quantity(Decimal(value), Decimal(1), None, "EFLOPS") == text
    assert exact(ungrouped(text)) == Fraction(value)
    assert quantity(Decimal(value), Decimal(1), None, "年", grouped=False) == ungrouped(text)


@pytest.mark.parametrize(
    ("value", "factor", "half", "decimals"),
    [
        ("40.0", "1", "5.0505", 0),  # one part is "over 10"
        ("81529.07", "1", "0.115", 1),  # one part has one decimal
        ("316.8", "1", "0.25", None),
        ("316.8", "1", "0.999", None),
        ("316.8", "1", "1", 0),
        ("1234", "1", "50", None),
        ("40.0", "0.1", "5.0505", None),  # 400, of which the tens are unsure
        ("40.01", "0.1", "5.0505", 0),
    ],
)
def test_a_sum_goes_no_further_than_the_first_digit_of_its_half_width(
    value, factor, half, decimals
):
    error = Decimal(half) / Decimal(factor)
    assert kept_decimals(Decimal(value), Decimal(factor), error, None) == decimals


@pytest.mark.parametrize(
    ("value", "factor", "most", "decimals"),
    [
        ("5696.49", "1", 1, 1),
        ("13697.5", "1", 1, None),
        ("5696.49", "1", None, None),
        ("0.94605", "0.01", 1, 1),  # 94.605 %
        ("0.6", "0.01", 1, None),
    ],
)
def test_recorded_digits_go_no_further_than_those_of_computed_values(value, factor, most, decimals):
    assert kept_decimals(Decimal(value), Decimal(factor), None, most) == decimals
