"""Periods in cells: what is one, what is proposed in place of another form, and what is not."""

from __future__ import annotations

import pytest

from suyuan.contract.periods import are_days, is_period, period_problems


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("2026/3/31", "2026-03-31"), ("2026.3.31", "2026-03-31"), ("2026-3-1", "2026-03-01"),
        ("2026年3月31日", "2026-03-31"), ("2026年3月", "2026-03"), ("2026年", "2026"),
        ("2026/3", "2026-03"), ("2026-3", "2026-03"), ("20260331", "2026-03-31"),
        ("2026-03-31 00:00:00", "2026-03-31"), ("2026/3/31 0:00", "2026-03-31"),
        ("２０２６", "2026"), ("２０２６－０３", "2026-03"), ("2026q1", "2026Q1"),
        ("2025h2", "2025H2"),
        ("2024-2026", "2024/2026"), ("2024—2026年", "2024/2026"), ("2024 / 2026", "2024/2026"),
        ("2025年6月至2025年12月", "2025-06/2025-12"), ("2025-06~2025-12", "2025-06/2025-12"),
    ],
)  # fmt: skip
def test_the_same_period_in_other_signs_is_proposed(text, meant):
    assert list(period_problems(text)) == [("E136", {"period": meant})]
    assert list(period_problems(meant)) == []


@pytest.mark.parametrize(
    "text",
    [
        "Mar-26", "26-03-31", "3/31/2026", "31.3.2026", "2026.1", "2026.10", "2026-13",
        "2026-02-30",
        "2026年13月", "20261331", "2026-2024", "1026/3/31", "2026-03-31 08:30", "2026Q5", "202603",
        "2026年第一季度", "2024/2025/2026", "今年", "#N/A", "99999", "12345", "0.7", "2026//3",
        "2026/3-31",
    ],
)  # fmt: skip
def test_nothing_is_proposed_that_does_not_follow(text):
    assert [code for code, _ in period_problems(text)] == ["E125"]


def test_the_number_that_a_spreadsheet_keeps_for_a_day_is_told_and_proposes_nothing():
    assert list(period_problems("46112")) == [("E137", {"day": "2026-03-31"})]
    assert list(period_problems("36526")) == [("E137", {"day": "2000-01-01"})]


@pytest.mark.parametrize("text", ["2026", "2026-03", "2024-02-29", "2024/2026", "2026Q1", "2026H2"])
def test_a_period_is_one(text):
    assert is_period(text)
    assert list(period_problems(text)) == []


def test_days_are_of_every_year():
    assert are_days("01-31 04-30 12-31")
    assert not any(map(are_days, ["02-29", "02-30", "15-Mar", "3-15", "03-15;04-30", "", "03-15 "]))
