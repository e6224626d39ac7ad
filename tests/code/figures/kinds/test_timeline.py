"""The chart kind ``timeline``."""

from __future__ import annotations

import pytest

from suyuan.figures.kinds.timeline import draw
from tests.code.figures.drawing import marks, named, tagged

SAMPLE = marks(
    v=[float("nan")] * 3,
    x=["2028", "2029Q2", ""],
    span=["2028/2030", "", "2027/2028"],
    series=["甲", "乙", "甲"],
)


def many(name, count):
    """So many plans with such names, in four groups."""
    return marks(
        txt=named(name, count), series=[f"{name}{n % 4}" for n in range(count)],
        x=[f"20{10 + n}Q2" if n % 3 else "" for n in range(count)],
        span=["2020/2025" if n % 2 == 0 else "" for n in range(count)],
    )  # fmt: skip


def test_a_timeline_covers_whole_years():
    figure = draw(SAMPLE)
    bar, dot = tagged(figure, "s0.compute_total")
    year = bar.get_width() / 3  # 2028 to 2030 inclusive
    start = bar.get_x() - year  # of 2027
    assert (dot.get_xdata()[0] - start) / year == pytest.approx(1.5)  # known to the year
    (dot,) = tagged(figure, "s1.compute_total")
    assert (dot.get_xdata()[0] - start) / year == pytest.approx(2.375)  # amid the second quarter
    (later,) = tagged(figure, "s2.compute_total")
    assert (later.get_x(), later.get_width()) == pytest.approx((start, 2 * year))
    rows = [tagged(figure, f"s{n}.compute_total")[0] for n in (0, 2)]
    assert rows[0].get_y() < rows[1].get_y() < dot.get_ydata()[0]  # two rows of 甲, one of 乙
