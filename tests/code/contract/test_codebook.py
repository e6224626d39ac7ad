"""Units convert exactly, and the project's codebook is consistent."""

from __future__ import annotations

import random
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest

from suyuan.contract.codebook import Codebook
from suyuan.contract.tables import read_records
from suyuan.core.errors import UnitMismatch
from suyuan.core.numbers import plain
from tests.code.miniature import ROOT

CONFIG = ROOT / "config"
BOOK = Codebook.from_tables(
    read_records(CONFIG / "indicators.csv"), read_records(CONFIG / "units.csv")
)


@pytest.mark.parametrize(
    ("printed", "unit", "value", "canonical"),
    [
        ("131.0", "EFLOPS", "131.0", "EFLOPS"),  # recorded digits stay
        ("12.5", "E", "12.5", "EFLOPS"),
        ("7500", "P", "7.5", "EFLOPS"),
        ("7500", "PFLOPS", "7.5", "EFLOPS"),
        ("1.25", "万P", "12.5", "EFLOPS"),
        ("2", "万PFLOPS", "20", "EFLOPS"),
        ("1043", "万标准机架", "10430000", "架"),
        ("1100", "万架", "11000000", "架"),
        ("140.19", "万亿元", "1401900", "亿元"),
        ("9000.5", "亿元", "9000.5", "亿元"),
        ("2500", "万千瓦", "25", "GW"),
        ("60.04", "%", "0.6004", "1"),
        ("-3.5", "%", "-0.035", "1"),
        ("18", "% QoQ", "0.18", "1"),
        ("20", "毫秒", "20", "ms"),
        ("1.5", "万卡", "15000", "cards"),
        ("0.5", "PFLOPS/亿元", "0.0005", "EFLOPS/亿元"),
    ],
)
def test_convert(printed, unit, value, canonical):
    number, into = BOOK.convert(printed, unit)
    assert (plain(number), into) == (value, canonical)


def printed_numbers(seed, amount):
    draw = random.Random(seed)
    for _ in range(amount):
        digits = draw.randrange(1, 10 ** draw.randrange(1, 13))
        yield plain(Decimal(draw.choice([-1, 1]) * digits).scaleb(-draw.randrange(6)))


@pytest.mark.parametrize("unit", BOOK.units)
def test_conversion_is_exact_there_and_back(unit):
    factor = BOOK.units[unit].factor
    for printed in printed_numbers(unit, 50):
        value, _ = BOOK.convert(printed, unit)
        assert Fraction(value) == Fraction(printed) * Fraction(factor)
        assert value / factor == Decimal(printed)
        again, _ = BOOK.convert(plain(value / factor), unit)
        assert again == value


@pytest.mark.parametrize("unit", ["万架", "P", "EFLOPS", "%"])
def test_conversion_is_exact_for_the_longest_lawful_number(unit):
    for printed in ("1" * 30, f"{'1' * 20}.{'1' * 9}"):
        value, _ = BOOK.convert(printed, unit)
        assert Fraction(value) == Fraction(printed) * Fraction(BOOK.units[unit].factor)


def test_two_units_of_one_quantity_agree():
    for printed in printed_numbers(6, 100):
        in_units = [
            BOOK.convert(plain(Decimal(printed).scaleb(-shift)), unit)
            for unit, shift in (("P", 0), ("PFLOPS", 0), ("EFLOPS", 3), ("万P", 4))
        ]
        assert len(set(in_units)) == 1


# --- rounding ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("printed", "unit", "half"),
    [
        ("131.0", "EFLOPS", "0.05"),
        ("131", "EFLOPS", "0.5"),
        ("1.25", "万P", "0.05"),  # half of 0.01 万P, which is 0.1 EFLOPS
        ("7500", "P", "0.0005"),
        ("60.04", "%", "0.00005"),
        ("1100", "万架", "5000"),
        ("-0.5", "%", "0.0005"),
        ("8", "个", "0"),  # counted, not measured
        ("2026", "年", "0"),
    ],
)
def test_half_width(printed, unit, half):
    assert BOOK.half_width(printed, unit) == Decimal(half)


def test_every_number_that_rounds_to_the_printed_one_lies_within_the_half_width():
    draw = random.Random(7)
    for _ in range(300):
        true = Decimal(draw.randrange(10**8)).scaleb(-4)
        printed = f"{true:.1f}"
        half = BOOK.half_width(printed, "EFLOPS")
        assert abs(true - Decimal(printed)) <= half == Decimal("0.05")


# --- as printed -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "indicator", "computed", "text"),
    [
        ("131.0", "compute_total", False, "131.0"),
        ("316.8", "compute_total", True, "316.8"),
        ("0.6", "ai_share", False, "60%"),  # as recorded
        ("0.6", "ai_share", True, "60.0%"),  # as computed: one decimal
        ("0.60037878", "ai_share", True, "60.0%"),
        ("5696.49", "gdp", False, "5,696.49"),  # as recorded
        ("11000000", "racks", False, "1,100"),
        ("0.0222", "compute_per_gdp", True, "22.20"),
        ("1.42", "pue", False, "1.42"),
        ("3", "rank", True, "3"),
    ],
)
def test_text(value, indicator, computed, text):
    assert BOOK.text(Decimal(value), indicator, computed=computed) == text


def test_a_sum_of_recorded_digits_has_the_decimals_of_computed_values():
    for total, text in (("5696.49", "5,696.5"), ("13697", "13,697")):
        half = Decimal("0.005")
        assert BOOK.text(Decimal(total), "gdp", computed=False, half=half) == text


@pytest.mark.parametrize(
    ("indicator", "suffix"),
    [
        ("compute_total", "EFLOPS"),
        ("ai_share", ""),  # the sign belongs to the number
        ("racks", "万架"),
        ("pue", ""),
        ("gdp", "亿元"),
        ("latency", "毫秒"),
    ],
)
def test_suffix(indicator, suffix):
    assert BOOK.suffix(indicator) == suffix


def test_what_follows_a_per_cent_sign_is_the_suffix():
    assert replace(BOOK.units["%"], label="% QoQ").suffix == "QoQ"


def test_a_display_unit_of_another_quantity_is_refused():
    wrong = replace(BOOK.indicators["compute_total"], display_unit="亿元")
    book = Codebook({"compute_total": wrong}, BOOK.units)
    with pytest.raises(UnitMismatch, match="compute_total"):
        book.text(Decimal(1), "compute_total", computed=False)


# --- the codebook of the project --------------------------------------------------------------


def test_canonical_units_are_their_own():
    for unit in BOOK.units.values():
        canonical = BOOK.units[unit.canonical]
        assert (canonical.canonical, canonical.factor) == (canonical.name, 1), unit.name
        assert unit.factor > 0
        assert unit.rounded in {True, False}


def test_every_indicator_is_kept_in_a_canonical_unit_and_printed_in_one_that_converts_to_it():
    for indicator in BOOK.indicators.values():
        assert BOOK.units[indicator.unit].canonical == indicator.unit, indicator.id
        assert BOOK.units[indicator.display_unit].canonical == indicator.unit, indicator.id
        bounds = (indicator.minimum, indicator.maximum)
        assert None in bounds or bounds[0] < bounds[1], indicator.id


def test_what_is_compute_has_a_basis_that_tells_it_from_other_compute():
    bases = {name: BOOK.indicators[name].basis for name in BOOK.indicators}
    assert bases["compute_total"] == "infrastructure"
    assert bases["ai_compute"] == "ai_fp16"
    assert bases["compute_total_device"] == "device"
