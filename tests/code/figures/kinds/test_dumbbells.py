"""The chart kind ``dumbbells``."""

from __future__ import annotations

from suyuan.figures.kinds.dumbbells import draw
from tests.code.figures.drawing import marks, tagged

SAMPLE = marks(
    v=[0.4, 0.0, 1.0, 0.0],
    label=["等权", "熵权"] * 2,
    series=["平均", "平均", "最大", "最大"],
    txt=["0.4", "0.0", "1", "0"],
)


def test_dumbbells_start_at_zero_and_both_ends_are_to_scale():
    figure = draw(SAMPLE)
    mean, largest = tagged(figure, "s0.compute_total")[0], tagged(figure, "s2.compute_total")[0]
    assert (mean.get_xdata()[0], largest.get_xdata()[0]) == (0.4, 1.0)
    low, high = figure.axes[0].get_xlim()
    assert low <= 0
    assert high >= 1
