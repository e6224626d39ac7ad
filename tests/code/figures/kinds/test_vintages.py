"""The chart kind ``vintages``."""

from __future__ import annotations

from itertools import pairwise

import pandas as pd
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg

from suyuan.figures import theme
from suyuan.figures.kinds.vintages import draw
from tests.code.figures.drawing import labels, marks, tagged

SAMPLE = marks(
    series=["内存"] * 6 + ["闪存"] * 2,
    x=["2029Q1"] * 2 + ["2029Q2"] * 4 + ["2029Q2"] * 2,
    label=["2028-12"] * 2 + ["2029-03"] * 2 + ["实绩"] * 2 + ["2029-03"] * 2,
    state=["预测"] * 4 + ["实绩"] * 2 + ["预测"] * 2,
    v=[-10.0, -5, 20, 25, 40, 45, 30, 35],
    txt=["-10%", "-5%", "20%", "25%", "40%", "45%", "30%", "35%"],
)


def line(figure, at):
    (found,) = tagged(figure, f"s{at}.compute_total")
    return found


def test_both_ends_of_a_range_are_to_scale_and_meet_in_its_middle():
    figure = draw(SAMPLE)
    assert line(figure, 0).get_ydata().tolist() == [-7.5, -10]
    assert line(figure, 1).get_ydata().tolist() == [-7.5, -5]
    assert line(figure, 0).get_xdata()[0] == line(figure, 1).get_xdata()[0]


def test_ranges_stand_by_period_and_then_by_issue():
    figure = draw(SAMPLE)
    at = [line(figure, n).get_xdata()[0] for n in (0, 2, 4)]
    assert at == sorted(at)
    assert len(set(at)) == 3
    scales = [axes.get_ylim() for axes in figure.axes]
    assert scales[0] == scales[1]  # one scale for all series


def test_what_came_is_told_from_what_was_forecast():
    figure = draw(SAMPLE)
    assert line(figure, 2).get_color() == theme.TEAL
    assert line(figure, 4).get_color() == theme.WINE
    assert labels(figure)["s5.compute_total"] == "45%"


@pytest.mark.parametrize("issues", [1, 5, 12])
def test_labels_of_neighbours_do_not_collide(issues):
    rows = [
        {"x": "2029Q1", "label": f"2028-{at:02}", "state": "预测", "v": end, "txt": f"{end:.0f}%"}
        for at in range(1, issues + 1)
        for end in (95.0, 100.0)
    ]
    given = marks(**pd.DataFrame(rows).to_dict("list"), series=["企业级固态硬盘合约价"] * len(rows))
    figure = draw(given)
    (axes,) = figure.axes
    renderer = FigureCanvasAgg(figure).get_renderer()
    texts = [text for text in axes.texts if text.get_text()[-1] == "%"]
    extents = sorted(
        (text.get_window_extent(renderer) for text in texts[1::2]), key=lambda box: box.x0
    )
    assert all(left.x1 <= right.x0 for left, right in pairwise(extents))
    assert extents[0].x0 >= 0
    assert extents[-1].x1 <= figure.bbox.x1
