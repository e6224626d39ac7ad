"""The chart kind ``mini_bars``."""

from __future__ import annotations

from suyuan.figures import theme
from suyuan.figures.kinds.mini_bars import draw
from tests.code.figures.drawing import marks, tagged

SAMPLE = marks(v=[40.0, 20.0], label=["甲", "乙"], txt=["40.0", "20"])


def test_bars_are_to_scale_and_smaller_than_the_text_is_wide():
    figure = draw(SAMPLE)
    (long,), (short,) = tagged(figure, "s0.compute_total"), tagged(figure, "s1.compute_total")
    assert (long.get_x(), long.get_width(), short.get_width()) == (0, 40, 20)
    assert figure.get_size_inches()[0] < theme.WIDTH_INCHES / 2
