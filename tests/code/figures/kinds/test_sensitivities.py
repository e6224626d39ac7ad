"""The chart kind ``sensitivities``."""

from __future__ import annotations

import pytest

from suyuan.figures.kinds.sensitivities import draw
from tests.code.figures.drawing import bounded, tagged

SAMPLE = bounded(
    v=[0.3, 0.6, 0.2, 0.7, 0.4, 0.7, 0.3, 0.8],
    label=(["甲"] * 2 + ["乙"] * 2) * 2,
    x=["S", "T"] * 4,
    series=["一阶"] * 4 + ["总"] * 4,
    txt=[f"0.{n}" for n in range(8)],
)


def test_sensitivities_have_a_panel_per_label_on_one_scale():
    figure = draw(SAMPLE)
    assert [axes.get_title() for axes in figure.axes] == ["甲", "乙"]
    assert len({axes.get_xlim() for axes in figure.axes}) == 1
    (bar,) = tagged(figure, "s1.compute_total")
    assert (bar.get_x(), bar.get_width()) == (0, 0.6)
    (low,) = tagged(figure, "s1.compute_total_lower")
    assert sorted(low.get_xdata()) == pytest.approx([0.54, 0.6])  # 0.9 · 0.6


def test_more_panels_than_fit_stand_in_further_rows():
    names = [f"v{n}" for n in range(7)]
    table = bounded(v=[0.5] * 14, label=names * 2, x="S", series=["一阶"] * 7 + ["总"] * 7)
    figure = draw(table)
    assert [axes.get_title() for axes in figure.axes if axes.get_visible()] == names
    assert len(figure.axes) == 10  # two rows of five
