"""Means of every exponent, TOPSIS and Copeland: worked answers, and what must always hold."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from suyuan.index.aggregate import Frame, aggregate, contributions, node_score
from suyuan.index.aggregations import AGGREGATIONS, aggregation, copeland, topsis
from suyuan.index.tree import Node, Tree
from tests.code.index.test_properties import NUMBERS, OUTPUT, cases, same, scored
from tests.code.index.test_provenance import of, table

NAN = np.nan
HALF = np.array([0.5, 0.5])
POWERS = st.sampled_from([-30.0, -3.0, -1.0, -0.5, 0.0, 0.5, 1.0, 2.0, 7.0, 30.0])


def one(values, shares, how):
    return float(node_score(np.array([values], dtype=float), np.array(shares, dtype=float), how)[0])


@pytest.mark.parametrize(
    ("how", "values", "shares", "expected"),
    [
        ("harmonic", [40, 60], [0.5, 0.5], 48),  # 2 / (1/40 + 1/60)
        ("harmonic", [20, 60], [0.25, 0.75], 40),  # 1 / (1/80 + 3/240)
        ("harmonic", [0, 60], [0.5, 0.5], 0),
        ("harmonic", [0, 60], [0, 1], 60),
        ("harmonic", [NAN, 60], [0.5, 0.5], 60),
        ("power:2", [30, 40], [0.5, 0.5], np.sqrt(1250)),
        ("power:2", [0, 40], [0.5, 0.5], np.sqrt(800)),
        ("power:0.5", [16, 64], [0.5, 0.5], 36),  # ((4 + 8)/2)²
        ("power:-2", [3, 4], [0.5, 0.5], np.sqrt(2 / (1 / 9 + 1 / 16))),
        ("power:0", [4, 9], [0.5, 0.5], 6),
        ("power:1", [4, 9], [0.5, 0.5], 6.5),
        ("power:80", [1e-9, 1e9], [0.5, 0.5], 1e9 * 0.5 ** (1 / 80)),
        ("power:-80", [1e-9, 1e9], [0.5, 0.5], 1e-9 * 0.5 ** (-1 / 80)),
        ("power:3", [0, 0], [0.5, 0.5], 0),
        ("power:3", [NAN, NAN], [0.5, 0.5], NAN),
        ("harmonic", [NAN, NAN], [0.5, 0.5], NAN),
    ],
)
def test_worked_means(how, values, shares, expected):
    assert one(values, shares, how) == pytest.approx(expected, rel=1e-13, nan_ok=True)


@given(st.lists(st.floats(0, 100), min_size=1, max_size=6), POWERS, POWERS, st.data())
def test_a_larger_exponent_gives_no_smaller_mean_between_least_and_greatest(values, p, q, data):
    weights = data.draw(
        st.lists(st.floats(0.01, 1), min_size=len(values), max_size=len(values)).map(np.array)
    )
    shares = weights / weights.sum()
    low, high = (one(values, shares, f"power:{power:g}") for power in sorted((p, q)))
    assert min(values) - 1e-9 <= low <= high + 1e-9 <= max(values) + 2e-9


def test_the_smallest_of_all_numbers_has_a_mean():
    tiny = 2.0**-1030
    assert one([1.0, tiny], [0.5, 0.5], "power:-30") == pytest.approx(tiny * 2 ** (1 / 30))


@given(cases(), POWERS)
def test_contributions_add_up_for_every_exponent(case, power):
    tree, data = case
    tree = tree.aggregated(aggregation(f"power:{power:g}").name)
    found = scored(tree, data)
    added = contributions(tree, found.scores, "top")
    known = found.scores["top"].notna()
    same(added[known].sum(axis=1), found.scores["top"][known])
    assert not (found.scores < found.low - 1e-9).any(axis=None)
    assert not (found.scores > found.high + 1e-9).any(axis=None)


def test_an_unknown_way_is_refused():
    for name in ("median", "power:", "power:inf", "power"):
        with pytest.raises(ValueError, match=r"aggregation|exponent|float"):
            aggregation(name)
    assert all(each.source for each in AGGREGATIONS.values())


# --- TOPSIS and Copeland --------------------------------------------------------------------------


def test_topsis_by_hand():
    scores = np.array([[3.0, 0], [0, 4], [3, 4]])
    # Weighted by a half, best is (1.5, 2), worst (0, 0): A is 2 from the one, 1.5 from the other
    assert topsis(scores, HALF, 100).tolist() == pytest.approx([1.5 / 3.5, 2 / 3.5, 1])


def test_topsis_over_what_is_known():
    scores = np.array([[3.0, 0], [0, NAN], [3, 4], [NAN, NAN]])
    # B knows the first alone, on which it is the worst
    assert topsis(scores, HALF, 100).tolist() == pytest.approx([1.5 / 3.5, 0, 1, NAN], nan_ok=True)


def test_topsis_of_units_that_are_alike_is_a_half():
    scores = np.array([[0.1 + 0.2, 5], [0.3, 5]])
    assert topsis(scores, HALF, 100).tolist() == [0.5, 0.5]


def test_copeland_by_hand():
    # A beats B on x and z, C on x and y; B beats C on y and z: 1, ½, 0 of the other two
    scores = np.array([[3.0, 2, 3], [2, 3, 2], [1, 1, 1]])
    assert copeland(scores, np.full(3, 1 / 3), 100).tolist() == [1, 0.5, 0]
    # with y at 0.6 B beats A
    assert copeland(scores, np.array([0.2, 0.6, 0.2]), 100).tolist() == [0.5, 1, 0]


def test_a_tie_is_half_a_win():
    scores = np.array([[1.0, 2], [2, 1], [0, 0]])
    assert copeland(scores, HALF, 100).tolist() == [0.75, 0.75, 0]
    rounding = np.array([[0.1 + 0.2], [0.3]])
    assert copeland(rounding, np.array([1.0]), 1).tolist() == [0.5, 0.5]


def test_copeland_of_who_shares_no_child():
    scores = np.array([[1.0, NAN], [NAN, 2], [2, 1], [NAN, NAN]])
    # C beats A and loses to B; A and B tie
    expected = [0.25, 0.75, 0.5, NAN]
    assert copeland(scores, HALF, 100).tolist() == pytest.approx(expected, nan_ok=True)


def test_copeland_is_the_same_in_blocks(monkeypatch):
    rng = np.random.default_rng(1)
    scores, weights = rng.random((9, 3, 4)).round(1), rng.random((3, 4))
    whole = copeland(scores, weights, 1)
    monkeypatch.setattr("suyuan.index.aggregations.BLOCK", 1)
    np.testing.assert_array_equal(copeland(scores, weights, 1), whole)
    for draw in range(4):
        alone = copeland(scores[..., draw], weights[:, draw], 1)
        np.testing.assert_array_equal(alone, whole[:, draw])


@pytest.mark.parametrize("how", ["topsis", "copeland"])
@given(case=cases(cells=NUMBERS, least=3))
def test_who_is_better_in_all_is_ahead_and_scores_keep_to_the_range(how, case):
    tree, data = case
    tree = tree.aggregated(how)
    raised = data.copy()
    for leaf in tree.leaves:
        best = data[leaf].max() if tree.nodes[leaf].direction > 0 else data[leaf].min()
        raised.loc["u0", leaf] = best
    found = scored(tree, raised).scores["top"]
    assert found["u0"] >= found.max() - 1e-9
    assert found.between(OUTPUT[0] - 1e-9, OUTPUT[1] + 1e-9).all()


MIXED = Tree(
    [
        Node("top"),
        Node("m", "top", 3, aggregation="topsis"),
        Node("c", "top", 1),
        Node("a", "m", 1),
        Node("b", "m", 1),
    ]
)


def test_a_node_that_compares_units_is_one_part():
    scores = pd.DataFrame({"a": [0, 100, 50.0], "b": [0, 100, 50.0], "c": [10, 20, 30.0]})
    found = aggregate(MIXED, scores, OUTPUT)
    assert found.scores["m"].tolist() == [0, 100, 50]
    added = contributions(MIXED, found.scores, "top")
    assert added.columns.tolist() == ["m", "c"]
    assert added.iloc[1].tolist() == [75, 5]
    pd.testing.assert_frame_equal(found.low, found.scores)


def test_what_one_unit_lacks_leaves_all_in_doubt():
    scores = pd.DataFrame({"a": [0, 100, NAN], "b": [0, 100, 50.0], "c": [10, 20, 30.0]})
    found = aggregate(MIXED, scores, OUTPUT)
    assert found.low["m"].tolist() == [0, 0, 0]
    assert found.high["top"].tolist() == [77.5, 80, 82.5]
    assert found.coverage["m"].tolist() == [1, 1, 0.5]


def test_groups_are_compared_within_themselves():
    values = np.array([[1.0], [2], [3], [4]])
    groups = [np.array([0, 1]), np.array([2, 3])]
    found = node_score(values, np.array([1.0]), "copeland", Frame(OUTPUT, groups))
    assert found.tolist() == [0, 100, 0, 100]


@pytest.mark.parametrize("how", ["topsis", "copeland", "harmonic", "{power: 0.5}"])
def test_draws_are_of_the_same_index(tmp_path, how):
    recipe = f"normalise: {{method: minmax}}\naggregation: {how}\ncoverage: 0.5\n"
    recipe += "uncertainty: {draws: 3, concentration: 1000000000000000}\n"
    tree = "node_id,parent_id,weight\ntop,,\nm,top,3\na,m,1\nb,m,2\nc,top,2\n"
    found = of(tmp_path, "u,a,b,c\nA,1,3,2\nB,2,1,\nC,3,9,1\nD,,2,3\n", recipe, tree)
    scores = found.index.aggregates.scores["top"].to_numpy()[:, None]
    np.testing.assert_allclose(found.draws["top"], np.repeat(scores, 3, 1), rtol=1e-5)


def test_available_children_make_a_score_or_none(tmp_path):
    tree = "node_id,parent_id,weight,available\ntop,,,\nm,top,1,0.6\na,m,1,\nb,m,1,\nc,top,1,\n"
    data = "u,a,b,c\nA,1,3,2\nB,2,,4\nC,3,9,6\n"
    found = of(tmp_path, data, "normalise: {method: minmax}\ncoverage: 0.5\n", tree)
    scores, bounds = found.index.aggregates.scores, table(found, "bounds")
    assert np.isnan(scores.loc["B", "m"])
    assert scores.loc["B", "top"] == 50
    assert bounds.loc["B", ["coverage", "low", "high"]].tolist() == [0.5, 25, 75]
    assert table(found, "intervals").loc["B", ["score_low", "score_high"]].tolist() == [50, 50]


def test_a_node_has_a_coverage_of_its_own(tmp_path):
    tree = "node_id,parent_id,weight,coverage\ntop,,,0.5\nm,top,1,1\na,m,1,\nb,m,1,\nc,top,1,\n"
    data = "u,a,b,c\nA,1,3,2\nB,2,,4\nC,3,9,6\n"
    found = of(tmp_path, data, "normalise: {method: minmax}\ncoverage: 0.9\n", tree)
    assert found.index.status.loc["B"].to_dict() == {"top": "ranked", "m": "below_coverage"}
