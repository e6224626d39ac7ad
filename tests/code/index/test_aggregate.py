"""Aggregation: worked answers for coverage, bounds, contributions and geometric nodes."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from suyuan.index.aggregate import aggregate, contributions, effective_weights
from suyuan.index.aggregations import GEOMETRIC
from suyuan.index.tree import Node, Tree
from tests.code.index.published import case
from tests.code.index.trees import grown

NAN = np.nan
OUTPUT = (0.0, 100.0)
TWO_LEVELS = grown({"left": (3, {"a": 1, "b": 1}), "right": (1, {"c": 2})})


def frame(**columns):
    units = [f"u{position}" for position in range(len(next(iter(columns.values()))))]
    return pd.DataFrame(columns, index=units, dtype=float)


def test_a_rubric_with_a_gap():
    published = case("goalposts.json", "rubric")
    weights, ratings = published["weights"], published["scores"]
    tree = Tree([Node("all"), *(Node(f"i{i}", "all", w) for i, w in enumerate(weights))])
    scores = frame(**{f"i{i}": [NAN if r is None else r * 20] for i, r in enumerate(ratings)})
    found = aggregate(tree, scores, OUTPUT)
    # known: 0.4·80 + 0.25·40 = 42 of a weight of 0.65
    assert found.scores["all"].item() == pytest.approx(published["renormalised"])
    assert found.coverage["all"].item() == pytest.approx(0.65)
    bounds = [found.low["all"].item(), found.high["all"].item()]
    assert bounds == pytest.approx(published["bounds_0_100"])
    assert bounds[0] == pytest.approx(published["zero_filled"])
    assert found.scores["all"].item() > published["zero_filled"] + 20


def test_two_levels():
    found = aggregate(TWO_LEVELS, frame(a=[20, 20, NAN], b=[60, NAN, NAN], c=[80, 80, 80]), OUTPUT)
    # 0.75·(20+60)/2 + 0.25·80; 0.75·20 + 0.25·80; 80 alone
    np.testing.assert_allclose(found.scores["top"], [50, 35, 80])
    np.testing.assert_allclose(found.coverage["top"], [1, 0.625, 0.25])
    np.testing.assert_allclose(found.low["top"], [50, 27.5, 20])
    np.testing.assert_allclose(found.high["top"], [50, 65, 95])
    assert found.scores["left"].isna().tolist() == [False, False, True]
    assert list(found.scores) == list(TWO_LEVELS.nodes)


@pytest.mark.parametrize("count", [10, 12, 14, 20])
def test_the_coverage_of_who_knows_all_is_one_to_the_last_digit(count):
    tree = Tree([Node("top"), *(Node(f"c{i}", "top") for i in range(count))])
    scores = frame(**{f"c{i}": [50, 60.0] for i in range(count)})
    seen = pd.DataFrame({name: [True, False] for name in scores}, index=scores.index)
    found = aggregate(tree, scores, OUTPUT, observed=seen)
    assert found.coverage["top"].tolist() == [1, 0]
    assert found.imputed["top"].tolist() == [0, 1]


def test_a_unit_of_which_nothing_is_known_has_bounds_and_no_score():
    found = aggregate(TWO_LEVELS, frame(a=[NAN], b=[NAN], c=[NAN]), OUTPUT)
    assert found.scores["top"].isna().all()
    assert found.coverage["top"].item() == 0
    assert (found.low["top"].item(), found.high["top"].item()) == (0, 100)


def test_bounds_are_infinite_where_scores_have_none():
    found = aggregate(TWO_LEVELS, frame(a=[20, NAN], b=[60, 60], c=[80, 80]), (-np.inf, np.inf))
    assert found.low["top"].tolist() == [50, -np.inf]
    assert found.high["top"].tolist() == [50, np.inf]


def test_an_indicator_without_weight_bounds_nothing():
    tree = Tree([Node("top"), Node("a", "top", 1), Node("b", "top", 0)])
    found = aggregate(tree, frame(a=[30, NAN], b=[NAN, 70]), (-np.inf, np.inf))
    np.testing.assert_array_equal(found.scores["top"], [30, NAN])
    assert found.coverage["top"].tolist() == [1, 0]
    assert found.low["top"].tolist() == [30, -np.inf]


GEOMETRIC_TREE = Tree(
    [
        Node("top", aggregation=GEOMETRIC),
        Node("left", "top", 1),
        Node("c", "top", 1),
        Node("a", "left", 3),
        Node("b", "left", 1),
    ]
)


def test_a_geometric_node():
    found = aggregate(GEOMETRIC_TREE, frame(a=[20, NAN, 0], b=[60, 90, 0], c=[40, 40, 40]), OUTPUT)
    # left 30, 90, 0: √(30·40), √(90·40), 0
    np.testing.assert_allclose(found.scores["top"], [np.sqrt(1200), 60, 0])
    # a at 0: left 22.5; at 100: 97.5
    np.testing.assert_allclose(found.low["top"], [np.sqrt(1200), 30, 0])
    np.testing.assert_allclose(found.high["top"], [np.sqrt(1200), np.sqrt(3900), 0])


def test_contributions_to_a_geometric_node_are_its_elasticities():
    scores = aggregate(GEOMETRIC_TREE, frame(a=[20], b=[60], c=[40]), OUTPUT).scores
    added = contributions(GEOMETRIC_TREE, scores, "top")
    # half of 34.64 each side; below left 15 of a and 15 of b make the 30
    np.testing.assert_allclose(added.to_numpy(), np.sqrt(1200) * np.array([[0.5, 0.25, 0.25]]))
    assert list(added) == ["c", "a", "b"]


def test_contributions_to_an_arithmetic_tree():
    scores = aggregate(TWO_LEVELS, frame(a=[20, 20], b=[60, NAN], c=[80, 80]), OUTPUT).scores
    added = contributions(TWO_LEVELS, scores, "top")
    np.testing.assert_allclose(added, [[7.5, 22.5, 20], [15, NAN, 20]])
    assert added.sum(axis=1).tolist() == pytest.approx(scores["top"].tolist())


def test_a_geometric_mean_of_zero_has_contributions_of_zero():
    scores = aggregate(GEOMETRIC_TREE, frame(a=[0], b=[0], c=[40]), OUTPUT).scores
    assert contributions(GEOMETRIC_TREE, scores, "top").to_numpy().tolist() == [[0, 0, 0]]


def test_effective_weights_are_those_of_what_is_known():
    frame_ = frame(a=[20, 20, NAN], b=[60, NAN, NAN], c=[80, 80, NAN])
    found = effective_weights(TWO_LEVELS, aggregate(TWO_LEVELS, frame_, OUTPUT).scores, "top")
    np.testing.assert_allclose(found, [[0.375, 0.375, 0.25], [0.75, 0, 0.25], [NAN] * 3])


def test_several_roots_stand_beside_each_other():
    tree = Tree([Node("p"), Node("a", "p"), Node("q"), Node("b", "q")])
    scores = aggregate(tree, frame(a=[10], b=[30]), OUTPUT).scores
    assert scores.loc["u0", ["p", "q"]].tolist() == [10, 30]
    assert list(contributions(tree, scores, "q")) == ["b"]


def test_a_negative_score_has_no_geometric_mean():
    with pytest.raises(ValueError, match="negative"):
        aggregate(GEOMETRIC_TREE, frame(a=[-50], b=[-60], c=[40]), OUTPUT)


@pytest.mark.parametrize(
    ("how", "high"),
    [("geometric", [np.inf, np.inf, 0]), ("harmonic", [100, np.inf, 0])]
    + [(how, [np.inf] * 3) for how in ("arithmetic", "power:2", "power:0.5")],
)
def test_bounds_of_every_mean_where_there_is_no_best_score(how, high):
    tree = Tree([Node("top", aggregation=how), Node("a", "top", 1), Node("b", "top", 1)])
    found = aggregate(tree, frame(a=[50, NAN, 0], b=[NAN, NAN, NAN]), (0, np.inf))
    assert found.high["top"].tolist() == high


@pytest.mark.parametrize("how", ["arithmetic", "geometric", "harmonic"])
def test_nothing_is_added_to_a_score_that_there_is_not(how):
    top = Node("top", aggregation=how, available=0.8)
    tree = Tree([top, Node("a", "top", 1), Node("b", "top", 1)])
    scores = aggregate(tree, frame(a=[50, 50], b=[NAN, 50]), OUTPUT).scores
    assert scores["top"].isna().tolist() == [True, False]
    np.testing.assert_allclose(contributions(tree, scores, "top"), [[NAN, NAN], [25, 25]])
