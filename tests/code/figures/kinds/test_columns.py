"""The chart kind ``columns``."""

from __future__ import annotations

from suyuan.figures.kinds.columns import draw
from tests.code.figures.drawing import marks, tagged

SAMPLE = marks(v=[10.0, 20.0], x=["2028", "2029"])


def test_columns_are_to_scale():
    figure = draw(SAMPLE)
    heights = [tagged(figure, f"s{n}.compute_total")[0].get_height() for n in range(2)]
    assert heights == [10, 20]
    assert figure.axes[0].get_ylim()[0] == 0
    assert [tick.get_text() for tick in figure.axes[0].get_xticklabels()] == ["2028", "2029"]
