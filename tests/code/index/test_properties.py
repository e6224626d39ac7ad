"""What must hold for every tree and all data, known or missing."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from suyuan.index.aggregate import aggregate, contributions, effective_weights
from suyuan.index.ranking import rank
from suyuan.index.scoring import GOALPOST, normalise
from suyuan.index.tree import Node, Tree

OUTPUT = (0.0, 100.0)
LOW, HIGH = -50.0, 150.0
AGGREGATIONS = ("arithmetic", "geometric", "harmonic", "power:2", "power:0.5", "power:-3")
NUMBERS = st.floats(LOW, HIGH).map(lambda value: round(value, 6))
CELLS = st.one_of(st.just(float("nan")), NUMBERS)
WEIGHTS = st.integers(0, 20).map(lambda tenths: tenths / 10)


@st.composite
def trees(draw):
    """One root, one to four indicators below each of one to three nodes, and one beside them."""
    nodes = [Node("top", aggregation=draw(st.sampled_from(AGGREGATIONS)))]
    nodes.append(Node("beside", "top", 1.0, low=LOW, high=HIGH))
    for branch in range(draw(st.integers(1, 3))):
        middle = f"n{branch}"
        aggregation = draw(st.sampled_from(AGGREGATIONS))
        nodes.append(Node(middle, "top", draw(WEIGHTS), aggregation=aggregation))
        for leaf in range(draw(st.integers(1, 4))):
            weight = draw(WEIGHTS) if leaf else 1.0
            direction = draw(st.sampled_from([1, -1]))
            own = Node(f"{middle}i{leaf}", middle, weight, direction=direction, low=LOW, high=HIGH)
            nodes.append(own)
    return Tree(nodes)


@st.composite
def cases(draw, cells=CELLS, least=2):
    tree = draw(trees())
    count = draw(st.integers(least, 6))
    row = st.lists(cells, min_size=len(tree.leaves), max_size=len(tree.leaves))
    values = draw(st.lists(row, min_size=count, max_size=count))
    units = [f"u{position}" for position in range(count)]
    return tree, pd.DataFrame(values, index=units, columns=list(tree.leaves), dtype=float)


def scored(tree, data):
    leaves = {
        leaf: normalise(data[leaf].to_numpy(), tree.nodes[leaf], GOALPOST, OUTPUT)
        for leaf in tree.leaves
    }
    return aggregate(tree, pd.DataFrame(leaves, index=data.index), OUTPUT)


def same(found, expected):
    np.testing.assert_allclose(found, expected, rtol=1e-9, atol=1e-9)


@given(cases(), st.randoms(use_true_random=False))
def test_the_order_of_units_changes_nothing_but_the_order(case, random):
    tree, data = case
    order = list(data.index)
    random.shuffle(order)
    ours, theirs = scored(tree, data), scored(tree, data.loc[order])
    pd.testing.assert_frame_equal(theirs.scores, ours.scores.loc[order])
    ranks = pd.Series(rank(ours.scores["top"].to_numpy()), index=data.index)
    np.testing.assert_array_equal(rank(theirs.scores["top"].to_numpy()), ranks[order])


@given(cases(), st.randoms(use_true_random=False))
def test_the_order_of_nodes_changes_nothing_but_the_order(case, random):
    tree, data = case
    nodes = list(tree.nodes.values())
    random.shuffle(nodes)
    ours, theirs = scored(tree, data), scored(Tree(nodes), data)
    for table in ("scores", "coverage", "low", "high"):
        same(getattr(theirs, table)[list(tree.nodes)], getattr(ours, table))


@given(cases())
def test_contributions_add_up(case):
    tree, data = case
    scores = scored(tree, data).scores
    added = contributions(tree, scores, "top")
    known = scores["top"].notna()
    same(added[known].sum(axis=1), scores["top"][known])
    assert (added[known].fillna(0) >= -1e-12).all(axis=None)


@given(cases())
def test_what_is_known_weighs_one_in_all(case):
    tree, data = case
    scores = scored(tree, data).scores
    weights = effective_weights(tree, scores, "top")
    same(weights[scores["top"].notna()].sum(axis=1), 1.0)
    assert not (weights.where(data[list(weights)].isna()) > 0).any(axis=None)


@given(cases(), st.data())
def test_another_unit_changes_no_score(case, data):
    tree, frame = case
    row = data.draw(st.lists(CELLS, min_size=len(tree.leaves), max_size=len(tree.leaves)))
    more = pd.concat([frame, pd.DataFrame([row], index=["new"], columns=frame.columns)])
    pd.testing.assert_frame_equal(
        scored(tree, more).scores.drop(index="new"), scored(tree, frame).scores
    )
    less = frame.iloc[1:]
    pd.testing.assert_frame_equal(scored(tree, less).scores, scored(tree, frame).scores.iloc[1:])


@given(cases(), st.data())
def test_doing_better_never_lowers_a_score(case, data):
    tree, frame = case
    leaf = data.draw(st.sampled_from(tree.leaves))
    assume(not np.isnan(frame.loc["u0", leaf]))
    raised = frame.copy()
    raised.loc["u0", leaf] += tree.nodes[leaf].direction * data.draw(st.floats(0, 100))
    before, after = scored(tree, frame).scores, scored(tree, raised).scores
    assert not (after.loc["u0"] < before.loc["u0"] - 1e-9).any()
    pd.testing.assert_frame_equal(after.drop(index="u0"), before.drop(index="u0"))


@given(cases())
def test_scores_lie_within_their_bounds_and_these_within_the_range(case):
    tree, data = case
    found = scored(tree, data)
    assert not (found.scores < found.low - 1e-9).any(axis=None)
    assert not (found.scores > found.high + 1e-9).any(axis=None)
    assert (found.low >= -1e-9).all(axis=None)
    assert (found.high <= 100 + 1e-9).all(axis=None)
    assert found.coverage.ge(0).all(axis=None)
    assert found.coverage.le(1).all(axis=None)


@given(cases(), st.data())
def test_learning_a_missing_value_narrows_the_bounds(case, data):
    tree, frame = case
    gaps = [
        (unit, leaf) for unit in frame.index for leaf in frame if np.isnan(frame.at[unit, leaf])
    ]
    assume(gaps)
    filled = frame.copy()
    unit, leaf = data.draw(st.sampled_from(gaps))
    filled.at[unit, leaf] = data.draw(NUMBERS)
    before, after = scored(tree, frame), scored(tree, filled)
    assert (after.low >= before.low - 1e-9).all(axis=None)
    assert (after.high <= before.high + 1e-9).all(axis=None)
    assert (after.coverage >= before.coverage - 1e-12).all(axis=None)


@given(cases(), st.floats(0.01, 100))
def test_scaling_weights_changes_nothing(case, factor):
    tree, data = case
    scaled = Tree([replace(node, weight=node.weight * factor) for node in tree.nodes.values()])
    ours, theirs = scored(tree, data), scored(scaled, data)
    same(theirs.scores, ours.scores)
    same(theirs.coverage, ours.coverage)


@given(cases(cells=NUMBERS))
def test_full_knowledge_leaves_no_doubt(case):
    tree, data = case
    found = scored(tree, data)
    same(found.coverage, 1.0)
    same(found.low, found.scores)
    same(found.high, found.scores)


@given(cases(cells=NUMBERS))
def test_a_geometric_mean_is_at_most_the_arithmetic(case):
    tree, data = case
    arithmetic, geometric = (scored(tree.aggregated(how), data).scores for how in AGGREGATIONS[:2])
    assert (geometric["top"] <= arithmetic["top"] + 1e-9).all()


@given(st.lists(CELLS, max_size=12))
def test_ranks_count_those_ahead(scores):
    values = np.array(scores, dtype=float)
    known = ~np.isnan(values)
    ranks = rank(values, tolerance=0.0)
    assert np.isnan(ranks[~known]).all()
    ahead = (values[known][None, :] > values[known][:, None]).sum(axis=1)
    assert ranks[known].tolist() == (ahead + 1).tolist()
    halves = rank(values, "fractional", tolerance=0.0)[known]
    assert halves.sum() == pytest.approx(known.sum() * (known.sum() + 1) / 2)
