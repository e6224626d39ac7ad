"""The chart kind ``small_multiples``."""

from __future__ import annotations

import pytest

from suyuan.figures.kinds.small_multiples import draw
from tests.code.figures.drawing import labels, marks, numbers, tagged, texts

SAMPLE = marks(
    v=[1.0, 2.0, 4.0, 7.0],
    x=["2027", "2028-06", "2029Q1", "2028H1"],
    series=["总规模", "总规模", "总规模", "智算"],
)


def many(name, count):
    """A series of such a name with so many points, and a short one."""
    periods = [f"{2000 + n // 4}Q{n % 4 + 1}" for n in range(count)]
    return marks(
        v=[*numbers(count), 1.0], x=[*periods, "2001"], txt=[*texts(count), "1,000"],
        series=[name] * count + [f"{name}乙"],
    )  # fmt: skip


def test_points_stand_at_the_end_of_their_period():
    figure = draw(SAMPLE)
    at = [tagged(figure, f"s{n}.compute_total")[0].get_xdata()[0] for n in range(4)]
    # the end of 2027, of June 2028, of the first quarter of 2029, of the first half of 2028
    year = (at[2] - at[0]) / 1.25
    assert [(x - at[0]) / year for x in at] == pytest.approx([0, 0.5, 1.25, 0.5])


def test_a_series_of_one_point_can_be_drawn():
    figure = draw(marks(v=[5.0], txt=["5"]))
    assert labels(figure) == {"s0.compute_total": "5"}
