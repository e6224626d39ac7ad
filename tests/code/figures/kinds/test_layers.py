"""The chart kind ``layers``."""

from __future__ import annotations

from suyuan.figures.kinds.layers import draw
from tests.code.figures.drawing import box, marks, named

SAMPLE = marks(
    txt=["应用", "服务", "云", "平台", "租赁"], node=["a", "b", "c", "d", "e"],
    parent=["", "", "b", "c", "c"],
)  # fmt: skip


def many(name, count):
    """So many boxes with such names, nested."""
    parents = ["" if n % 10 == 0 else _parent(n) for n in range(count)]
    return marks(txt=named(name, count), node=[f"n{n}" for n in range(count)], parent=parents)


def edges(figure, value_id):
    at = box(figure, value_id)
    return at.get_x(), at.get_y(), at.get_x() + at.get_width(), at.get_y() + at.get_height()


def test_boxes_lie_in_those_that_they_belong_to():
    figure = draw(SAMPLE)
    outer = edges(figure, "s2.compute_total")
    for inner in ("s3.compute_total", "s4.compute_total"):
        left, top, right, bottom = edges(figure, inner)
        assert outer[0] < left < right < outer[2]
        assert outer[1] < top < bottom < outer[3]


def test_bands_follow_each_other():
    figure = draw(SAMPLE)
    assert edges(figure, "s0.compute_total")[3] < edges(figure, "s1.compute_total")[1]


def _parent(place):
    """Of every ten, the first is a root, the 2nd, 5th and 8th lie in it, the others in these."""
    ten, rest = divmod(place, 10)
    return f"n{10 * ten}" if rest % 3 == 1 else f"n{10 * ten + (rest - 1) // 3 * 3 + 1}"
