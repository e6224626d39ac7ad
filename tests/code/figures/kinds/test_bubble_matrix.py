"""The chart kind ``bubble_matrix``."""

from __future__ import annotations

from suyuan.figures.kinds.bubble_matrix import draw
from tests.code.figures.drawing import marks, named, numbers, tagged

SAMPLE = marks(v=[float("nan")] * 2, label=["北云", "南云"], series=["甲", "乙"])


def many(name, count):
    """So many rows of such names and as many columns."""
    names = named(name, count)
    return marks(v=numbers(count), label=names, series=[f"{one}乙" for one in names])


def test_a_matrix_has_a_dot_where_row_and_column_meet():
    figure = draw(SAMPLE)
    one, other = (tagged(figure, f"s{n}.compute_total")[0] for n in range(2))
    assert one.get_center()[0] < other.get_center()[0]
    assert one.get_center()[1] < other.get_center()[1]
    assert one.get_radius() == other.get_radius()  # no number, no size


def test_an_area_is_as_large_as_its_number():
    figure = draw(SAMPLE.assign(v=[4.0, 1.0]))
    one, other = (tagged(figure, f"s{n}.compute_total")[0].get_radius() for n in range(2))
    assert one == 2 * other
