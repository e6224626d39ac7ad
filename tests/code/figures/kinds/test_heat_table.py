"""The chart kind ``heat_table``."""

from __future__ import annotations

import pytest

from suyuan.figures.kinds.heat_table import KIND, MOST, draw
from tests.code.figures.drawing import marks, named, tagged

SAMPLE = marks(
    v=[90.0, 10.0, 0.0, 100.0],
    label=["甲", "甲", "乙", "乙"],
    x=["第一", "第二"] * 2,
    txt=["90%", "10%", "0%", "100%"],
)


def many(name, count):
    """So many rows of such names, with as many columns, or five."""
    columns = [f"{name}{n}" for n in range(min(count, 31))]
    pairs = [(row, column) for row in named(name, min(count, 5)) for column in columns]
    return marks(
        v=[float(n * 4 % 101) for n in range(len(pairs))], label=[row for row, _ in pairs],
        x=[column for _, column in pairs], txt=[f"{n * 4 % 101}%" for n in range(len(pairs))],
    )  # fmt: skip


def test_a_warmer_cell_is_darker():
    figure = draw(SAMPLE)
    cells = [tagged(figure, f"s{n}.compute_total")[0] for n in range(4)]
    brightness = [sum(cell.get_facecolor()[:3]) for cell in cells]
    assert brightness[3] < brightness[0] < brightness[1] < brightness[2]  # 100, 90, 10, 0
    assert cells[1].get_x() > cells[0].get_x()  # 甲, second
    assert cells[1].get_y() == cells[0].get_y() < cells[2].get_y()


def test_pairs_of_the_same_leave_the_diagonal_empty():
    table = marks(v=[60.0, 40.0], label=["甲", "乙"], x=["乙", "甲"], txt=["60%", "40%"])
    figure = draw(table)
    right, left = (tagged(figure, f"s{n}.compute_total")[0] for n in range(2))
    assert right.get_x() > left.get_x()
    assert right.get_y() < left.get_y()


def matrix(count):
    """Each of so many beside each other one."""
    names = [f"甲{n}" for n in range(count)]
    pairs = [(row, column) for row in names for column in reversed(names) if row != column]
    return marks(v=[1.0] * len(pairs), label=[r for r, _ in pairs], x=[c for _, c in pairs])


@pytest.mark.parametrize("count", [2, MOST, MOST + 1, 2 * MOST])
def test_of_too_many_rows_and_columns_the_first_are_shown(count):
    table = matrix(count)
    shown, first = KIND.fitting(table), min(count, MOST)
    assert len(shown) == first * (first - 1)
    assert set(shown["label"]) == set(shown["x"]) == {f"甲{n}" for n in range(first)}
    assert (shown is table) == (count <= MOST)
    assert list(shown.index) == list(range(len(shown)))
