"""The chart kind ``waterfall``."""

from __future__ import annotations

from suyuan.figures.kinds.waterfall import draw
from tests.code.figures.drawing import marks, named, numbers, tagged, texts

SAMPLE = marks(v=[0.5, -0.2, 0.3], label=["S", "T", "F"], txt=["0.50", "−0.20", "0.30"])


def many(name, count):
    """So many parts with such names, to either side of zero."""
    signs = [v * (-1) ** n for n, v in enumerate(numbers(count))]
    return marks(v=signs, label=named(name, count), txt=texts(count))


def test_each_bar_begins_where_the_one_before_ends_and_the_last_at_zero():
    figure = draw(SAMPLE)
    bars = [tagged(figure, f"s{n}.compute_total")[0] for n in range(3)]
    assert [(bar.get_x(), bar.get_width()) for bar in bars] == [(0, 0.5), (0.5, -0.2), (0, 0.3)]
    assert len({bar.get_facecolor() for bar in bars}) == 3  # for, against, sum
    assert figure.axes[0].get_xlim() == (0, 0.5)
