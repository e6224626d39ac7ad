"""The chart kind ``ladder``."""

from __future__ import annotations

from suyuan.figures.kinds.ladder import draw
from tests.code.figures.drawing import labels, marks, paired, tagged

SAMPLE = marks(
    v=[50.0, 40.0, 5.0, 4.0, 0.5, 0.2],
    label=["甲", "乙"] * 3,
    series=[*"起起中中末末"],
    txt=["50.0", "40.0", "5.00", "4.00", "0.500", "0.200"],
)


def many(name, count):
    """So many rows with such names, of two steps each."""
    return paired(name, count)


def test_a_ladder_runs_along_one_log_axis_and_prints_its_ends():
    figure = draw(SAMPLE)
    axes, _ = figure.axes
    assert axes.get_xscale() == "log"
    places = [tagged(figure, f"s{n}.compute_total")[0] for n in (0, 2, 4)]
    assert [dot.get_xdata()[0] for dot in places] == [50, 5, 0.5]
    assert {dot.get_ydata()[0] for dot in places} == {0}
    assert set(labels(figure).values()) == {"50.0", "0.500", "40.0", "0.200"}
