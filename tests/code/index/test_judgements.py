"""Weights from people and from data: comparisons as typed, budgets, components, importance."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from suyuan.core.errors import ReportedError
from suyuan.index import balancing, command, components, weights
from suyuan.index.pairwise import Contradiction, completed
from suyuan.index.selfcheck import CODES
from suyuan.index.weighting import RANDOM_INDEX, UndefinedWeights, ahp
from suyuan.index.weights import WEIGHTINGS
from tests.code.index.test_provenance import of

NAN = np.nan
TREE = "node_id,parent_id,weight,low,high\ntop,,,,\nm,top,1,,\nc,top,3,0,9\n"
TREE += "a,m,1,0,9\nb,m,1,0,9\nd,m,2,0,9\n"
DATA = "u,a,b,c,d\nA,1,3,5,7\nB,2,1,4,9\nC,3,9,1,1\nD,5,6,2,4\n"


def weighted(folder, kind, files):
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    named = next(iter(files)).split("/")[0]
    return of(folder, DATA, f"weights: {{{kind}: {named}}}\n", TREE)


def told(folder, kind, files):
    with pytest.raises(ReportedError) as caught:
        weighted(folder, kind, files)
    return [
        (p.code, p.file.rsplit("/", 1)[1], p.row, p.column, p.value) for p in caught.value.problems
    ]


def shares(found, node):
    tree = found.tree
    return dict(zip(tree.children(node), tree.shares(node).tolist(), strict=True))


# --- pairwise comparisons as people type them ----------------------------------------------------


@pytest.mark.parametrize(
    "cells",
    [
        [["1", "3"], ["1/3", "1"]],
        [["1", "3"], ["0.33", "1"]],
        [["1", "3"], ["0.3", "1"]],
        [["1", "3"], [".333", ""]],
        [["", "3"], ["", ""]],
        [["", ""], ["1/3", ""]],
        [["1.0", "3.0"], ["0.3333333333333333", "1"]],
    ],
)
def test_three_times_as_important(cells):
    assert completed(cells).tolist() == [[1, 3], [1 / 3, 1]]


@pytest.mark.parametrize(
    ("cells", "place"),
    [
        ([["1", "3"], ["0.34", "1"]], (0, 1, "3", "0.34")),
        ([["1", "3"], ["3", "1"]], (0, 1, "3", "3")),
        ([["1", ""], ["", "1"]], (0, 1, "", "")),
        ([["2", "3"], ["", "1"]], (0, 0, "2", "1")),
    ],
)
def test_comparisons_that_contradict_each_other(cells, place):
    with pytest.raises(Contradiction) as caught:
        completed(cells)
    error = caught.value
    assert (error.row, error.column, error.upper, error.lower) == place


@given(
    st.lists(st.sampled_from(range(1, 10)), min_size=3, max_size=3), st.integers(1, 4), st.data()
)
def test_rounded_reciprocals_are_those_of_what_they_round(numbers, decimals, data):
    cells = [["1"] * 3 for _ in range(3)]
    places = [(0, 1), (0, 2), (1, 2)]
    whole = np.ones((3, 3))
    for (row, column), number in zip(places, numbers, strict=True):
        more, less = (column, row) if data.draw(st.booleans()) else (row, column)
        whole[more, less], whole[less, more] = number, 1 / number
        cells[more][less] = str(number)
        cells[less][more] = f"{1 / number:.{decimals}f}"
    np.testing.assert_allclose(completed(cells), whole, rtol=1e-15)
    assert ahp(np.array(cells, dtype=float)).weights == pytest.approx(ahp(whole).weights)


def test_numbers_may_be_computed():
    rng = np.random.default_rng(5)
    for _ in range(200):
        priorities = rng.random(4)
        matrix = np.outer(priorities, 1 / priorities)
        found = ahp(matrix)
        assert found.weights == pytest.approx(priorities / priorities.sum())
        assert found.consistency_ratio == pytest.approx(0, abs=1e-9)


def test_comparisons_of_one_node_from_a_file(tmp_path):
    matrix = "m,a,b,d\na,1,3,5\nb,0.33,1,3\nd,0.2,0.33,1\n"
    found = weighted(tmp_path, "ahp", {"m.csv": matrix})
    # Saaty's example of three criteria at 3, 5 and 3: 0.637, 0.258, 0.105, CR 0.033
    assert {k: round(v, 3) for k, v in shares(found, "m").items()} == {
        "a": 0.637,
        "b": 0.258,
        "d": 0.105,
    }
    assert shares(found, "top") == {"m": 0.25, "c": 0.75}
    table = {output.name: table for output, table in command.made(found)}["judgements"]
    assert table["child"].tolist() == ["a", "b", "d"]
    assert table["consistency_ratio"].round(3).tolist() == [0.033] * 3
    assert table["limit"].tolist() == [0.1] * 3
    assert not [one for one in found.queries if one.code not in CODES.values()]


def test_rows_may_be_in_another_order_and_a_folder_holds_more_nodes(tmp_path):
    files = {
        "ahp/one.csv": "of m,a,b,d\nd,,,\nb,,,3\na,,3,5\n",
        "ahp/two.csv": "of top,c,m\nc,,\nm,4,\n",
    }
    found = weighted(tmp_path, "ahp", files)
    assert shares(found, "top") == pytest.approx({"m": 0.8, "c": 0.2})
    assert round(shares(found, "m")["a"], 3) == 0.637


def test_what_a_program_leaves_in_a_folder_is_not_read(tmp_path):
    files = {
        "ahp/one.csv": "of m,a,b,d\nd,,,\nb,,,3\na,,3,5\n",
        "ahp/~$one.xlsx": "", "ahp/._one.csv": "", "ahp/.~one.csv": "",
    }  # fmt: skip
    assert weighted(tmp_path, "ahp", files).recipe.judged.keys() == {"m"}


@pytest.mark.parametrize(
    ("kind", "first", "second"),
    [
        ("ahp", "of top,c,m\nc,,\nm,4,\n", "of top,c,m\nc,,\nm,2,\n"),
        ("budget", "who,c,m\nx,1,2\n", "who,c,m\nx,2,2\n"),
        ("file", "node_id,weight\nc,1\n", "node_id,weight\nm,2\n"),
    ],
)
def test_two_files_do_not_speak_of_one_node(tmp_path, kind, first, second):
    found = told(tmp_path, kind, {"given/a.csv": first, "given/b.csv": second})
    assert [(code, file, value) for code, file, *_, value in found] == [("E722", "b.csv", "top")]


def test_inconsistent_comparisons_are_asked_about(tmp_path):
    found = weighted(tmp_path, "ahp", {"m.csv": "m,a,b,d\na,,5,1/5\nb,,,5\nd,,,\n"})
    (query,) = (one for one in found.queries if one.code not in CODES.values())
    assert query.code == "E713"
    assert float(query.value) > 1
    assert query.details["limit"] == "0.1"


MANY = [f"x{n}" for n in range(len(RANDOM_INDEX["saaty1980"]) + 1)]


@pytest.mark.parametrize(
    ("kind", "text", "expected"),
    [
        ("ahp", "m,a,b,d\na,1,3,5\nb,3,1,3\nd,,,1\n", ("E711", 2, "b", "3")),
        ("ahp", "m,a,b,d\na,1,3,\nb,,1,3\nd,,,1\n", ("E712", 2, "d", "")),
        ("ahp", "m,a,b,d\na,1,3,5\nb,,1,-3\nd,,,1\n", ("E715", 3, "d", "-3")),
        ("ahp", "m,a,b,d\na,1,3,5\nb,,1,1/0\nd,,,1\n", ("E715", 3, "d", "1/0")),
        ("ahp", "m,a,b\na,1,3\nb,,1\n", ("E714", 1, "m", "a, b")),
        ("ahp", "m,a,b,d\na,1,3,5\nb,,1,2\n", ("E714", 1, "m", "a, b, d")),
        ("file", "node_id,weight\na,1\nq,2\n", ("E718", 3, "node_id", "q")),
        ("file", "node_id,weight\na,-1\n", ("E504", 2, "weight", "-1")),
        ("file", "node_id,weight\na,\n", ("E504", 2, "weight", "")),
        ("file", "node_id,weight\na,1\na,2\n", ("E110", 3, "node_id", "a")),
        ("file", "node_id,weight\na,0\nb,0\nd,0\n", ("E505", 2, "weight", "a")),
        ("file", "node,weight\na,0\n", ("E510", 1, "node_id", "")),
        ("budget", "who,a,b\nX,5,5\n", ("E510", 1, "d", "")),
        ("budget", "who,a,b,d\nX,5,5,\n", ("E717", 2, "d", "")),
        ("budget", "who,a,b,d\nX,0,0,0\n", ("E505", 2, "a", "0")),
        ("budget", "who,a,b,d\nX,,,\n", ("E717", 1, "a", "a, b, d")),
        ("budget", "who,a,b,d,q\nX,1,1,1,1\n", ("E718", 1, "q", "q")),
    ],
)
def test_what_is_wrong_with_a_file_of_weights(tmp_path, kind, text, expected):
    code, row, column, value = expected
    assert told(tmp_path, kind, {"w.csv": text}) == [(code, "w.csv", row, column, value)]


def test_a_file_that_is_not_there(tmp_path):
    with pytest.raises(ReportedError) as caught:
        of(tmp_path, DATA, "weights: {file: nowhere.csv}\n", TREE)
    assert caught.value.problems[0].code == "E514"


# --- other files ----------------------------------------------------------------------------------


def test_weights_as_given_stand_for_those_of_the_tree(tmp_path):
    found = weighted(tmp_path, "file", {"w.csv": "node_id,weight\na,2\nb,6\nc,0\nm,5\n"})
    assert shares(found, "m") == {"a": 0.2, "b": 0.6, "d": 0.2}  # d keeps its 2
    assert shares(found, "top") == {"m": 1, "c": 0}


def test_budgets_of_experts_are_averaged_in_shares(tmp_path):
    text = "who,a,b,d,c,m\nX,50,30,20,,\nY,1,0,1,30,70\nZ,,,,1,1\n"
    found = weighted(tmp_path, "budget", {"w.csv": text})
    assert shares(found, "m") == pytest.approx({"a": 0.5, "b": 0.15, "d": 0.35})
    assert shares(found, "top") == pytest.approx({"m": 0.6, "c": 0.4})
    table = {output.name: table for output, table in command.made(found)}["judgements"]
    row = table[table["child"] == "b"].iloc[0]
    assert (row["low"], row["high"], row["experts"]) == (0, 0.3, 2)


# --- from data ------------------------------------------------------------------------------------


def correlations(node, values):
    return [np.corrcoef(column, node)[0, 1] for column in values.T]


def test_importance_is_made_equal():
    rng = np.random.default_rng(2)
    base = rng.normal(size=(60, 1))
    values = (base + rng.normal(size=(60, 4))) * [1, 5, 20, 2] + 50
    found = balancing.balanced(values, lambda own: values @ own)
    # for a sum: Σw is proportional to the deviations
    covariance = np.cov(values.T)
    exact = np.linalg.solve(covariance, np.sqrt(np.diag(covariance)))
    np.testing.assert_allclose(found, exact / exact.sum(), rtol=1e-8)
    assert np.ptp(correlations(values @ found, values)) < 1e-10


def test_importance_of_a_geometric_node_and_of_what_is_missing():
    rng = np.random.default_rng(3)
    values = np.exp(rng.normal(size=(50, 1)) / 4 + rng.normal(size=(50, 3)) / 3) * 20
    values[3, 1] = NAN

    def score(own):
        kept = np.where(np.isnan(values), 0, own)
        return np.exp(np.nansum(np.log(values) * kept, axis=1) / kept.sum(axis=1))

    found = weights.importance(values, 100, score)
    node = score(found)
    seen = ~np.isnan(values[:, 1])
    even = correlations(node, values)
    even[1] = np.corrcoef(values[seen, 1], node[seen])[0, 1]
    assert np.ptp(even) < 1e-9


@pytest.mark.parametrize("known", [2, 3])
def test_importance_of_a_child_that_few_units_know(known):
    values = np.array([[1.0, 5], [2, 3], [4, 9], [7, 1]])
    values[known:, 1] = NAN

    def score(own):
        return np.nansum(values * own, axis=1) / (~np.isnan(values) @ own)

    if known == 3:
        assert weights.importance(values, 100, score).sum() == pytest.approx(1)
        return
    with pytest.raises(UndefinedWeights):
        weights.importance(values, 100, score)
    alone = weights.importance(values[:, 1:], 100, lambda own: values[:, 1])
    assert alone.tolist() == [1.0]  # there is nothing to balance


def test_slopes_of_nothing_but_rounding_are_reported(monkeypatch):
    def singular(*_):
        raise np.linalg.LinAlgError

    monkeypatch.setattr(balancing, "balanced", singular)
    with pytest.raises(UndefinedWeights, match="balance"):
        weights.importance(np.array([[1.0, 5], [2, 3], [4, 9]]), 100, lambda own: own)


def test_components_by_hand():
    # two pairs, within each 0.8, nothing between: two components of (1 ± 0.8), each pair one
    table = np.eye(4)
    table[0, 1] = table[1, 0] = table[2, 3] = table[3, 2] = 0.8
    found = components.loadings(table)
    assert found.shape == (4, 2)
    turned = components.varimax(found)
    np.testing.assert_allclose(np.sort(turned**2, axis=1), [[0, 0.9]] * 4, atol=1e-12)
    assert components.shares(table).tolist() == pytest.approx([0.25] * 4)


def test_a_lone_indicator_counts_as_a_component_of_its_own():
    # r = 0.9 within three: 2.8 of 4 along their mean, each loads √(2.8/3); the fourth loads 1
    table = np.eye(4)
    table[:3, :3] = 0.9 + 0.1 * np.eye(3)
    squared = np.array([2.8 / 3] * 3 + [1])
    assert components.shares(table).tolist() == pytest.approx((squared / squared.sum()).tolist())


@given(st.integers(0, 10_000), st.integers(2, 6))
def test_turning_keeps_what_indicators_have_in_common(seed, count):
    rng = np.random.default_rng(seed)
    table = np.corrcoef(rng.normal(size=(30, count)).cumsum(axis=1).T)
    found = components.loadings(table)
    turned = components.varimax(found)
    np.testing.assert_allclose((turned**2).sum(axis=1), (found**2).sum(axis=1), rtol=1e-9)
    size = np.sqrt((found**2).sum(axis=1, keepdims=True))
    assert _simple(turned / size) >= _simple(found / size) - 1e-9


def _simple(table):
    """What varimax makes greatest: the variance of the squares, summed over the components."""
    return (table**2).var(axis=0).sum()


@pytest.mark.parametrize("method", WEIGHTINGS)
def test_every_method_in_the_command(tmp_path, method):
    recipe = f"normalise: {{method: minmax, low: 1}}\nweights: {method}\nuncertainty: null\n"
    found = of(tmp_path, DATA, recipe, TREE)
    own = found.index.tree.shares("m")
    assert own.sum() == pytest.approx(1)
    assert (own >= 0).all()
    assert WEIGHTINGS[method].source


@pytest.mark.parametrize("method", ["pca", "importance"])
def test_what_tells_none_apart_has_no_weight(method):
    values = np.array([[1.0, 5, 2], [2, 5, 9], [3, 5, 4], [7, 5, 1]])
    found = WEIGHTINGS[method].of(values, 100, lambda own: values @ own)
    assert found[1] == 0
    assert found.sum() == pytest.approx(1)


def test_rows_are_scaled_to_one_while_they_are_turned():
    # rows of several lengths on two axes that are 30° from the given ones
    angle = np.pi / 6
    axes = np.array([[1.0, 0], [0, 1], [1, 0], [0, 1]])
    turned = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    sizes = np.array([[0.9], [0.3], [0.4], [0.8]])
    found = components.varimax(sizes * (axes @ turned))
    np.testing.assert_allclose(np.abs(found), sizes * axes, atol=1e-9)
