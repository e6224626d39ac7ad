"""The chart kind ``series_panels``."""

from __future__ import annotations

import pytest

from suyuan.figures.kinds.series_panels import draw
from tests.code.figures.drawing import labels, marks, tagged

SAMPLE = marks(
    v=[1.0, 2.0, 4.0, 7.0],
    x=["2027", "2028-06", "2029Q1", "2028H1"],
    series=["总规模", "总规模", "总规模", "智算"],
)


def test_points_stand_at_the_end_of_their_period():
    figure = draw(SAMPLE)
    at = [tagged(figure, f"s{n}.compute_total")[0].get_xdata()[0] for n in range(4)]
    # the end of 2027, of June 2028, of the first quarter of 2029, of the first half of 2028
    assert at == pytest.approx([2028, 2028.5, 2029.25, 2028.5])
    assert len(figure.axes) == 2
    assert figure.axes[0].get_xlim() == figure.axes[1].get_xlim()


def test_a_series_of_one_point_can_be_drawn():
    figure = draw(marks(v=[5.0], txt=["5"]))
    assert labels(figure) == {"s0.compute_total": "5"}
