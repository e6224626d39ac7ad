"""The chart kind ``vintages``."""

from __future__ import annotations

import pytest
from matplotlib.colors import to_rgba

from suyuan.figures import paint
from suyuan.figures.kinds.vintages import draw
from tests.code.figures.drawing import labels, marks, named, numbers, tagged, texts

SAMPLE = marks(
    series=["内存"] * 6 + ["闪存"] * 2,
    x=["2029Q1"] * 2 + ["2029Q2"] * 4 + ["2029Q2"] * 2,
    label=["2028-12"] * 2 + ["2029-03"] * 2 + ["实绩"] * 2 + ["2029-03"] * 2,
    state=["预测"] * 4 + ["实绩"] * 2 + ["预测"] * 2,
    v=[-10.0, -5, 20, 25, 40, 45, 30, 35],
    txt=["-10%", "-5%", "20%", "25%", "40%", "45%", "30%", "35%"],
)


def many(name, count):
    """So many ranges with such names."""
    ends = [(low, low + 5.0) for low in numbers(count)]
    labels = [label for label in named(name, count) for _ in range(2)]
    return marks(
        v=[end for pair in ends for end in pair], label=labels, txt=texts(2 * count),
        series=name, state=[f"{name}{n % 2}" for n in range(2 * count)],
        x=[f"20{29 + n // 6}Q1" for n in range(2 * count)],
    )  # fmt: skip


def half(figure, at):
    (found,) = tagged(figure, f"s{at}.compute_total")
    return found


def test_both_ends_of_a_range_are_to_scale_and_meet_in_its_middle():
    figure = draw(SAMPLE)
    low, high, up = (half(figure, n) for n in (0, 1, 2))
    assert low.get_x() + low.get_width() == pytest.approx(high.get_x())
    assert low.get_width() == pytest.approx(high.get_width())
    unit = low.get_width() / 2.5  # −10 to −7.5
    assert (up.get_x() - low.get_x()) / unit == pytest.approx(30)  # from −10 to 20
    assert low.get_y() == high.get_y()


def test_ranges_stand_by_period_and_then_by_issue():
    figure = draw(SAMPLE)
    at = [half(figure, n).get_y() for n in (0, 2, 4)]
    assert at == sorted(at)
    assert len(set(at)) == 3
    one, other = half(figure, 2), half(figure, 6)  # two series side by side: one row, one scale
    assert one.get_y() == other.get_y()
    assert one.get_width() == pytest.approx(other.get_width())


def test_what_came_is_told_from_what_was_forecast():
    figure = draw(SAMPLE)
    assert half(figure, 2).get_facecolor() == to_rgba(paint.TEAL)
    assert half(figure, 4).get_facecolor() == to_rgba(paint.WINE)
    assert labels(figure)["s5.compute_total"] == "45%"
