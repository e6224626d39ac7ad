"""Periods as spans of months, which the audit compares."""

from __future__ import annotations

from datetime import date

import pytest

from suyuan.core.periods import Span, is_day, last_day, last_quarter, newest_of, quarter_of, span

JANUARY_2026 = 2026 * 12


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2026", 0, 11),
        ("2026-03", 2, 2),
        ("2026-03-31", 2, 2),
        ("2026Q1", 0, 2),
        ("2026Q4", 9, 11),
        ("2026H1", 0, 5),
        ("2026H2", 6, 11),
        ("2025/2027", -12, 23),
        ("2026Q1/2026Q2", 0, 5),
    ],
)
def test_a_period_is_its_months(text, first, last):
    assert span(text) == Span(JANUARY_2026 + first, JANUARY_2026 + last)


@pytest.mark.parametrize("text", ["", "26", "2026-3", "2026Q5", "二〇二六", "2026′", "2026/soon"])
def test_what_is_no_period_is_refused(text):
    with pytest.raises(ValueError, match="no period"):
        span(text)


@pytest.mark.parametrize(
    ("left", "right", "overlap"),
    [
        ("2025", "2025-12", True),
        ("2025H2", "2025Q3", True),
        ("2025-12", "2025-06", False),
        ("2025", "2024-07-23", False),
        ("2024/2026", "2026", True),
    ],
)
def test_periods_overlap_when_they_share_a_month(left, right, overlap):
    assert span(left).overlaps(span(right)) == overlap
    assert span(right).overlaps(span(left)) == overlap


@pytest.mark.parametrize(
    ("period", "day"),
    [
        ("2024", "2024-12-31"), ("2024-02", "2024-02-29"), ("2024-02-28", "2024-02-28"),
        ("2024Q4", "2024-12-31"), ("2025H1", "2025-06-30"), ("2024/2025-01", "2025-01-31"),
        ("9999", "9999-12-31"), ("9999Q4", "9999-12-31"),
    ],
)  # fmt: skip
def test_last_days(period, day):
    assert str(last_day(period)) == day


@pytest.mark.parametrize(
    ("day", "own", "over"),
    [
        ("2026-01-01", "2026Q1", "2025Q4"),
        ("2026-06-30", "2026Q2", "2026Q1"),  # not over yet on its last day
        ("2026-07-01", "2026Q3", "2026Q2"),
        ("2026-12-31", "2026Q4", "2026Q3"),
    ],
)
def test_a_day_lies_in_a_quarter_and_after_the_last_one(day, own, over):
    assert quarter_of(date.fromisoformat(day)) == own
    assert last_quarter(date.fromisoformat(day)) == over


@pytest.mark.parametrize(
    ("days", "until", "newest"),
    [
        ("01-31 07-31", "2026-08-01", "2026-07-31"),
        ("01-31 07-31", "2026-07-31", "2026-07-31"),
        ("01-31 07-31", "2026-07-30", "2026-01-31"),
        ("07-31 01-31", "2026-01-30", "2025-07-31"),  # in whatever order, of the year before
        ("02-30", "2028-03-01", "2028-02-29"),
        ("02-30", "2026-02-28", "2026-02-28"),
    ],
)
def test_the_newest_of_some_days_of_the_year(days, until, newest):
    assert newest_of(days, date.fromisoformat(until)).isoformat() == newest


@pytest.mark.parametrize(
    ("text", "day"),
    [("2026-03-31", True), ("2026-02-30", False), ("2026-03", False), ("20260331", False)],
)
def test_what_is_a_day(text, day):
    assert is_day(text) is day
