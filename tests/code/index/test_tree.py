"""The tree: weights, levels, and a problem for each way it can be wrong."""

from __future__ import annotations

import numpy as np
import pytest

from suyuan.core.errors import DataError
from suyuan.index.aggregations import GEOMETRIC
from suyuan.index.tree import Node, Tree

NODES = [
    Node("a", "left", 2),
    Node("top"),
    Node("right", "top", 3),
    Node("left", "top", 1),
    Node("b", "left", 6),
]


def test_levels_in_the_order_of_the_table():
    tree = Tree(NODES)
    assert tree.roots == ("top",)
    assert tree.leaves == ("a", "right", "b")
    assert tree.upward == ("left", "top")
    assert tree.children("top") == ("right", "left")
    assert tree.leaves_below("top") == ("right", "a", "b")
    assert tree.leaves_below("b") == ("b",)


def test_weights_are_shares_among_siblings():
    tree = Tree(NODES)
    np.testing.assert_allclose(tree.shares("top"), [0.75, 0.25])
    # 1/4 · 2/8 and 1/4 · 6/8
    assert tree.leaf_weights("top") == pytest.approx({"right": 0.75, "a": 0.0625, "b": 0.1875})


def test_other_weights_and_other_means():
    tree = Tree(NODES)
    assert tree.reweighted({"right": 1}).shares("top").tolist() == [0.5, 0.5]
    assert tree.shares("top").tolist() == [0.75, 0.25]
    assert {node.aggregation for node in tree.aggregated(GEOMETRIC).nodes.values()} == {GEOMETRIC}


def test_without_a_node_its_siblings_share_its_weight():
    tree = Tree(NODES)
    assert tree.without("a").leaf_weights("top") == pytest.approx({"right": 0.75, "b": 0.25})
    assert tree.without("left").leaf_weights("top") == {"right": 1}
    assert "left" not in tree.without("a").without("b").nodes  # it would become an indicator


@pytest.mark.parametrize(
    ("nodes", "found"),
    [
        ([], [("E509", 1, "node_id", "")]),
        (
            [Node("t", line=2), Node("a", "t", line=3), Node("a", "t", line=4)],
            [("E501", 4, "node_id", "a")],
        ),
        (
            [Node("t", line=2), Node("a", "t", line=3), Node("b", "x", line=4)],
            [("E502", 4, "parent_id", "x")],
        ),
        (
            [
                Node("t", line=2),
                Node("a", "t", line=3),
                Node("b", "c", line=4),
                Node("c", "b", line=5),
            ],
            [("E503", 4, "parent_id", "c"), ("E503", 5, "parent_id", "b")],
        ),
        ([Node("t", "t", line=2)], [("E503", 2, "parent_id", "t")]),
        ([Node("t", line=2), Node("a", "t", -1, line=3)], [("E504", 3, "weight", "-1")]),
        ([Node("t", line=2), Node("a", "t", np.inf, line=3)], [("E504", 3, "weight", "inf")]),
        ([Node("t", line=2), Node("a", "t", np.nan, line=3)], [("E504", 3, "weight", "nan")]),
        (
            [Node("t", line=2), Node("a", "t", 0, line=3), Node("b", "t", 0, line=4)],
            [("E505", 3, "weight", "")],
        ),
        (
            [Node("t", line=2), Node("a", "t", low=5, high=5, line=3)],
            [("E506", 3, "high", "5")],
        ),
        ([Node("t", line=2)], [("E523", 2, "node_id", "t")]),
    ],
)
def test_what_is_wrong_is_told_with_its_place(nodes, found):
    with pytest.raises(DataError) as error:
        Tree(nodes, "tree.csv")
    problems = error.value.problems
    assert [(p.code, p.row, p.column, p.value) for p in problems] == found
    assert {p.file for p in problems} == {"tree.csv"}
