"""The chart kind ``intervals``."""

from __future__ import annotations

from suyuan.figures.kinds.intervals import draw
from tests.code.figures.drawing import bounded, marks, named, numbers, tagged, texts

SAMPLE = marks(
    v=[60.0, 50.0],
    label=["甲", "乙"],
    low=[59.0, 48.0],
    low_id=["s0.ai_share.low", "s1.ai_share.low"],
    high=[61.0, 52.0],
    high_id=["s0.ai_share.high", "s1.ai_share.high"],
)


def many(name, count):
    """So many dots with such names."""
    return bounded(v=numbers(count), label=named(name, count), txt=texts(count))


def test_intervals_span_from_low_to_high():
    figure = draw(SAMPLE)
    (low,), (high,) = tagged(figure, "s1.ai_share.low"), tagged(figure, "s1.ai_share.high")
    (dot,) = tagged(figure, "s1.compute_total")
    assert sorted(low.get_xdata()) == [48, 50]
    assert sorted(high.get_xdata()) == [50, 52]
    assert list(dot.get_xdata()) == [50]
