"""The chart kind ``stacked_bar``."""

from __future__ import annotations

import pytest

from suyuan.figures.kinds.stacked_bar import draw
from tests.code.figures.drawing import marks, named, numbers, tagged, texts

SAMPLE = marks(v=[60.0, 37.0, 3.0], label=["甲", "乙", "丙"])


def many(name, count):
    """So many parts with such names."""
    return marks(v=numbers(count), label=named(name, count), txt=texts(count))


def test_a_strip_is_cut_without_gaps():
    figure = draw(SAMPLE)
    bars = [tagged(figure, f"s{n}.compute_total")[0] for n in range(3)]
    width = figure.get_size_inches()[0]
    spans = [(bar.get_x() / width, bar.get_width() / width) for bar in bars]
    assert spans == [pytest.approx(one) for one in ((0, 0.6), (0.6, 0.37), (0.97, 0.03))]
