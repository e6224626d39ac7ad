"""The chart kind ``signed_bars``."""

from __future__ import annotations

from suyuan.figures.kinds.signed_bars import draw
from tests.code.figures.drawing import marks, tagged

SAMPLE = marks(v=[0.5, -0.2, 0.3], label=["S", "T", "F"], txt=["0.50", "−0.20", "0.30"])


def test_signed_bars_go_both_ways_from_zero():
    figure = draw(SAMPLE)
    bars = [tagged(figure, f"s{n}.compute_total")[0] for n in range(3)]
    assert [(bar.get_x(), bar.get_width()) for bar in bars] == [(0, 0.5), (0, -0.2), (0, 0.3)]
    assert len({bar.get_facecolor() for bar in bars}) == 3  # for, against, sum
    low, high = figure.axes[0].get_xlim()
    assert low < -0.2
    assert high > 0.5
