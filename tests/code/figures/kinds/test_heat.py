"""The chart kind ``heat``."""

from __future__ import annotations

from suyuan.figures.kinds.heat import draw
from tests.code.figures.drawing import marks, tagged

SAMPLE = marks(
    v=[90.0, 10.0, 0.0, 100.0],
    label=["甲", "甲", "乙", "乙"],
    x=["第一", "第二"] * 2,
    txt=["90%", "10%", "0%", "100%"],
)


def test_a_warmer_cell_is_darker():
    figure = draw(SAMPLE)
    cells = [tagged(figure, f"s{n}.compute_total")[0] for n in range(4)]
    brightness = [sum(cell.get_facecolor()[:3]) for cell in cells]
    assert brightness[3] < brightness[0] < brightness[1] < brightness[2]  # 100, 90, 10, 0
    cell = cells[1]  # 甲 second: column 1, row 0
    assert (cell.get_x() + cell.get_width() / 2, cell.get_y() + cell.get_height() / 2) == (1, 0)


def test_pairs_of_the_same_leave_the_diagonal_empty():
    table = marks(v=[60.0, 40.0], label=["甲", "乙"], x=["乙", "甲"], txt=["60%", "40%"])
    figure = draw(table)
    (axes,) = figure.axes
    assert [tick.get_text() for tick in axes.get_xticklabels()] == ["甲", "乙"]
    cells = [tagged(figure, f"s{n}.compute_total")[0] for n in range(2)]
    assert [round(cell.get_x() + 0.48) for cell in cells] == [1, 0]
