"""Figures of results: to scale, every mark and bound tagged, names where they do not collide."""

from __future__ import annotations

import pandas as pd
import pytest

from suyuan.figures import theme
from suyuan.figures.kinds.results import RESULT_DRAWINGS
from suyuan.figures.svg import marks_of, to_svg
from tests.code.miniature import TEMPLATES
from tests.code.stages.test_chart import labels, marks, tagged


@pytest.fixture(scope="module", autouse=True)
def _theme():
    theme.use(TEMPLATES / "fonts")


def bounded(**given):
    """Marks with bounds, half a unit to either side."""
    table = marks(**given)
    return table.assign(
        low=table["v"] * 0.9, low_id=table["value_id"] + "_lower",
        high=table["v"] * 1.1, high_id=table["value_id"] + "_upper",
    )  # fmt: skip


SAMPLES = {
    "cascade": marks(
        v=[50.0, 40.0, 5.0, 4.0, 0.5, 0.2], label=["甲", "乙"] * 3, series=[*"起起中中末末"],
        txt=["50.0", "40.0", "5.00", "4.00", "0.500", "0.200"],
    ),
    "heat": marks(
        v=[90.0, 10.0, 0.0, 100.0], label=["甲", "甲", "乙", "乙"], x=["第一", "第二"] * 2,
        txt=["90%", "10%", "0%", "100%"],
    ),
    "dumbbells": marks(
        v=[0.4, 0.0, 1.0, 0.0], label=["等权", "熵权"] * 2, series=["平均", "平均", "最大", "最大"],
        txt=["0.4", "0.0", "1", "0"],
    ),
    "sensitivities": bounded(
        v=[0.3, 0.6, 0.2, 0.7, 0.4, 0.7, 0.3, 0.8], label=(["甲"] * 2 + ["乙"] * 2) * 2,
        x=["S", "T"] * 4, series=["一阶"] * 4 + ["总"] * 4, txt=[f"0.{n}" for n in range(8)],
    ),
    "signed_bars": marks(v=[0.5, -0.2, 0.3], label=["S", "T", "F"], txt=["0.50", "−0.20", "0.30"]),
    "crosses": bounded(
        v=[70.0, 50.0, 2.0, 0.02], label=["甲", "乙"] * 2, series=["得分", "得分", "规模", "规模"],
        txt=["70.0", "50.0", "2.000", "0.020"],
    ),
}  # fmt: skip


def test_every_drawing_has_a_sample():
    assert set(SAMPLES) == set(RESULT_DRAWINGS)


@pytest.mark.parametrize("name", SAMPLES)
def test_every_mark_and_bound_is_drawn_and_the_table_is_left_alone(name):
    table = SAMPLES[name]
    before = table.copy()
    figure = RESULT_DRAWINGS[name](table)
    pd.testing.assert_frame_equal(table, before)
    wanted = set(table.filter(regex="_id$").stack())
    assert all(tagged(figure, value_id) for value_id in wanted)
    printed = dict(zip(table["value_id"], table["txt"], strict=True))
    assert labels(figure).items() <= printed.items()
    assert labels(figure)
    assert {fact for fact, _ in marks_of(to_svg(figure, "fig"))} == wanted


@pytest.mark.parametrize("name", SAMPLES)
def test_the_svg_is_the_same_every_time(name):
    one, two = (to_svg(RESULT_DRAWINGS[name](SAMPLES[name]), "fig") for _ in range(2))
    assert one == two


@pytest.mark.parametrize("name", SAMPLES)
def test_one_label_alone_can_be_drawn(name):
    table = SAMPLES[name]
    alone = table[table["label"] == table["label"].iloc[-1]].reset_index(drop=True)
    assert marks_of(to_svg(RESULT_DRAWINGS[name](alone), "fig"))


def test_a_cascade_runs_along_one_log_axis_and_prints_its_ends():
    figure = RESULT_DRAWINGS["cascade"](SAMPLES["cascade"])
    (axes,) = figure.axes
    assert axes.get_xscale() == "log"
    places = [tagged(figure, f"s{n}.compute_total")[0] for n in (0, 2, 4)]
    assert [dot.get_xdata()[0] for dot in places] == [50, 5, 0.5]
    assert {dot.get_ydata()[0] for dot in places} == {0}
    assert set(labels(figure).values()) == {"50.0", "0.500", "40.0", "0.200"}


def test_a_warmer_cell_is_darker():
    figure = RESULT_DRAWINGS["heat"](SAMPLES["heat"])
    cells = [tagged(figure, f"s{n}.compute_total")[0] for n in range(4)]
    brightness = [sum(cell.get_facecolor()[:3]) for cell in cells]
    assert brightness[3] < brightness[0] < brightness[1] < brightness[2]  # 100, 90, 10, 0
    cell = cells[1]  # 甲 second: column 1, row 0
    assert (cell.get_x() + cell.get_width() / 2, cell.get_y() + cell.get_height() / 2) == (1, 0)


def test_pairs_of_the_same_leave_the_diagonal_empty():
    table = marks(v=[60.0, 40.0], label=["甲", "乙"], x=["乙", "甲"], txt=["60%", "40%"])
    figure = RESULT_DRAWINGS["heat"](table)
    (axes,) = figure.axes
    assert [tick.get_text() for tick in axes.get_xticklabels()] == ["甲", "乙"]
    cells = [tagged(figure, f"s{n}.compute_total")[0] for n in range(2)]
    assert [round(cell.get_x() + 0.48) for cell in cells] == [1, 0]


def test_dumbbells_start_at_zero_and_both_ends_are_to_scale():
    figure = RESULT_DRAWINGS["dumbbells"](SAMPLES["dumbbells"])
    mean, largest = tagged(figure, "s0.compute_total")[0], tagged(figure, "s2.compute_total")[0]
    assert (mean.get_xdata()[0], largest.get_xdata()[0]) == (0.4, 1.0)
    low, high = figure.axes[0].get_xlim()
    assert low <= 0
    assert high >= 1


def test_sensitivities_have_a_panel_per_label_on_one_scale():
    figure = RESULT_DRAWINGS["sensitivities"](SAMPLES["sensitivities"])
    assert [axes.get_title() for axes in figure.axes] == ["甲", "乙"]
    assert len({axes.get_xlim() for axes in figure.axes}) == 1
    (bar,) = tagged(figure, "s1.compute_total")
    assert (bar.get_x(), bar.get_width()) == (0, 0.6)
    (low,) = tagged(figure, "s1.compute_total_lower")
    assert sorted(low.get_xdata()) == pytest.approx([0.54, 0.6])  # 0.9 · 0.6


def test_more_panels_than_fit_stand_in_further_rows():
    names = [f"v{n}" for n in range(7)]
    table = bounded(v=[0.5] * 14, label=names * 2, x="S", series=["一阶"] * 7 + ["总"] * 7)
    figure = RESULT_DRAWINGS["sensitivities"](table)
    assert [axes.get_title() for axes in figure.axes if axes.get_visible()] == names
    assert len(figure.axes) == 10  # two rows of five


def test_signed_bars_go_both_ways_from_zero():
    figure = RESULT_DRAWINGS["signed_bars"](SAMPLES["signed_bars"])
    bars = [tagged(figure, f"s{n}.compute_total")[0] for n in range(3)]
    assert [(bar.get_x(), bar.get_width()) for bar in bars] == [(0, 0.5), (0, -0.2), (0, 0.3)]
    assert len({bar.get_facecolor() for bar in bars}) == 3  # for, against, sum
    low, high = figure.axes[0].get_xlim()
    assert low < -0.2
    assert high > 0.5


def test_crosses_have_their_intervals_in_both_directions():
    figure = RESULT_DRAWINGS["crosses"](SAMPLES["crosses"])
    (axes,) = figure.axes
    assert (axes.get_xscale(), axes.get_yscale()) == ("linear", "log")
    assert (axes.get_xlabel(), axes.get_ylabel()) == ("得分", "规模")
    (dot,) = tagged(figure, "s0.compute_total")
    assert (dot.get_xdata()[0], dot.get_ydata()[0]) == (70, 2)
    (right,) = tagged(figure, "s0.compute_total_upper")
    (down,) = tagged(figure, "s2.compute_total_lower")
    assert list(right.get_xdata()) == pytest.approx([70, 77])
    assert list(down.get_ydata()) == pytest.approx([2, 1.8])
    assert set(right.get_ydata()) == {2}
    assert set(down.get_xdata()) == {70}


def test_a_point_with_a_neighbour_to_the_right_is_named_to_the_left():
    near = bounded(
        v=[50.0, 52.0, 1.0, 1.2], label=["甲", "乙"] * 2, series=["得分", "得分", "规模", "规模"],
        txt=["50.0", "52.0", "1.000", "1.200"],
    )  # fmt: skip
    figure = RESULT_DRAWINGS["crosses"](near)
    sides = {text.get_text(): text.get_ha() for text in figure.axes[0].texts}
    assert (sides["甲"], sides["乙"]) == ("right", "left")
