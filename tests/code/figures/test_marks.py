"""From values to marks: the right ones, in order, with the words of the data on them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from suyuan.contract.messages import message
from suyuan.core.errors import ConfigError
from suyuan.figures import book as words
from suyuan.figures.description import Described
from suyuan.figures.drawn import marks_table, summary
from suyuan.figures.kind import COUNTED, MEASURED, PLACED
from suyuan.figures.reading import read_figures
from tests.code.miniature import TEMPLATES


@pytest.fixture(scope="module")
def figures(built):
    return read_figures(built.root)


def described(**spec):
    """A figure that stands on line 7."""
    return Described("fig", 7, {"draw": "bars"} | spec, "fig")


def group(values, draw="bars", **more):
    """A figure of one group of values."""
    return described(draw=draw, marks=[{"series": "x", "values": values} | more])


def columns(marks, *names):
    return [tuple(row) for row in marks[list(names)].to_numpy().tolist()]


def test_marks_of_every_province_the_largest_first(open_book, figures):
    marks = marks_table(open_book, figures["scale"])
    # By the larger of each province's marks: 50, 30, and 10 twice in display order.
    assert columns(marks, "label", "series", "txt") == [
        ("甲", "总规模", "50.0"), ("甲", "智算", "20.0"),
        ("乙", "总规模", "30"), ("乙", "智算", "20"),
        ("丁", "总规模", "10"), ("丙", "总规模", "10"),
        ("丁", "智算", "4"), ("丙", "智算", "6.0"),
    ]  # fmt: skip
    assert marks["value_id"][0] == "alpha.compute_total"
    assert list(marks["v"]) == [50, 20, 30, 20, 10, 10, 4, 6]


def test_a_pattern_takes_the_series_on_its_own_basis(open_book, figures):
    marks = marks_table(open_book, figures["national"])
    assert columns(marks, "series", "x", "v") == [
        ("总规模", "2027", 100), ("总规模", "2028-06", 150), ("总规模", "2029", 400),
        ("总规模", "2030", 500), ("智算", "2028", 50), ("智算", "2029", 150),
    ]  # fmt: skip


def test_intervals_come_in_display_units(open_book, figures):
    marks = marks_table(open_book, figures["share"])
    assert list(marks["label"]) == ["乙", "丙", "甲", "丁"]
    gamma = marks.iloc[1]
    # 6 / 10 = 60 %; 5.95 / 10.0005 and 6.05 / 9.9995
    assert gamma["v"] == 60
    assert gamma["low"] == pytest.approx(59.497025, abs=1e-6)
    assert gamma["high"] == pytest.approx(60.503025, abs=1e-6)
    assert (gamma["low_id"], gamma["high_id"]) == ("gamma.ai_share.low", "gamma.ai_share.high")


def test_tiles_have_a_place_and_a_series_in_words(open_book, figures):
    marks = marks_table(open_book, figures["map"])
    assert columns(marks, "label", "series", "column", "row") == [
        ("甲", "甲档", 1, 1), ("乙", "乙档", 2, 1), ("丁", "丙档", 2, 2), ("丙", "丙档", 1, 2)
    ]  # fmt: skip


def test_a_bound_shows_its_sign(open_book):
    figure = group(["b1.compute_total", "delta.compute_total"])
    # b1 is printed as over 5; delta as about 10, which is no bound
    assert list(marks_table(open_book, figure)["txt"]) == [">5", "10"]


def test_listed_values_keep_their_order(open_book, figures):
    marks = marks_table(open_book, figures["clusters"])
    assert columns(marks, "label", "txt") == [("甲一", "12.5"), ("甲二", "7.5")]


def test_rows_become_marks_of_their_texts(open_book, figures):
    marks = marks_table(open_book, figures["plans"])
    # The third policy has neither date nor horizon: it has no place on a time axis.
    assert columns(marks, "series", "label", "x", "span", "txt") == [
        ("甲", "甲规划", "2028", "2028/2030", "甲规划"), ("甲", "甲办法", "2029Q2", "", "甲办法")
    ]  # fmt: skip
    assert marks["value_id"][0] == "policies.short_title.alpha_plan"
    presence = marks_table(open_book, figures["presence"])
    assert columns(presence, "label", "series") == [("北云", "甲"), ("北云", "乙"), ("南云", "甲")]


ROWS = {"table": "policies", "value": "title", "series": "subject_id", "label": "title"}


@pytest.mark.parametrize(
    ("figure", "code", "value"),
    [
        (group("zeta.compute_total"), "E161", "zeta.compute_total"),
        (group("na.nothing.*"), "E161", "na.nothing.*"),
        (group("{province}.nothing"), "E161", "alpha.nothing"),
        (group("{ranked}.F"), "E161", "{ranked}.F"),  # nobody has a rank
        (group("na.compute_total.2029", low=".low"), "E161", "na.compute_total.2029.low"),
        (group("subjects.name.na"), "E344", "subjects.name.na"),
        (described(rows=ROWS | {"table": "polices"}), "E345", "polices"),
        (described(rows=ROWS | {"label": "titel"}), "E345", "policies.titel"),
        (described(of="weights"), "E345", "tree"),  # the miniature has no assessment
        (described(rows=ROWS), "E346", "bars"),  # bars of texts
        (group("na.compute_total.2029", draw="scatter"), "E347", "scatter"),
        (
            group("na.compute_total.2029", label="subjects.name.nobody"),
            "E161",
            "subjects.name.nobody",
        ),
    ],
)
def test_a_figure_that_cannot_be_made_is_reported(open_book, figure, code, value):
    with pytest.raises(ConfigError) as caught:
        marks_table(open_book, figure)
    (problem,) = caught.value.problems
    assert (problem.code, problem.value) == (code, value)
    assert message(problem, TEMPLATES).startswith("config/figures.yaml:7:fig ")


def test_a_span_stands_at_its_end(ledger):
    value = ledger["na.compute_total.2028-06"]
    assert words.period(value) == "2028-06"
    assert words.period(value._replace(meta={"as_of": "2027/2029Q1"})) == "2029Q1"
    assert words.period(value._replace(meta={})) == ""


@pytest.mark.parametrize(
    ("label", "text"),
    [("subject", "全国"), ("indicator", "总规模"), ("period", "2029"), ("sources.title.survey",
     "算力调查"), ("别的", "别的")],
)  # fmt: skip
def test_labels(open_book, label, text):
    figure = group("na.compute_total.2029", label=label)
    assert list(marks_table(open_book, figure)["label"]) == [text]


def test_a_list_of_patterns_is_expanded_for_each_member(open_book):
    def pair(figure):
        return replace(open_book(figure), members={"province": ["beta", "alpha"]})

    values = ["{province}.compute_total", "{province}.ai_compute"]
    marks = marks_table(pair, group(values, label="subject", x="qualifier"))
    assert columns(marks, "label", "x") == [
        ("乙", "总规模"), ("乙", "智算规模"), ("甲", "总规模"), ("甲", "智算规模")
    ]  # fmt: skip


def test_a_qualifier_names_what_a_value_is_about(open_book, ledger):
    book = open_book(described())
    value = ledger["na.compute_total.2029"]
    assert words.qualifier(value._replace(id="a.p_rank.2")) == "第二"
    assert words.qualifier(value._replace(id="a.sobol.T_low")) == "T_low"
    odd = value._replace(id="alpha.p_beats.beta")
    assert words.label(book, odd, "qualifier") == "乙"
    assert words.label_id(book, odd, "qualifier") == "subjects.name.beta"


def test_numbers_in_ids_sort_as_people_count(ledger):
    value = ledger["na.compute_total.2029"]
    ids = ["a.p_rank.10", "a.p_rank.2", "a.p_rank.1"]
    found = sorted((value._replace(id=one) for one in ids), key=words.natural_order)
    assert [one.id for one in found] == ["a.p_rank.1", "a.p_rank.2", "a.p_rank.10"]


def test_facts_of_the_alternative_text(open_book, figures):
    assert summary(marks_table(open_book, figures["share"]), MEASURED) == {
        "count": "4", "series": "占比", "most": "乙", "most_txt": "66.67%", "least": "甲",
        "least_txt": "40.00%",
    }  # fmt: skip
    placed = summary(marks_table(open_book, figures["share"]).assign(x=list("abcd")), PLACED)
    assert (placed["most_x"], placed["least_x"]) == ("a", "c")  # sorted: 乙 first, 甲 third
    plans = summary(marks_table(open_book, figures["plans"]), COUNTED)
    assert plans == {"count": "2", "series": "甲"}  # texts have no largest
