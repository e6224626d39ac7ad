"""The chart kind ``bars``."""

from __future__ import annotations

from suyuan.figures.kinds.bars import draw
from tests.code.figures.drawing import marks, named, numbers, tagged, texts

SAMPLE = marks(v=[40.0, 20.0], label=["甲", "乙"], txt=["40.0", "20"])


def many(name, count):
    """So many bars with such names."""
    return marks(v=numbers(count), label=named(name, count), txt=texts(count))


def test_bars_are_to_scale_and_the_largest_stands_out():
    figure = draw(SAMPLE)
    (long,), (short,) = tagged(figure, "s0.compute_total"), tagged(figure, "s1.compute_total")
    assert (long.get_x(), long.get_width(), short.get_width()) == (0, 40, 20)
    assert long.get_facecolor() != short.get_facecolor()
    assert figure.axes[0].get_xlim()[0] == 0  # a bar that starts elsewhere lies
