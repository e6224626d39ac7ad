"""The chart kind ``matrix``."""

from __future__ import annotations

from suyuan.figures.kinds.matrix import draw
from tests.code.figures.drawing import marks, tagged

SAMPLE = marks(v=[float("nan")] * 2, label=["北云", "南云"], series=["甲", "乙"])


def test_a_matrix_has_a_dot_where_row_and_column_meet():
    figure = draw(SAMPLE)
    dots = [tagged(figure, f"s{n}.compute_total")[0] for n in range(2)]
    assert [(dot.get_xdata()[0], dot.get_ydata()[0]) for dot in dots] == [(0, 0), (1, 1)]
