"""The chart kind ``sparklines``."""

from __future__ import annotations

import pytest

from suyuan.figures.kinds.sparklines import draw
from tests.code.figures.drawing import marks, numbers, tagged, texts

SAMPLE = marks(
    v=[10.0, 20.0, 40.0], x=["2028-12", "2029-06", "2030"], txt=["10", ">20", "40"],
    series=["公开记录", "公开记录", "来源"],
)  # fmt: skip


def many(name, count):
    """So many points in two rows with such names."""
    return marks(
        v=numbers(count), txt=texts(count), label=[f"{name}{n % 2}" for n in range(count)],
        x=[f"{2001 + n}-06" for n in range(count)], series=[f"{name}{n % 4}" for n in range(count)],
    )  # fmt: skip


def test_a_month_is_a_dot_at_its_end_and_a_year_a_bar_over_it():
    figure = draw(SAMPLE)
    (first,), (second,), (year,) = (tagged(figure, f"s{n}.compute_total") for n in range(3))
    assert len(first.get_xdata()) == 1
    begin, end = year.get_xdata()
    half = second.get_xdata()[0] - first.get_xdata()[0]  # from December 2028 to June 2029
    assert end - begin == pytest.approx(2 * half)
    assert begin - second.get_xdata()[0] == pytest.approx(half)  # to the end of 2029


def test_points_are_to_the_scale_of_their_row():
    figure = draw(SAMPLE)
    low, middle, high = (tagged(figure, f"s{n}.compute_total")[0].get_ydata()[0] for n in range(3))
    assert low - middle == pytest.approx((middle - high) / 2)  # 10 of 40, 20 of 40; y goes down


def test_only_the_first_series_is_joined():
    lines = [line for line in draw(SAMPLE).axes[0].lines if line.get_linewidth() == 1.4]
    assert [len(line.get_xdata()) for line in lines] == [2]
