"""The chart kind ``scatter``."""

from __future__ import annotations

import pytest

from suyuan.figures import theme
from suyuan.figures.kinds.scatter import draw
from tests.code.figures.drawing import bounded, named, tagged, texts, words

SAMPLE = bounded(
    v=[70.0, 50.0, 2.0, 0.02],
    label=["甲", "乙"] * 2,
    series=["得分", "得分", "规模", "规模"],
    txt=["70.0", "50.0", "2.000", "0.020"],
)


def many(name, count):
    """So many points with such names."""
    names = named(name, count)
    high = [*([30.0 + n % 7 for n in range(count)]), *([1.0 + n % 5 for n in range(count)])]
    return bounded(
        v=high, label=names * 2, txt=texts(2 * count),
        series=[f"{name}横"] * count + [f"{name}纵"] * count,
    )  # fmt: skip


def test_crosses_have_their_intervals_in_both_directions():
    figure = draw(SAMPLE)
    (axes,) = figure.axes
    assert (axes.get_xscale(), axes.get_yscale()) == ("linear", "log")
    assert {"得分", "规模"} <= set(words(figure))
    (dot,) = tagged(figure, "s0.compute_total")
    assert (dot.get_xdata()[0], dot.get_ydata()[0]) == (70, 2)
    (right,) = tagged(figure, "s0.compute_total_upper")
    (down,) = tagged(figure, "s2.compute_total_lower")
    assert list(right.get_xdata()) == pytest.approx([70, 77])
    assert list(down.get_ydata()) == pytest.approx([2, 1.8])
    assert set(right.get_ydata()) == {2}
    assert set(down.get_xdata()) == {70}


def test_many_points_have_numbers_and_a_list():
    figure = draw(many("北方云", 9))
    assert {"1", "9", "北方云8"} <= set(words(figure))
    direct = draw(SAMPLE)
    assert "2" not in words(direct)
    assert "2" in words(draw(SAMPLE, theme.NARROW_INCHES))
