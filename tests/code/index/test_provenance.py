"""What was observed stays known through treatment, and noise, scale and order move nothing."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from suyuan.index import command
from suyuan.index.command import compute
from suyuan.index.standing import pairwise_probabilities, rank_probabilities, ranks

TREE = "node_id,parent_id,weight\ntop,,\na,top,1\nb,top,1\n"


def of(folder, data, recipe="", tree=TREE):
    for name, text in (("data.csv", data), ("tree.csv", tree), ("recipe.yaml", recipe)):
        (folder / name).write_text(text, encoding="utf-8")
    return compute(folder / "data.csv", folder / "tree.csv", folder / "recipe.yaml")


def table(found, name):
    tables = {output.name: table for output, table in command.made(found)}
    return tables[name][tables[name]["node"] == "top"].set_index("unit")


MINMAX = "normalise: {method: minmax}\ntreat: [{step: impute}]\n"


def test_a_unit_of_which_nothing_is_observed_is_not_ranked(tmp_path):
    found = of(tmp_path, "u,a,b\nA,1,3\nB,2,1\nC,3,9\nGhost,,\n", MINMAX)
    places, bounds = table(found, "ranks"), table(found, "bounds")
    assert places.loc["Ghost", "status"] == "below_coverage"
    assert places["rank"].isna().tolist() == [False, False, False, True]
    assert bounds.loc["Ghost", ["coverage", "imputed", "low", "high"]].tolist() == [0, 0, 0, 100]
    assert table(found, "intervals").loc["Ghost"].drop("node").isna().all()
    # nor does it move the others
    without = of(tmp_path, "u,a,b\nA,1,3\nB,2,1\nC,3,9\n", MINMAX)
    pd.testing.assert_frame_equal(places.drop(index="Ghost"), table(without, "ranks"))


def test_coverage_and_bounds_are_of_what_was_observed(tmp_path):
    recipe = MINMAX + "coverage: 0.5\n"
    found = of(tmp_path, "u,a,b\nA,1,3\nB,2,1\nC,3,9\nD,3,\n", recipe)
    bounds = table(found, "bounds").loc["D"]
    # b is filled with 13/3, (13/3 - 1)/8 of the way; a is the best. b could be 0 or 100.
    assert bounds["coverage"] == 0.5
    assert bounds["imputed"] == 0.5
    assert bounds["score"] == pytest.approx(50 + 50 * (10 / 3) / 8)
    assert bounds[["low", "high"]].tolist() == [50, 100]
    assert table(found, "ranks").loc["D", "status"] == "ranked"
    stricter = of(tmp_path, "u,a,b\nA,1,3\nB,2,1\nC,3,9\nD,3,\n", MINMAX + "coverage: 0.6\n")
    assert table(stricter, "ranks").loc["D", "status"] == "below_coverage"


def test_an_imputed_cell_makes_its_interval_wider(tmp_path):
    rows = [f"U{i},{i},{(7 * i) % 20}" for i in range(1, 20)]
    recipe = MINMAX + "coverage: 0.5\nuncertainty: {draws: 400}\n"
    mean = sum((7 * i) % 20 for i in range(1, 20)) / 19
    known = table(
        of(tmp_path, "\n".join(["u,a,b", *rows, f"X,10,{mean}", ""]), recipe), "intervals"
    )
    filled = table(of(tmp_path, "\n".join(["u,a,b", *rows, "X,10,", ""]), recipe), "intervals")
    assert filled.loc["X", "score"] == pytest.approx(known.loc["X", "score"])
    width = filled["score_high"] - filled["score_low"]
    # errors of the mean reach over the whole range of b, which weighs one half
    assert width["X"] > 30 > 10 * (known.loc["X", "score_high"] - known.loc["X", "score_low"])
    ends = ["score_low", "score_high"]
    others = known.drop(index="X")[ends]
    pd.testing.assert_frame_equal(filled.drop(index="X")[ends], others, rtol=1e-9)


def test_imputed_from_one_value_alone_is_anywhere(tmp_path):
    recipe = "treat: [{step: impute}]\ncoverage: 0.5\n"
    tree = "node_id,parent_id,weight,low,high\ntop,,,,\na,top,1,0,10\nb,top,1,0,10\n"
    found = of(tmp_path, "u,a,b\nA,5,3\nB,5,\n", recipe, tree)
    assert found.draws["top"][1].min() < 30
    assert found.draws["top"][1].max() > 70


def test_imputed_scores_without_bounds_are_drawn_beyond_the_range(tmp_path):
    rows = [f"U{i},{i},{1 if i else 1000}" for i in range(30)]
    recipe = "normalise: {method: zscore}\ntreat: [{step: impute}]\ncoverage: 0.5\n"
    recipe += "uncertainty: {concentration: 1000000}\n"
    found = of(tmp_path, "\n".join(["u,a,b", *rows, "X,10,", ""]), recipe)
    # one of thirty is 5.2 deviations up: 29 of a mean of 50
    assert found.index.errors["b"][-1] > 80
    assert found.index.aggregates.scores.loc["X", "b"] == pytest.approx(50)
    assert found.draws["top"][-1].max() > 80  # with b at 100 it were 71


def test_the_errors_of_a_mean_are_those_of_leaving_one_out(tmp_path):
    tree = "node_id,parent_id,weight,low,high,direction\ntop,,,,,\na,top,1,0,10,\nb,top,1,0,10,-1\n"
    found = of(tmp_path, "u,a,b\nA,5,0\nB,5,3\nC,5,9\nD,5,\n", "treat: [{step: impute}]\n", tree)
    # scores of b are 100, 70, 10: less the means of the other two 40, 55, 85
    assert found.index.errors["b"].tolist() == pytest.approx([-75, 15, 60])


def test_the_errors_of_siblings_are_of_scores_on_which_more_is_better(tmp_path):
    tree = "node_id,parent_id,weight,low,high,direction\ntop,,,,,\na,top,1,0,10,\nb,top,1,0,10,-1\n"
    recipe = "treat: [{step: impute, method: sibling}]\n"
    found = of(tmp_path, "u,a,b\nA,0,10\nB,4,3\nC,10,0\nD,5,\n", recipe, tree)
    # b scores 0, 70, 100; each between the two others, by a they were 70, 40, 70
    assert found.index.errors["b"].tolist() == pytest.approx([-70, 30, 30])
    assert found.index.aggregates.scores.loc["D", "b"] == 50


def test_what_is_imputed_alone_has_no_rank_even_where_no_coverage_is_asked(tmp_path):
    tree = "node_id,parent_id,weight\ntop,,\nm,top,1\na,m,1\nb,top,1\n"
    recipe = "normalise: {method: minmax}\ncoverage: 0\ntreat: [{step: impute}]\n"
    found = of(tmp_path, "u,a,b\nA,1,3\nB,2,1\nC,,2\n", recipe, tree)
    assert found.index.aggregates.scores.loc["C", "m"] == 50
    assert found.index.status.loc["C"].to_dict() == {"top": "ranked", "m": "below_coverage"}


def test_screened_units_keep_their_status_and_their_coverage(tmp_path):
    recipe = MINMAX[:-1].replace("}]", "}, {step: screen, minimum: 0.9}]") + "\ncoverage: 0.5\n"
    found = of(tmp_path, "u,a,b\nA,1,3\nB,2,1\nC,3,9\nD,3,\n", recipe)
    assert table(found, "ranks").loc["D", "status"] == "screened"
    assert table(found, "bounds").loc["D", "coverage"] == 0.5
    assert table(found, "bounds").loc["D", ["low", "score", "high"]].isna().all()
    known = of(
        tmp_path, "u,a,b\nA,1,3\nB,2,1\nC,3,9\nD,3,\n", recipe.replace("0.9", "0.9, count: known")
    )
    assert table(known, "ranks").loc["D", "status"] == "ranked"


def test_a_quotient_of_what_was_filled_in_is_not_observed(tmp_path):
    recipe = (
        "treat: [{step: impute}, {step: denominate, by: {a: b}}]\nnormalise: {method: minmax}\n"
    )
    found = of(tmp_path, "u,a,b\nA,1,3\nB,2,1\nC,3,\n", recipe)
    assert found.index.imputed.loc["C"].tolist() == [True, True]


# --- noise, scale, order ------------------------------------------------------------------------


@pytest.mark.parametrize("method", ["minmax", "zscore", "rank"])
def test_what_is_constant_but_for_rounding_tells_no_units_apart(tmp_path, method):
    recipe = f"normalise: {{method: {method}}}\ntreat: [{{step: denominate, by: {{a: d}}}}]\n"
    found = of(tmp_path, "u,a,b,d\nA,0.1,1,1\nB,0.3,2,3\nC,0.7,3,7\n", recipe)
    assert found.index.aggregates.scores["a"].tolist() == [50, 50, 50]


@pytest.mark.parametrize("weights", ["critic", "entropy", "variation"])
def test_nor_does_it_get_a_weight(tmp_path, weights):
    tree = "node_id,parent_id,weight,low,high\ntop,,,,\na,top,1,0,1\nb,top,1,0,10\n"
    recipe = f"weights: {weights}\ntreat: [{{step: denominate, by: {{a: d}}}}]\n"
    found = of(tmp_path, "u,a,b,d\nA,0.1,1,1\nB,0.3,2,3\nC,0.7,3,7\n", recipe, tree)
    assert found.index.tree.leaf_weights("top") == {"a": 0, "b": 1}


@pytest.mark.parametrize("output", [(0, 1), (0, "0.000001"), (0, 1e6), (-3, 3)])
def test_the_range_of_scores_changes_no_rank(tmp_path, output):
    # neighbours are 1e-10 of the range apart, and so different at any width
    data = "u,a,b\nA,1,1\nB,1.0000000008,1\nC,1.0000000008,1\nD,0,0\nE,4,4\n"
    recipe = "normalise: {{method: minmax, low: {}, high: {}}}\n"
    usual = table(of(tmp_path, data, recipe.format(0, 100)), "ranks")["rank"]
    assert usual.tolist() == [4, 2, 2, 5, 1]
    other = of(tmp_path, data, recipe.format(*output))
    assert table(other, "ranks")["rank"].tolist() == usual.tolist()
    assert table(other, "intervals")["rank_low"].tolist() == usual.tolist()


@pytest.mark.parametrize(
    ("ties", "expected"), [("competition", 1), ("dense", 1), ("fractional", 1.5)]
)
def test_one_policy_for_ties_in_ranks_and_intervals(tmp_path, ties, expected):
    data = "u,a,b\nA,3,3\nB,3,3\nC,1,2\n"
    found = of(tmp_path, data, f"normalise: {{method: minmax}}\nties: {ties}\n")
    own = table(found, "intervals").loc["A"]
    assert own[["rank", "rank_low", "rank_high"]].tolist() == [expected] * 3


def test_no_interval_leaves_the_range_by_a_rounding(tmp_path):
    own = table(
        of(tmp_path, "u,a,b\nA,1,2\nB,1,2\nC,0,0\n", "normalise: {method: minmax}\n"), "intervals"
    )
    assert own["score_high"].tolist() == [100, 100, 0]
    assert own["score_low"].tolist() == [100, 100, 0]


def test_the_order_of_rows_moves_nothing(tmp_path):
    rng = np.random.default_rng(3)
    leaves = [f"i{n}" for n in range(7)]
    nodes = [
        f"{leaf},{'m' if n < 4 else 'top'},{w:.2f}"
        for n, (leaf, w) in enumerate(zip(leaves, rng.random(7), strict=True))
    ]
    nodes += ["top,,", "m,top,0.37"]
    rows = [
        f"u{n}," + ",".join(f"{x:.3f}" if x > 0.1 else "" for x in rng.random(7)) for n in range(30)
    ]
    recipe = "normalise: {method: zscore}\nweights: critic\ntreat: [{step: impute}]\n"
    recipe += "coverage: 0.4\nuncertainty: {draws: 200}\n"
    results = []
    for _ in range(3):
        tree = "\n".join(["node_id,parent_id,weight", *rng.permutation(nodes), ""])
        data = "\n".join([",".join(["u", *leaves]), *rng.permutation(rows), ""])
        found = of(tmp_path, data, recipe, tree)
        tables = {output.name: frame for output, frame in command.made(found)}
        own = {}
        for name in ("ranks", "bounds", "intervals", "weights", "contributions"):
            keys = [k for k in ("node", "unit", "indicator") if k in tables[name]]
            own[name] = tables[name].sort_values(keys, ignore_index=True)
        results.append(own)
    for name, frame in results[0].items():
        for other in results[1:]:
            pd.testing.assert_frame_equal(other[name], frame, check_exact=True)


def test_weights_keep_signs_print_the_unknown_as_empty_and_leave_unranked_units_out(tmp_path):
    tree = "node_id,parent_id,weight\ntop,,\na,top,1\nb,top,3\nc,top,0\n"
    data = "u,a,b,c\nA,1,9,5\nB,2,7,5\nC,3,3,5\n"
    found = of(tmp_path, data + "X,,,5\n", "normalise: {method: minmax}\n", tree)
    weights = {r.indicator: r for r in table_of(found, "weights").itertuples()}
    assert weights["a"].correlation < -0.9
    assert weights["a"].effective < 0 < weights["b"].effective
    assert np.isnan(
        [weights["c"].correlation, weights["c"].first_order, weights["c"].effective]
    ).all()
    some = of(tmp_path, data + "X,900,,5\n", "normalise: {method: rank}\n", tree)
    # X knows a quarter of the weight: it takes part in the scores by rank, in no statistic
    ranks = np.array([0, 100 / 3, 200 / 3])
    expected = np.corrcoef(ranks, 0.25 * ranks + 0.75 * np.array([100, 50, 0]))[0, 1]
    assert table_of(some, "weights").set_index("indicator").loc[
        "a", "correlation"
    ] == pytest.approx(expected)


def test_every_share_of_weight_one_to_three_has_its_sign_and_adds_up(tmp_path):
    tree = "node_id,parent_id,weight\ntop,,\na,top,1\nb,top,3\n"
    data = "u,a,b\nA,9,0\nB,1,30\nC,2,20\nD,5,8\n"
    weights = table_of(of(tmp_path, data, "normalise: {method: minmax}\n", tree), "weights")
    a, b = np.array([8, 0, 1, 4]) / 8, np.array([0, 30, 20, 8]) / 30
    whole = 0.25 * a + 0.75 * b
    found = np.array([np.corrcoef(own, whole)[0, 1] for own in (a, b)])
    assert found[0] < 0 < found[1]
    assert weights["nominal"].tolist() == [0.25, 0.75]
    np.testing.assert_allclose(weights["correlation"], found)
    assert np.sign(weights["effective"]).tolist() == [-1, 1]
    assert weights["effective"].abs().sum() == pytest.approx(1)


def table_of(found, name):
    return {output.name: frame for output, frame in command.made(found)}[name]


def test_decimals_round_scores_and_nothing_else(tmp_path):
    recipe = "decimals: 2\nnormalise: {method: minmax}\ntreat: [{step: cap, limits: {a: 0.003}}]\n"
    of(tmp_path, "u,a,b\nA,0.0041,3\nB,0.002,1\nC,0.001,9\n", recipe)
    command.run(
        tmp_path / "data.csv", tmp_path / "tree.csv", tmp_path / "recipe.yaml", tmp_path / "out"
    )
    log = pd.read_csv(tmp_path / "out/treatment.csv")
    assert log[["before", "after"]].to_numpy().tolist() == [[0.0041, 0.003]]
    assert pd.read_csv(tmp_path / "out/weights.csv")["correlation"].round(2).isna().sum() == 0


def test_what_differs_by_rounding_alone_is_tied_in_every_statistic_of_draws():
    noisy = np.array([[0.3, 0.3], [0.1 + 0.2, 0.3], [0.2, 0.2]])
    shared = [[0.5, 0.5, 0], [0.5, 0.5, 0], [0, 0, 1]]
    assert rank_probabilities(noisy, 1e-11).tolist() == shared
    assert rank_probabilities(noisy).tolist() != shared
    assert pairwise_probabilities(noisy, 1e-11)[0].tolist() == [0.5, 0.5, 1]
    for ties, expected in (("competition", 1), ("dense", 1), ("fractional", 1.5)):
        assert (ranks(noisy, ties, 1e-11)[:2] == expected).all()
