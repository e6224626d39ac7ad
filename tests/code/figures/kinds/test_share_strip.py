"""The chart kind ``share_strip``."""

from __future__ import annotations

from suyuan.figures.kinds.share_strip import draw
from tests.code.figures.drawing import marks, tagged

SAMPLE = marks(v=[60.0, 37.0, 3.0], label=["甲", "乙", "丙"])


def test_a_strip_is_cut_without_gaps():
    figure = draw(SAMPLE)
    bars = [tagged(figure, f"s{n}.compute_total")[0] for n in range(3)]
    assert [(bar.get_x(), bar.get_width()) for bar in bars] == [(0, 60), (60, 37), (97, 3)]
    assert figure.axes[0].get_xlim() == (0, 100)
