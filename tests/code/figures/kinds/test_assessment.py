"""The tree and the grids of the assessment: every cell in its place, missing ones told apart."""

from __future__ import annotations

import math
import re
from itertools import pairwise
from xml.etree import ElementTree as ET

import pandas as pd
import pytest

from suyuan.figures import theme
from suyuan.figures.kinds.assessment import ASSESSMENT_DRAWINGS, COLUMN, TREE_HEIGHT, icicle
from suyuan.figures.svg import MARK, marks_of, to_svg
from tests.code.miniature import TEMPLATES

NAN = float("nan")
SVG = "{http://www.w3.org/2000/svg}"
# Two dimensions of weight 0.6 and 0.4; the first has children of 0.75 and 0.25.
TREE = pd.DataFrame(
    [
        ("甲", "甲", "a", "", 0.6, "0.6"),
        ("甲", "甲一", "a1", "a", 0.75, "0.75"),
        ("甲", "甲二", "a2", "a", 0.25, "0.25"),
        ("乙", "乙", "b", "", 0.4, "0.4"),
    ],
    columns=["series", "label", "node", "parent", "v", "txt"],
).assign(value_id=lambda table: table["node"] + ".weight")
RATINGS = pd.DataFrame(
    [
        ("北云", "规模", "供给", 4.0, "4", "B", 0.8, "n.rating.size"),
        ("南云", "规模", "供给", NAN, "没有记录", "", NAN, "ratings.rationale.s_size"),
        ("北云", "价格", "商业", 0.0, "0", "E", 0.2, "n.rating.price"),
        ("南云", "价格", "商业", 2.5, "2.5", "E", 0.2, "s.rating.price"),
    ],
    columns=["series", "label", "group", "v", "txt", "grade", "sureness", "value_id"],
).assign(missing="缺")
VERDICTS = pd.DataFrame(
    [
        ("北云", "自助", "普惠", 1.0, "满足", "v.verdict.n_self"),
        ("南云", "自助", "普惠", 0.5, "部分满足", "v.verdict.s_self"),
        ("北云", "公有", "云平台", 0.0, "不满足", "v.verdict.n_public"),
        ("南云", "公有", "云平台", NAN, "暂无公开数据", "v.verdict.s_public"),
    ],
    columns=["series", "label", "group", "level", "said", "value_id"],
)
SAMPLES = {"icicle": TREE, "rating_grid": RATINGS, "verdict_grid": VERDICTS}


@pytest.fixture(scope="module", autouse=True)
def _theme():
    theme.use(TEMPLATES / "fonts")


def pieces(figure, value_id):
    """Everything drawn for a value: its box, then what stands in it."""
    return figure.findobj(lambda artist: artist.get_gid() == MARK + value_id)


def box(figure, value_id):
    (found,) = [one for one in pieces(figure, value_id) if hasattr(one, "get_width")]
    return found


def words(name):
    svg = ET.fromstring(to_svg(ASSESSMENT_DRAWINGS[name](SAMPLES[name]), "fig"))
    return ["".join(text.itertext()) for text in svg.iter(f"{SVG}text")]


def test_every_drawing_has_a_sample():
    assert set(SAMPLES) == set(ASSESSMENT_DRAWINGS)


@pytest.mark.parametrize("name", SAMPLES)
def test_every_value_is_one_mark(name):
    table = SAMPLES[name]
    before = table.copy()
    svg = to_svg(ASSESSMENT_DRAWINGS[name](table), "fig")
    pd.testing.assert_frame_equal(table, before)
    facts = [fact for fact, _ in marks_of(svg)]
    legend = len(table) if name == "verdict_grid" else 0  # one sign of each level again
    # Box, number and line of a cell are one mark.
    assert facts[: len(facts) - legend] == list(table["value_id"])


@pytest.mark.parametrize("name", SAMPLES)
def test_the_svg_is_the_same_every_time_and_hangs_together(name):
    svg = to_svg(ASSESSMENT_DRAWINGS[name](SAMPLES[name]), "fig")
    assert svg == to_svg(ASSESSMENT_DRAWINGS[name](SAMPLES[name]), "fig")
    ids = re.findall(r' id="([^"]+)"', svg)
    assert len(set(ids)) == len(ids)
    assert set(re.findall(r'(?:url\(#|href="#)([\w.-]+)', svg)) <= set(ids)


# --- the tree ---------------------------------------------------------------------------------


def test_a_box_is_as_high_as_its_weight_within_the_whole():
    figure = icicle(TREE)
    shares = [box(figure, fact).get_height() / TREE_HEIGHT for fact in TREE["value_id"]]
    assert shares == pytest.approx([0.6, 0.45, 0.15, 0.4])  # 0.6 · 0.75 = 0.45


def test_children_stand_right_of_their_parent_and_fill_it():
    figure = icicle(TREE)
    parent, first, second, other = (box(figure, fact) for fact in TREE["value_id"])
    assert parent.get_x() + parent.get_width() == first.get_x() == second.get_x()
    assert first.get_y() == parent.get_y()
    assert second.get_y() == pytest.approx(first.get_y() + first.get_height())
    assert other.get_x() == parent.get_x()
    assert other.get_y() == pytest.approx(parent.get_height())


def test_a_tree_names_its_nodes_and_prints_their_weights():
    assert {"甲", "甲一", "甲二", "乙", "0.6", "0.75", "0.25", "0.4"} == set(words("icicle"))


# --- the grid of ratings ----------------------------------------------------------------------


def test_a_rating_stands_where_its_row_and_column_meet():
    figure = ASSESSMENT_DRAWINGS["rating_grid"](RATINGS)
    one, right, below, _ = (box(figure, fact) for fact in RATINGS["value_id"])
    assert (right.get_x() - one.get_x(), right.get_y()) == pytest.approx((COLUMN, one.get_y()))
    assert (below.get_x(), below.get_y()) == (one.get_x(), one.get_y() + one.get_height())


def test_a_higher_rating_is_darker_and_a_zero_is_not_missing():
    figure = ASSESSMENT_DRAWINGS["rating_grid"](RATINGS)
    four, missing, zero, middling = (
        sum(box(figure, fact).get_facecolor()[:3]) for fact in RATINGS["value_id"]
    )
    assert four < middling < zero < missing == 3  # white


def test_a_missing_rating_says_so_and_prints_no_number():
    assert words("rating_grid").count("缺") == 1
    shown = [text for text in words("rating_grid") if re.fullmatch(r"[\d.]+", text)]
    assert sorted(shown) == ["0", "2.5", "4"]


def test_the_line_below_a_rating_is_as_long_as_its_evidence_is_sure():
    figure = ASSESSMENT_DRAWINGS["rating_grid"](RATINGS)

    def length(fact):
        (line,) = [one for one in pieces(figure, fact) if hasattr(one, "get_xdata")]
        start, end = line.get_xdata()
        return end - start

    assert length("n.rating.size") == pytest.approx(4 * length("s.rating.price"))  # 0.8 / 0.2
    assert {"B", "E"} <= set(words("rating_grid"))  # the legend


# --- the grid of verdicts ---------------------------------------------------------------------


def test_a_fuller_verdict_is_darker():
    figure = ASSESSMENT_DRAWINGS["verdict_grid"](VERDICTS)
    met, partly, no, unknown = (
        sum(box(figure, fact).get_facecolor()[:3]) for fact in VERDICTS["value_id"]
    )
    assert met < partly < no < unknown == 3


def area(path):
    """Of a polygon, by the shoelace formula."""
    around = path.tolist()
    return abs(sum(x * w - z * y for (x, y), (z, w) in pairwise(around))) / 2


def test_signs_can_be_told_apart_without_colour():
    figure = ASSESSMENT_DRAWINGS["verdict_grid"](VERDICTS)
    shapes = {}
    for fact, level in zip(VERDICTS["value_id"], VERDICTS["level"], strict=True):
        sign = next(one for one in pieces(figure, fact) if hasattr(one, "get_marker"))
        shapes[level] = sign.get_marker()
    *known, unknown = shapes.values()
    assert unknown == "_"
    full, half, none = (list(path.to_polygons(closed_only=False)) for path in known)
    assert [len(full), len(half), len(none)] == [3, 3, 2]  # the ring alone where nothing is met
    assert area(full[2]) == pytest.approx(2 * area(half[2]))
    assert math.isclose(area(full[2]), math.pi * 0.81, rel_tol=0.01)


def test_the_legend_names_each_verdict_once_best_first():
    named = [text for text in words("verdict_grid") if text in set(VERDICTS["said"])]
    assert named == ["满足", "部分满足", "不满足", "暂无公开数据"]


# --- colours ----------------------------------------------------------------------------------


def test_a_tint_is_mixed_with_white():
    assert theme.tint("#0B2E4F", 0) == "#FFFFFF"
    assert theme.tint("#0B2E4F", 1) == "#0B2E4F"
    assert theme.tint("#000000", 0.2) == "#CCCCCC"  # 255 · 0.8 = 204
