"""The chart kind ``slope``."""

from __future__ import annotations

from suyuan.figures.kinds.slope import draw
from tests.code.figures.drawing import labels, marks, paired, pieces, tagged

SAMPLE = marks(
    v=[10.0, 40.0, 20.0, 20.0],
    label=["甲", "乙"] * 2,
    series=["从前", "从前", "往后", "往后"],
    txt=["10", "40", "20", "20"],
)


def many(name, count):
    """So many lines with such names."""
    return paired(name, count)


def test_ends_stand_on_their_side_and_a_larger_one_is_higher():
    figure = draw(SAMPLE)
    dots = [tagged(figure, f"s{n}.compute_total")[0] for n in range(4)]
    ((low, high, one, same),) = [[dot.get_ydata()[0] for dot in dots]]
    assert high < one == same < low  # inches from the top
    assert dots[0].get_xdata()[0] == dots[1].get_xdata()[0] < dots[2].get_xdata()[0]
    assert labels(figure)["s1.compute_total"] == "40"


def test_equal_ends_have_names_of_their_own_place():
    figure = draw(SAMPLE)
    places = [
        piece.get_position()[1]
        for n in (2, 3)
        for piece in pieces(figure, f"s{n}.compute_total")
        if hasattr(piece, "get_text")
    ]
    assert abs(places[0] - places[1]) > 0.1
