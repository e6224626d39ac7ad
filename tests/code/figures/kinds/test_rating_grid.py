"""The chart kind ``rating_grid``."""

from __future__ import annotations

import re

import pandas as pd
import pytest

from suyuan.figures.kinds.rating_grid import COLUMN, draw
from tests.code.figures.drawing import box, named, pieces, words

NAN = float("nan")
SAMPLE = pd.DataFrame(
    [
        ("北云", "规模", "供给", 4.0, "4", "B", 0.8, "n.rating.size"),
        ("南云", "规模", "供给", NAN, "没有记录", "", NAN, "ratings.rationale.s_size"),
        ("北云", "价格", "商业", 0.0, "0", "E", 0.2, "n.rating.price"),
        ("南云", "价格", "商业", 2.5, "2.5", "E", 0.2, "s.rating.price"),
    ],
    columns=["series", "label", "group", "v", "txt", "grade", "sureness", "value_id"],
).assign(missing="缺")


def many(name, count):
    """So many rows and columns with such names, in groups, and all ratings that there are."""
    rows, columns = named(name, count), [f"{name}{n}" for n in range(min(count, 8))]
    pairs = [(n, row, column) for n, row in enumerate(rows) for column in columns]
    table = pd.DataFrame(
        [(column, row, f"{name}{n // 8}", "B", 0.8) for n, row, column in pairs],
        columns=["series", "label", "group", "grade", "sureness"],
    )
    points = [n % 11 / 2 for n in range(len(table))]
    ids = [f"v.rating.r{n}" for n in range(len(table))]
    return table.assign(missing="缺", value_id=ids, v=points, txt=[f"{v:g}" for v in points])


def test_a_rating_stands_where_its_row_and_column_meet():
    figure = draw(SAMPLE)
    one, right, below, _ = (box(figure, fact) for fact in SAMPLE["value_id"])
    assert (right.get_x() - one.get_x(), right.get_y()) == pytest.approx((COLUMN, one.get_y()))
    assert (below.get_x(), below.get_y()) == (one.get_x(), one.get_y() + one.get_height())


def test_a_higher_rating_is_darker_and_a_zero_is_not_missing():
    figure = draw(SAMPLE)
    four, missing, zero, middling = (
        sum(box(figure, fact).get_facecolor()[:3]) for fact in SAMPLE["value_id"]
    )
    assert four < middling < zero < missing == 3  # white


def test_a_missing_rating_says_so_and_prints_no_number():
    assert words(draw(SAMPLE)).count("缺") == 1
    shown = [text for text in words(draw(SAMPLE)) if re.fullmatch(r"[\d.]+", text)]
    assert sorted(shown) == ["0", "2.5", "4"]


def test_the_line_below_a_rating_is_as_long_as_its_evidence_is_sure():
    figure = draw(SAMPLE)

    def length(fact):
        (line,) = [one for one in pieces(figure, fact) if hasattr(one, "get_closed")]
        return line.get_xy()[1][0] - line.get_xy()[0][0]

    assert length("n.rating.size") == pytest.approx(4 * length("s.rating.price"))  # 0.8 / 0.2
    assert {"B", "E"} <= set(words(draw(SAMPLE)))  # the legend
