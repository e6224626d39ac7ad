"""The chart kind ``grouped_bars``."""

from __future__ import annotations

import pytest

from suyuan.figures.kinds.grouped_bars import draw
from tests.code.figures.drawing import marks, paired, tagged

SAMPLE = marks(v=[40.0, 20.0, 30.0], label=["甲", "甲", "乙"], series=["总规模", "智算", "总规模"])


def many(name, count):
    """So many pairs of bars with such names."""
    return paired(name, count)


def test_grouped_bars_of_one_label_stand_side_by_side():
    figure = draw(SAMPLE)
    bars = [tagged(figure, f"s{n}.compute_total")[0] for n in range(3)]
    assert [bar.get_width() for bar in bars] == [40, 20, 30]
    # Two series: centres 0.195 above and below the label's line, as 0.78 / 2 is 0.39 thick.
    middles = [bar.get_y() + bar.get_height() / 2 for bar in bars]
    assert middles == pytest.approx([-0.195, 0.195, 0.805])
    assert bars[0].get_facecolor() == bars[2].get_facecolor() != bars[1].get_facecolor()
