"""The chart kind ``crosses``."""

from __future__ import annotations

import pytest

from suyuan.figures.kinds.crosses import draw
from tests.code.figures.drawing import bounded, tagged

SAMPLE = bounded(
    v=[70.0, 50.0, 2.0, 0.02],
    label=["甲", "乙"] * 2,
    series=["得分", "得分", "规模", "规模"],
    txt=["70.0", "50.0", "2.000", "0.020"],
)


def test_crosses_have_their_intervals_in_both_directions():
    figure = draw(SAMPLE)
    (axes,) = figure.axes
    assert (axes.get_xscale(), axes.get_yscale()) == ("linear", "log")
    assert (axes.get_xlabel(), axes.get_ylabel()) == ("得分", "规模")
    (dot,) = tagged(figure, "s0.compute_total")
    assert (dot.get_xdata()[0], dot.get_ydata()[0]) == (70, 2)
    (right,) = tagged(figure, "s0.compute_total_upper")
    (down,) = tagged(figure, "s2.compute_total_lower")
    assert list(right.get_xdata()) == pytest.approx([70, 77])
    assert list(down.get_ydata()) == pytest.approx([2, 1.8])
    assert set(right.get_ydata()) == {2}
    assert set(down.get_xdata()) == {70}


def test_a_point_with_a_neighbour_to_the_right_is_named_to_the_left():
    near = bounded(
        v=[50.0, 52.0, 1.0, 1.2], label=["甲", "乙"] * 2, series=["得分", "得分", "规模", "规模"],
        txt=["50.0", "52.0", "1.000", "1.200"],
    )  # fmt: skip
    figure = draw(near)
    sides = {text.get_text(): text.get_ha() for text in figure.axes[0].texts}
    assert (sides["甲"], sides["乙"]) == ("right", "left")
