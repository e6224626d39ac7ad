"""What is asked is brought to the form in which the page is read."""

from __future__ import annotations

from decimal import Decimal

import pytest

from suyuan.outputs.answers.asked import (
    Quantity,
    arabic,
    exhibit,
    line,
    page,
    plain,
    quantity,
    section,
)

SIGNS = {"超过": ">", ">": ">", "不低于": "≥"}


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("316.8 EFLOPS", "316.8eflops"),
        ("３１６．８", "316.8"),
        ("17.9 ％", "17.9%"),
        ("1,234,567", "1234567"),
        ("316,8", "316,8"),  # no thousands
        ("−13%", "-13%"),
        (" 2026 年 3 月 31 日", "2026年3月31日"),
        ("NW.Compute_Total", "nw.compute_total"),
    ],
)
def test_the_plain_form(typed, read):
    assert plain(typed) == read


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("316.8eflops", Quantity("", Decimal("316.8"), "eflops")),
        (">140", Quantity(">", Decimal(140), "")),
        ("超过140eflops", Quantity(">", Decimal(140), "eflops")),
        ("不低于100", Quantity("≥", Decimal(100), "")),
        ("-13%", Quantity("", Decimal(-13), "%")),
        ("三套", None),
        ("nw.share", None),
    ],
)
def test_a_number_with_what_stands_around_it(text, found):
    assert quantity(text, SIGNS) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("图4", ("figure", 4, "")),
        ("fig.4", ("figure", 4, "")),
        ("表5宁夏", ("table", 5, "宁夏")),
        ("表", None),
        ("4", None),
    ],
)
def test_a_figure_or_table(text, found):
    assert exhibit(text, {"图": "figure", "fig": "figure", "表": "table"}) == found


@pytest.mark.parametrize(
    ("text", "found"), [("第12页", 12), ("p.12", 12), ("p12", 12), ("12", None)]
)
def test_a_page(text, found):
    assert page(text, {"第": "页", "p": "", "p.": ""}) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("observations.csv:43", ("observations.csv", 43)),
        ("data/raw/2026q1/observations.csv:43:value", ("data/raw/2026q1/observations.csv", 43)),
        ("observations.csv", None),
    ],
)
def test_a_line_of_a_file(text, found):
    assert line(text) == found


@pytest.mark.parametrize(("text", "found"), [("2.6", "2.6"), ("2.6.1", ""), ("26", ""), ("b", "")])
def test_a_section(text, found):
    assert section(text) == found


@pytest.mark.parametrize(
    ("numerals", "digits"),
    [
        ("百分之六十", "60%"),
        ("百分之十七点九", "17.9%"),
        ("百分之60.0", "60.0%"),
        ("一千五百九十eflops", "1590eflops"),
        ("一亿二千万", "120000000"),
        ("三万零五", "30005"),
        ("图十三", "图13"),
        ("第二十页", "第20页"),
        ("二〇二六年六月三十日", "2026年6月30日"),
        ("甘肃 69.7%", "甘肃 69.7%"),
        ("点位", "点位"),
    ],
)
def test_numerals_are_digits(numerals, digits):
    assert arabic(numerals) == digits
