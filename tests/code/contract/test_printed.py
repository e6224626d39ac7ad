"""Figures as sources print them are read by the words of the register; what is none is not read."""

from __future__ import annotations

from decimal import Decimal

import pytest

from suyuan.contract.printed import Printed
from suyuan.contract.texts import read_texts
from tests.code.miniature import ROOT

TEXTS = read_texts(ROOT / "workflow/schemas")
UNITS = ("EFLOPS", "Eflops", "P", "万P", "%", "% QoQ", "毫秒", "大", "级", "E", "位",
         "年", "亿元", "架", "万卡", "个", "index", "1", "-")  # fmt: skip


def read(text: str) -> set[tuple[str, str, str]]:
    found = TEXTS.printed.readings(text, UNITS, TEXTS.scales)
    return {("".join(sorted(one.comparators)), str(one.number), one.unit) for one in found}


@pytest.mark.parametrize(
    ("text", "comparator", "number", "unit"),
    [
        ("2026年", "=", "2026", "年"),
        ("约316 EFLOPS", "≈", "316", "EFLOPS"),
        ("131.0(Eflops)", "=", "131.0", "Eflops"),
        ("１３１．０（Eflops）", "=", "131.0", "Eflops"),
        ("超过60%", ">", "60", "%"),
        ("突破10万P", ">", "10", "万P"),
        ("超万P", ">", "1", "万P"),
        ("突破千亿(元)", ">", "1000", "亿元"),
        ("不低于1,000个", "≥", "1000", "个"),
        ("低于20毫秒", "<", "20", "毫秒"),
        ("达到80%", "=", "80", "%"),
        ("80%以上", "≥", "80", "%"),
        ("80%+", "≥", "80", "%"),
        ("2025年以来", "≥", "2025", "年"),
        ("百E级", "≈", "100", "E"),
        ("四级", "=", "4", "级"),  # a unit, though the word compares elsewhere
        ("八大", "=", "8", "大"),
        ("第四(位)", "=", "4", "位"),
        ("前三(位)", "≤", "3", "位"),
        ("Top10(位)", "≤", "10", "位"),
        ("up to 10000P", "≤", "10000", "P"),
        ("二十六个", "=", "26", "个"),
        ("二〇二六年", "=", "2026", "年"),
        ("三百零五个", "=", "305", "个"),
        ("1100万架", "=", "11000000", "架"),  # no unit of that name: the scale multiplies
        ("16万(卡)", "=", "16", "万卡"),
        ("−8% QoQ", "=", "-8", "% QoQ"),
    ],
)
def test_a_figure_is_read_one_way(text, comparator, number, unit):
    assert read(text) == {(comparator, number, unit)}


@pytest.mark.parametrize(
    ("text", "low", "high", "unit"),
    [
        ("+18%~23%", "18", "23", "%"),
        ("+58~63%", "58", "63", "%"),
        ("10% to 15%", "10", "15", "%"),
        ("93–98% QoQ", "93", "98", "% QoQ"),
        ("1-100(index)", "1", "100", "index"),
        ("0-1(1)", "0", "1", "1"),
    ],
)
def test_an_end_of_a_range_is_a_number_or_a_bound(text, low, high, unit):
    assert read(text) == {("=≥", low, unit), ("=≤", high, unit)}


def test_each_number_of_a_row_may_be_meant():
    assert read("1-3-7-14毫秒") == {("=", number, "毫秒") for number in ("1", "3", "7", "14")}


@pytest.mark.parametrize(
    "text",
    [
        "", "约", "EFLOPS", "316", "316 ZFLOPS", "算力约316 EFLOPS", "约316 EFLOPS，居首",
        "18%~23 P", "超过80%以上", "万P", "1.2.3%", "10,00个",
    ],
)  # fmt: skip
def test_what_is_no_figure_is_not_read(text):
    assert read(text) == set()


def test_without_a_register_no_word_compares():
    bare = Printed()
    assert [one.number for one in bare.readings("316P", UNITS, {})] == [Decimal(316)]
    assert list(bare.readings("约316P", UNITS, {})) == []
