"""The chart kind ``bullets``."""

from __future__ import annotations

from suyuan.figures.kinds.bullets import draw
from tests.code.figures.drawing import marks, paired, tagged

SAMPLE = marks(v=[50.0, 100.0], series=["现状", "目标"])


def many(name, count):
    """So many bars with targets and such names."""
    return paired(name, count)


def test_bullets_share_the_scale_of_their_label():
    figure = draw(SAMPLE)
    (bar,), (tick,) = tagged(figure, "s0.compute_total"), tagged(figure, "s1.compute_total")
    assert bar.get_width() == 0.5  # 50 of a target of 100
    assert list(tick.get_xdata()) == [1, 1]
