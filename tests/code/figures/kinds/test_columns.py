"""The chart kind ``columns``."""

from __future__ import annotations

from suyuan.figures.kinds.columns import draw
from tests.code.figures.drawing import marks, named, numbers, tagged, texts, words

SECOND = 11.0  # of ``numbers``
SAMPLE = marks(v=[10.0, 20.0], x=["2028", "2029"])


def many(name, count):
    """So many columns with such names below."""
    return marks(v=numbers(count), x=named(name, count), txt=texts(count))


def test_columns_are_to_scale():
    figure = draw(SAMPLE)
    heights = [tagged(figure, f"s{n}.compute_total")[0].get_height() for n in range(2)]
    assert heights == [10, 20]
    assert figure.axes[0].get_ylim()[0] == 0
    assert {"2028", "2029"} <= set(words(figure))


def test_columns_without_room_lie_down():
    figure = draw(many("2028H1", 31))
    (bar,) = tagged(figure, "s1.compute_total")
    assert bar.get_width() == SECOND
