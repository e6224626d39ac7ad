"""The chart kind ``icicle``."""

from __future__ import annotations

import pandas as pd
import pytest

from suyuan.figures.kinds.icicle import draw
from tests.code.figures.drawing import box, named, words

COLUMNS = ["series", "label", "node", "parent", "v", "txt"]
SAMPLE = pd.DataFrame(
    [
        ("甲", "甲", "a", "", 0.6, "0.6"),
        ("甲", "甲一", "a1", "a", 0.75, "0.75"),
        ("甲", "甲二", "a2", "a", 0.25, "0.25"),
        ("乙", "乙", "b", "", 0.4, "0.4"),
    ],
    columns=COLUMNS,
).assign(value_id=lambda table: table["node"] + ".weight")


def many(name, count):
    """So many leaves with such names, in one branch."""
    leaves = [
        ("甲", one, f"l{n}", "a", 1 / count, "0.03") for n, one in enumerate(named(name, count))
    ]
    return pd.DataFrame([("甲", name, "a", "", 1.0, "1"), *leaves], columns=COLUMNS).assign(
        value_id=lambda table: table["node"] + ".weight"
    )


def test_a_box_is_as_high_as_its_weight_within_the_whole():
    figure = draw(SAMPLE)
    shares = [
        box(figure, fact).get_height() / figure.get_size_inches()[1] for fact in SAMPLE["value_id"]
    ]
    assert shares == pytest.approx([0.6, 0.45, 0.15, 0.4])  # 0.6 · 0.75 = 0.45


def test_children_stand_right_of_their_parent_and_fill_it():
    figure = draw(SAMPLE)
    parent, first, second, other = (box(figure, fact) for fact in SAMPLE["value_id"])
    assert parent.get_x() + parent.get_width() == first.get_x() == second.get_x()
    assert first.get_y() == parent.get_y()
    assert second.get_y() == pytest.approx(first.get_y() + first.get_height())
    assert other.get_x() == parent.get_x()
    assert other.get_y() == pytest.approx(parent.get_height())


def test_a_tree_names_its_nodes_and_prints_their_weights():
    assert {"甲", "甲一", "甲二", "乙", "0.6", "0.75", "0.25", "0.4"} == set(words(draw(SAMPLE)))
