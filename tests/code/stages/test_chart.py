"""Figures: the right marks, drawn to scale, each knowing its value, in SVG that can be trusted."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from xml.etree import ElementTree as ET

import pandas as pd
import pytest
import yaml

from suyuan.contract.tables import read_records, read_table
from suyuan.core.errors import ConfigError, UnknownValue
from suyuan.figures import marks as figure_marks
from suyuan.figures import theme
from suyuan.figures.kinds.drawings import DRAWINGS
from suyuan.figures.marks import Book, marks_table, read_figures, summary
from suyuan.figures.svg import MARK, marks_of, to_svg
from suyuan.stages import chart
from tests.code.miniature import TEMPLATES

SVG = "{http://www.w3.org/2000/svg}"
ATTRIBUTES = {
    "id", "data-fact", "width", "height", "viewBox", "version", "d", "x", "y", "transform",
    "{http://www.w3.org/1999/xlink}href", "clip-path", "fill", "fill-opacity", "opacity", "stroke",
    "stroke-width", "stroke-linecap", "stroke-linejoin", "stroke-dasharray", "stroke-dashoffset",
    "stroke-opacity", "font-family", "font-size", "font-weight", "text-anchor",
}  # fmt: skip


@pytest.fixture(scope="module", autouse=True)
def _theme():
    theme.use(TEMPLATES / "fonts")


# --- from values to marks ---------------------------------------------------------------------


@pytest.fixture(scope="module")
def book(built, ledger):
    subjects = read_records(built.layout.tables / "subjects.csv")
    members = {"province": ["alpha", "beta", "delta", "gamma"], "ranked": []}
    return Book(ledger, subjects, members, "fig")


@pytest.fixture(scope="module")
def specs(built):
    return read_figures(built.layout)


def columns(marks, *names):
    return [tuple(row) for row in marks[list(names)].to_numpy().tolist()]


def test_marks_of_every_province_the_largest_first(book, specs, built):
    marks = marks_table(book, specs["scale"], built.layout)
    # By the larger of each province's marks: 50, 30, and 10 twice in display order.
    assert columns(marks, "label", "series", "txt") == [
        ("甲", "总规模", "50.0"), ("甲", "智算", "20.0"),
        ("乙", "总规模", "30"), ("乙", "智算", "20"),
        ("丁", "总规模", "10"), ("丙", "总规模", "10"),
        ("丁", "智算", "4"), ("丙", "智算", "6.0"),
    ]  # fmt: skip
    assert marks["value_id"][0] == "alpha.compute_total"
    assert list(marks["v"]) == [50, 20, 30, 20, 10, 10, 4, 6]


def test_a_pattern_takes_the_series_on_its_own_basis(book, specs, built):
    marks = marks_table(book, specs["national"], built.layout)
    assert columns(marks, "series", "x", "v") == [
        ("总规模", "2027", 100), ("总规模", "2028-06", 150), ("总规模", "2029", 400),
        ("总规模", "2030", 500), ("智算", "2028", 50), ("智算", "2029", 150),
    ]  # fmt: skip


def test_intervals_come_in_display_units(book, specs, built):
    marks = marks_table(book, specs["share"], built.layout)
    assert list(marks["label"]) == ["乙", "丙", "甲", "丁"]
    gamma = marks.iloc[1]
    # 6 / 10 = 60 %; 5.95 / 10.0005 and 6.05 / 9.9995
    assert gamma["v"] == 60
    assert gamma["low"] == pytest.approx(59.497025, abs=1e-6)
    assert gamma["high"] == pytest.approx(60.503025, abs=1e-6)
    assert (gamma["low_id"], gamma["high_id"]) == ("gamma.ai_share.low", "gamma.ai_share.high")


def test_tiles_have_a_place_and_a_series_in_words(book, specs, built):
    marks = marks_table(book, specs["map"], built.layout)
    assert columns(marks, "label", "series", "column", "row") == [
        ("甲", "甲档", 1, 1), ("乙", "乙档", 2, 1), ("丁", "丙档", 2, 2), ("丙", "丙档", 1, 2)
    ]  # fmt: skip


def test_a_bound_shows_its_sign(book, built):
    spec = {"marks": [{"series": "x", "values": ["b1.compute_total", "delta.compute_total"]}]}
    # b1 is printed as over 5; delta as about 10, which is no bound
    assert list(marks_table(book, spec, built.layout)["txt"]) == [">5", "10"]


def test_listed_values_keep_their_order(book, specs, built):
    marks = marks_table(book, specs["clusters"], built.layout)
    assert columns(marks, "label", "txt") == [("甲一", "12.5"), ("甲二", "7.5")]


def test_rows_become_marks_of_their_texts(book, specs, built):
    marks = marks_table(book, specs["plans"], built.layout)
    # The third policy has neither date nor horizon: it has no place on a time axis.
    assert columns(marks, "series", "label", "x", "span", "txt") == [
        ("甲", "甲规划", "2028", "2028/2030", "甲规划"), ("甲", "甲办法", "2029Q2", "", "甲办法")
    ]  # fmt: skip
    assert marks["value_id"][0] == "policies.short_title.alpha_plan"
    presence = marks_table(book, specs["presence"], built.layout)
    assert columns(presence, "label", "series") == [("北云", "甲"), ("北云", "乙"), ("南云", "甲")]


@pytest.mark.parametrize(
    "values", ["zeta.compute_total", "na.nothing.*", "{province}.nothing", "{ranked}.F"]
)
def test_a_figure_without_values_is_reported(book, built, values):
    spec = {"draw": "bars", "marks": [{"series": "x", "values": values}]}
    with pytest.raises(ConfigError) as caught:
        marks_table(replace(book, figure="scale"), spec, built.layout)
    (problem,) = caught.value.problems
    assert (problem.code, problem.file, problem.column) == ("E161", figure_marks.FIGURES, "scale")
    assert problem.value == values.replace("{province}", "alpha")


def test_a_missing_bound_is_not_drawn_as_none(book, built):
    marks = [{"series": "x", "values": "na.compute_total", "low": ".low"}]
    with pytest.raises(UnknownValue, match=r"na\.compute_total\.low"):
        marks_table(book, {"marks": marks}, built.layout)


def test_a_span_stands_at_its_end(ledger):
    value = ledger["na.compute_total.2028-06"]
    assert figure_marks.period(value) == "2028-06"
    assert figure_marks.period(value._replace(meta={"as_of": "2027/2029Q1"})) == "2029Q1"
    assert figure_marks.period(value._replace(meta={})) == ""


@pytest.mark.parametrize(
    ("label", "text"),
    [("subject", "全国"), ("indicator", "总规模"), ("period", "2029"), ("sources.title.survey",
     "算力调查"), ("别的", "别的")],
)  # fmt: skip
def test_labels(book, built, label, text):
    spec = {"marks": [{"series": "x", "values": "na.compute_total.2029", "label": label}]}
    assert list(marks_table(book, spec, built.layout)["label"]) == [text]


def test_a_list_of_patterns_is_expanded_for_each_member(book, built):
    pair = replace(book, members={"province": ["beta", "alpha"]})
    values = ["{province}.compute_total", "{province}.ai_compute"]
    spec = {"marks": [{"series": "x", "values": values, "label": "subject", "x": "qualifier"}]}
    marks = marks_table(pair, spec, built.layout)
    assert columns(marks, "label", "x") == [
        ("乙", "总规模"), ("乙", "智算规模"), ("甲", "总规模"), ("甲", "智算规模")
    ]  # fmt: skip


def test_a_qualifier_names_what_a_value_is_about(book, ledger):
    value = ledger["na.compute_total.2029"]
    assert figure_marks.qualifier(value._replace(id="a.p_rank.2")) == "第二"
    assert figure_marks.qualifier(value._replace(id="a.sobol.T_low")) == "T_low"
    odd = value._replace(id="alpha.p_beats.beta")
    assert figure_marks._label(book, odd, "qualifier") == "乙"
    assert figure_marks._label_id(book, odd, "qualifier") == "subjects.name.beta"


def test_numbers_in_ids_sort_as_people_count(ledger):
    value = ledger["na.compute_total.2029"]
    ids = ["a.p_rank.10", "a.p_rank.2", "a.p_rank.1"]
    found = sorted((value._replace(id=one) for one in ids), key=figure_marks.natural_order)
    assert [one.id for one in found] == ["a.p_rank.1", "a.p_rank.2", "a.p_rank.10"]


def test_facts_of_the_alternative_text(book, specs, built):
    assert summary(marks_table(book, specs["share"], built.layout)) == {
        "count": "4", "series": "占比", "most": "乙", "most_txt": "66.67%", "least": "甲",
        "least_txt": "40.00%",
    }  # fmt: skip
    plans = summary(marks_table(book, specs["plans"], built.layout))
    assert plans == {"count": "2", "series": "甲"}  # texts have no largest


# --- from marks to figures --------------------------------------------------------------------


def marks(**given):
    """A table of marks; what is not given is the same for all."""
    table = pd.DataFrame(given)
    plain = {"series": "总规模", "label": "甲", "x": "2029", "span": "", "txt": "1"}
    for name, text in plain.items():
        if name not in table:
            table[name] = text
    if "value_id" not in table:
        table["value_id"] = [f"s{n}.compute_total" for n in range(len(table))]
    return table


SAMPLES = {
    "bars": marks(v=[40.0, 20.0], label=["甲", "乙"], txt=["40.0", "20"]),
    "grouped_bars": marks(
        v=[40.0, 20.0, 30.0], label=["甲", "甲", "乙"], series=["总规模", "智算", "总规模"]
    ),
    "share_strip": marks(v=[60.0, 37.0, 3.0], label=["甲", "乙", "丙"]),
    "intervals": marks(
        v=[60.0, 50.0],
        label=["甲", "乙"],
        low=[59.0, 48.0],
        low_id=["s0.ai_share.low", "s1.ai_share.low"],
        high=[61.0, 52.0],
        high_id=["s0.ai_share.high", "s1.ai_share.high"],
    ),
    "series_panels": marks(
        v=[1.0, 2.0, 4.0, 7.0],
        x=["2027", "2028-06", "2029Q1", "2028H1"],
        series=["总规模", "总规模", "总规模", "智算"],
    ),
    "columns": marks(v=[10.0, 20.0], x=["2028", "2029"]),
    "tiles": marks(
        v=[1.0, 2.0], column=[1, 2], row=[1, 1], label=["甲", "乙"], series=["甲档", "乙档"]
    ),
    "timeline": marks(
        v=[float("nan")] * 3,
        x=["2028", "2029Q2", ""],
        span=["2028/2030", "", "2027/2028"],
        series=["甲", "乙", "甲"],
    ),
    "matrix": marks(v=[float("nan")] * 2, label=["北云", "南云"], series=["甲", "乙"]),
    "bullets": marks(v=[50.0, 100.0], series=["现状", "目标"]),
}


def tagged(figure, value_id):
    """The shapes of one value, without its printed label."""
    found = figure.findobj(lambda artist: artist.get_gid() == MARK + value_id)
    return [artist for artist in found if not hasattr(artist, "get_text")]


def labels(figure):
    """Printed text by value."""
    texts = figure.findobj(lambda artist: hasattr(artist, "get_text") and artist.get_gid())
    return {text.get_gid().removeprefix(MARK): text.get_text() for text in texts}


def test_every_drawing_has_a_sample():
    assert set(SAMPLES) == set(DRAWINGS)


@pytest.mark.parametrize("name", SAMPLES)
def test_every_mark_knows_its_value_and_prints_it(name):
    table = SAMPLES[name]
    before = table.copy()
    figure = DRAWINGS[name](table)
    pd.testing.assert_frame_equal(table, before)
    assert all(tagged(figure, value_id) for value_id in table["value_id"])
    if name != "matrix":  # a dot says that something is there; the table says what
        assert labels(figure) == dict(zip(table["value_id"], table["txt"], strict=True))


@pytest.mark.parametrize("name", SAMPLES)
def test_the_svg_is_the_same_every_time_and_hangs_together(name):
    svg = to_svg(DRAWINGS[name](SAMPLES[name]), "fig")
    assert svg == to_svg(DRAWINGS[name](SAMPLES[name]), "fig")
    root = ET.fromstring(svg)
    used = {attribute for element in root.iter() for attribute in element.attrib}
    assert used <= ATTRIBUTES  # a style sheet or a shorthand would be lost on one of its readers
    ids = [element.attrib["id"] for element in root.iter() if "id" in element.attrib]
    assert len(set(ids)) == len(ids)
    assert all(name.startswith(("fig-", "m-fig-")) for name in ids)
    targets = re.findall(r'(?:url\(#|href="#)([\w.-]+)', svg)
    assert set(targets) <= set(ids)
    drawn = SAMPLES[name].filter(regex="_id$").stack()
    assert {fact for fact, _ in marks_of(svg)} == set(drawn)
    for trace in ("<metadata", "dc:date", "matplotlib", MARK):
        assert trace.lower() not in svg.lower()


def test_ids_of_two_figures_never_meet():
    one, two = (to_svg(DRAWINGS["bars"](SAMPLES["bars"]), name) for name in ("one", "two"))
    ids = [set(re.findall(r' id="([^"]+)"', svg)) for svg in (one, two)]
    assert ids[0]
    assert not ids[0] & ids[1]


def test_text_in_svg_is_text():
    svg = to_svg(DRAWINGS["bars"](SAMPLES["bars"]), "fig")
    texts = ["".join(text.itertext()) for text in ET.fromstring(svg).iter(f"{SVG}text")]
    assert {"甲", "乙", "40.0", "20"} <= set(texts)


def test_bars_are_to_scale_and_the_largest_stands_out():
    figure = DRAWINGS["bars"](SAMPLES["bars"])
    (long,), (short,) = tagged(figure, "s0.compute_total"), tagged(figure, "s1.compute_total")
    assert (long.get_x(), long.get_width(), short.get_width()) == (0, 40, 20)
    assert long.get_facecolor() != short.get_facecolor()
    assert figure.axes[0].get_xlim()[0] == 0  # a bar that starts elsewhere lies


def test_grouped_bars_of_one_label_stand_side_by_side():
    figure = DRAWINGS["grouped_bars"](SAMPLES["grouped_bars"])
    bars = [tagged(figure, f"s{n}.compute_total")[0] for n in range(3)]
    assert [bar.get_width() for bar in bars] == [40, 20, 30]
    # Two series: centres 0.195 above and below the label's line, as 0.78 / 2 is 0.39 thick.
    middles = [bar.get_y() + bar.get_height() / 2 for bar in bars]
    assert middles == pytest.approx([-0.195, 0.195, 0.805])
    assert bars[0].get_facecolor() == bars[2].get_facecolor() != bars[1].get_facecolor()


def test_a_strip_is_cut_without_gaps():
    figure = DRAWINGS["share_strip"](SAMPLES["share_strip"])
    bars = [tagged(figure, f"s{n}.compute_total")[0] for n in range(3)]
    assert [(bar.get_x(), bar.get_width()) for bar in bars] == [(0, 60), (60, 37), (97, 3)]
    assert figure.axes[0].get_xlim() == (0, 100)


def test_intervals_span_from_low_to_high():
    figure = DRAWINGS["intervals"](SAMPLES["intervals"])
    (low,), (high,) = tagged(figure, "s1.ai_share.low"), tagged(figure, "s1.ai_share.high")
    (dot,) = tagged(figure, "s1.compute_total")
    assert sorted(low.get_xdata()) == [48, 50]
    assert sorted(high.get_xdata()) == [50, 52]
    assert list(dot.get_xdata()) == [50]


def test_points_stand_at_the_end_of_their_period():
    figure = DRAWINGS["series_panels"](SAMPLES["series_panels"])
    at = [tagged(figure, f"s{n}.compute_total")[0].get_xdata()[0] for n in range(4)]
    # the end of 2027, of June 2028, of the first quarter of 2029, of the first half of 2028
    assert at == pytest.approx([2028, 2028.5, 2029.25, 2028.5])
    assert len(figure.axes) == 2
    assert figure.axes[0].get_xlim() == figure.axes[1].get_xlim()


def test_a_series_of_one_point_can_be_drawn():
    figure = DRAWINGS["series_panels"](marks(v=[5.0], txt=["5"]))
    assert labels(figure) == {"s0.compute_total": "5"}


def test_columns_are_to_scale():
    figure = DRAWINGS["columns"](SAMPLES["columns"])
    heights = [tagged(figure, f"s{n}.compute_total")[0].get_height() for n in range(2)]
    assert heights == [10, 20]
    assert figure.axes[0].get_ylim()[0] == 0
    assert [tick.get_text() for tick in figure.axes[0].get_xticklabels()] == ["2028", "2029"]


def test_tiles_are_coloured_by_series():
    figure = DRAWINGS["tiles"](SAMPLES["tiles"])
    one, two = (tagged(figure, f"s{n}.compute_total")[0] for n in range(2))
    assert one.get_facecolor() != two.get_facecolor()


def test_a_timeline_covers_whole_years():
    figure = DRAWINGS["timeline"](SAMPLES["timeline"])
    bar, dot = tagged(figure, "s0.compute_total")
    assert (bar.get_x(), bar.get_width()) == (2028, 3)  # 2028 to 2030 inclusive
    assert dot.get_xdata()[0] == 2028.5  # known to the year: its middle
    (dot,) = tagged(figure, "s1.compute_total")
    assert dot.get_xdata()[0] == 2029.375  # the middle of the second quarter
    (bar,) = tagged(figure, "s2.compute_total")
    assert (bar.get_x(), bar.get_width()) == (2027, 2)
    assert figure.axes[0].get_yticks().tolist() == [0.5, 2]  # two rows of 甲, then one of 乙


def test_a_matrix_has_a_dot_where_row_and_column_meet():
    figure = DRAWINGS["matrix"](SAMPLES["matrix"])
    dots = [tagged(figure, f"s{n}.compute_total")[0] for n in range(2)]
    assert [(dot.get_xdata()[0], dot.get_ydata()[0]) for dot in dots] == [(0, 0), (1, 1)]


def test_bullets_share_the_scale_of_their_label():
    figure = DRAWINGS["bullets"](SAMPLES["bullets"])
    (bar,), (tick,) = tagged(figure, "s0.compute_total"), tagged(figure, "s1.compute_total")
    assert bar.get_width() == 0.5  # 50 of a target of 100
    assert list(tick.get_xdata()) == [1, 1]


@pytest.mark.parametrize(
    ("colour", "ink"), [(theme.INK, "#FFFFFF"), (theme.WINE, "#FFFFFF"), (theme.MIST, theme.TEXT)]
)
def test_text_reads_on_its_colour(colour, ink):
    assert theme.contrast(colour) == ink


# --- the stage --------------------------------------------------------------------------------


def test_the_stage_saves_each_figure_with_its_data_and_its_facts(project, ledger):
    project.run()
    specs = {"clusters", "plans"}
    kept = {name: spec for name, spec in read_figures(project.layout).items() if name in specs}
    text = yaml.safe_dump({"figures": kept}, allow_unicode=True)
    (project.root / figure_marks.FIGURES).write_text(text, encoding="utf-8")
    chart.run(project.layout, project.config)
    folder = project.layout.figures
    names = {path.name for path in folder.iterdir()}
    assert names == {f"{name}.{end}" for name in specs for end in ("svg", "csv")} | {"figures.json"}
    index = json.loads((folder / "figures.json").read_text(encoding="utf-8"))
    assert set(index) == specs
    for name, entry in index.items():
        svg = (folder / f"{name}.svg").read_text(encoding="utf-8")
        assert [tuple(mark) for mark in entry["marks"]] == marks_of(svg)
        plotted = read_table(folder / f"{name}.csv")
        assert {fact for fact, _ in entry["marks"]} == set(plotted["value_id"])
        assert all(ledger[fact].txt in set(plotted["txt"]) for fact, _ in entry["marks"])
    assert index["clusters"]["facts"]["most_txt"] == "12.5"


@pytest.mark.parametrize(
    ("values", "error", "said"),
    [
        ("na.nothing.*", ConfigError, "E161 config/figures.yaml:1:lost"),
        ("na.compute_total", UnknownValue, "na.compute_total.low"),  # its bounds are wanted too
    ],
)
def test_what_stops_a_worker_stops_the_stage(project, values, error, said):
    project.run()
    mark = {"series": "x", "values": values, "low": ".low", "high": ".high"}
    text = yaml.safe_dump({"figures": {"lost": {"draw": "bars", "marks": [mark]}}})
    (project.root / figure_marks.FIGURES).write_text(text, encoding="utf-8")
    with pytest.raises(error) as stopped:
        chart.run(project.layout, project.config)
    assert str(stopped.value) == said
