"""The pipeline: weights from the data, upwards, and who is ranked."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from suyuan.index import weighting
from suyuan.index.aggregate import Aggregates, aggregate
from suyuan.index.aggregations import GEOMETRIC
from suyuan.index.pipeline import BELOW_COVERAGE, RANKED, ranked, reweighted
from suyuan.index.ranking import Order
from suyuan.index.tree import Node, Tree

NAN = np.nan
ALL = [np.arange(3)]
TREE = Tree(
    [
        Node("top"),
        Node("m", "top", 9, aggregation=GEOMETRIC),
        Node("c", "top", 1),
        Node("a", "m", 9),
        Node("b", "m", 1),
    ]
)
SCORES = pd.DataFrame(
    {"a": [10, 40, 90.0], "b": [40, 10, 10.0], "c": [5, NAN, 20.0]}, index=["u", "v", "w"]
)


@pytest.mark.parametrize("method", ["entropy", "critic", "variation"])
def test_a_node_is_weighted_by_its_children_as_they_were_reweighted(method):
    found = reweighted(TREE, SCORES, method)
    weights = getattr(weighting, method)
    below = weights(SCORES[["a", "b"]].to_numpy())
    np.testing.assert_allclose(found.shares("m"), below)
    middle = np.exp(np.log(SCORES[["a", "b"]].to_numpy()) @ below)
    above = weights(np.column_stack([middle, SCORES["c"]]))
    np.testing.assert_allclose(found.shares("top"), above)
    assert found.nodes["m"].aggregation == GEOMETRIC


def test_who_has_too_little_of_a_node_has_no_part_in_the_weights_above():
    tree = Tree(
        [replace(node, available=0.9) if id == "m" else node for id, node in TREE.nodes.items()]
    )
    scores = SCORES.assign(c=[5, 10, 20.0])
    scores.loc["v", "b"] = NAN
    found = reweighted(tree, scores, "variation")
    below = weighting.variation(scores[["a", "b"]].to_numpy())
    middle = np.exp(np.log(scores[["a", "b"]].to_numpy()) @ below)  # v has none
    above = weighting.variation(np.column_stack([middle, scores["c"]]))
    np.testing.assert_allclose(found.shares("top"), above)


def test_declared_weights_stay():
    assert reweighted(TREE, SCORES, "declared") is TREE


def test_equal_weights():
    assert reweighted(TREE, SCORES, "equal").leaf_weights("top") == {"a": 0.25, "b": 0.25, "c": 0.5}


def aggregates() -> Aggregates:
    return aggregate(TREE, SCORES, (0.0, 100.0))


def test_who_knows_too_little_has_no_rank_and_takes_none():
    # v knows 0.9 of the weight and has the second score
    everyone, _ = ranked(TREE, aggregates(), 0.9, Order(), ALL)
    assert everyone["top"].tolist() == [3, 2, 1]
    ranks, status = ranked(TREE, aggregates(), 0.91, Order(), ALL)
    np.testing.assert_array_equal(ranks["top"], [2, NAN, 1])
    assert status["top"].tolist() == [RANKED, BELOW_COVERAGE, RANKED]
    assert status["m"].tolist() == [RANKED] * 3
    assert list(ranks) == ["top", "m"]
