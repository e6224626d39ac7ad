"""The chart kind ``fulfilment_grid``."""

from __future__ import annotations

import math
from itertools import pairwise

import pandas as pd
import pytest

from suyuan.figures.kinds.fulfilment_grid import draw
from tests.code.figures.drawing import box, named, pieces, words

NAN = float("nan")
SAMPLE = pd.DataFrame(
    [
        ("北云", "自助", "普惠", 1.0, "满足", "v.verdict.n_self"),
        ("南云", "自助", "普惠", 0.5, "部分满足", "v.verdict.s_self"),
        ("北云", "公有", "云平台", 0.0, "不满足", "v.verdict.n_public"),
        ("南云", "公有", "云平台", NAN, "本项目记录未载", "v.verdict.s_public"),
    ],
    columns=["series", "label", "group", "level", "said", "value_id"],
)


def many(name, count):
    """So many rows and columns with such names, in groups."""
    rows, columns = named(name, count), [f"{name}{n}" for n in range(min(count, 8))]
    pairs = [(n, row, column) for n, row in enumerate(rows) for column in columns]
    table = pd.DataFrame(
        [(column, row, f"{name}{n // 8}", 0.5, name) for n, row, column in pairs],
        columns=["series", "label", "group", "level", "said"],
    )
    return table.assign(value_id=[f"v.verdict.r{n}" for n in range(len(table))])


def test_a_fuller_verdict_is_darker():
    figure = draw(SAMPLE)
    met, partly, no, unknown = (
        sum(box(figure, fact).get_facecolor()[:3]) for fact in SAMPLE["value_id"]
    )
    assert met < partly < no < unknown == 3


def area(path):
    """Of a polygon, by the shoelace formula."""
    around = path.tolist()
    return abs(sum(x * w - z * y for (x, y), (z, w) in pairwise(around))) / 2


def test_signs_can_be_told_apart_without_colour():
    figure = draw(SAMPLE)
    shapes = {}
    for fact, level in zip(SAMPLE["value_id"], SAMPLE["level"], strict=True):
        sign = next(one for one in pieces(figure, fact) if hasattr(one, "get_marker"))
        shapes[level] = sign.get_marker()
    *known, unknown = shapes.values()
    assert unknown == "_"
    full, half, none = (list(path.to_polygons(closed_only=False)) for path in known)
    assert [len(full), len(half), len(none)] == [3, 3, 2]  # the ring alone where nothing is met
    assert area(full[2]) == pytest.approx(2 * area(half[2]))
    assert math.isclose(area(full[2]), math.pi * 0.81, rel_tol=0.01)


def test_the_legend_names_each_verdict_once_best_first():
    named = [text for text in words(draw(SAMPLE)) if text in set(SAMPLE["said"])]
    assert named == ["满足", "部分满足", "不满足", "本项目记录未载"]
