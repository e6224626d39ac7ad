"""The chart kind ``timeline``."""

from __future__ import annotations

from suyuan.figures.kinds.timeline import draw
from tests.code.figures.drawing import marks, tagged

SAMPLE = marks(
    v=[float("nan")] * 3,
    x=["2028", "2029Q2", ""],
    span=["2028/2030", "", "2027/2028"],
    series=["甲", "乙", "甲"],
)


def test_a_timeline_covers_whole_years():
    figure = draw(SAMPLE)
    bar, dot = tagged(figure, "s0.compute_total")
    assert (bar.get_x(), bar.get_width()) == (2028, 3)  # 2028 to 2030 inclusive
    assert dot.get_xdata()[0] == 2028.5  # known to the year: its middle
    (dot,) = tagged(figure, "s1.compute_total")
    assert dot.get_xdata()[0] == 2029.375  # the middle of the second quarter
    (bar,) = tagged(figure, "s2.compute_total")
    assert (bar.get_x(), bar.get_width()) == (2027, 2)
    assert figure.axes[0].get_yticks().tolist() == [0.5, 2]  # two rows of 甲, then one of 乙
