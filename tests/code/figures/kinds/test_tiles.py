"""The chart kind ``tiles``."""

from __future__ import annotations

from suyuan.figures.kinds.tiles import draw
from tests.code.figures.drawing import marks, tagged

SAMPLE = marks(v=[1.0, 2.0], column=[1, 2], row=[1, 1], label=["甲", "乙"], series=["甲档", "乙档"])


def test_tiles_are_coloured_by_series():
    figure = draw(SAMPLE)
    one, two = (tagged(figure, f"s{n}.compute_total")[0] for n in range(2))
    assert one.get_facecolor() != two.get_facecolor()
