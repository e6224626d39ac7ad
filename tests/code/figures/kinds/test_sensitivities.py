"""The chart kind ``sensitivities``."""

from __future__ import annotations

import pytest

from suyuan.figures.kinds.sensitivities import draw
from tests.code.figures.drawing import bounded, named, numbers, tagged, texts, words

SAMPLE = bounded(
    v=[0.3, 0.6, 0.2, 0.7, 0.4, 0.7, 0.3, 0.8],
    label=(["甲"] * 2 + ["乙"] * 2) * 2,
    x=["S", "T"] * 4,
    series=["一阶"] * 4 + ["总"] * 4,
    txt=[f"0.{n}" for n in range(8)],
)


def many(name, count):
    """So many panels with such names, of two inputs."""
    names = [one for one in named(name, count) for _ in range(2)]
    return bounded(
        v=numbers(4 * count), label=names * 2, x=[f"{name}甲", f"{name}乙"] * 2 * count,
        series=[f"{name}一"] * 2 * count + [f"{name}二"] * 2 * count, txt=texts(4 * count),
    )  # fmt: skip


def test_sensitivities_have_a_panel_per_label_on_one_scale():
    figure = draw(SAMPLE)
    assert {"甲", "乙"} <= set(words(figure))
    *panels, _ = figure.axes
    assert len(panels) == 2
    assert len({axes.get_xlim() for axes in panels}) == 1
    (bar,) = tagged(figure, "s1.compute_total")
    assert (bar.get_x(), bar.get_width()) == (0, 0.6)
    (low,) = tagged(figure, "s1.compute_total_lower")
    assert sorted(low.get_xdata()) == pytest.approx([0.54, 0.6])  # 0.9 · 0.6


def test_more_panels_than_fit_stand_in_further_rows():
    names = [f"v{n}" for n in range(7)]
    table = bounded(v=[0.5] * 14, label=names * 2, x="S", series=["一阶"] * 7 + ["总"] * 7)
    figure = draw(table)
    assert set(names) <= set(words(figure))
    *panels, _ = figure.axes
    tops = [axes.get_position().y1 for axes in panels]
    assert len({round(top, 6) for top in tops}) == 2  # five, and two below
