"""Units over years: ranks within a year, scores over years or within, what changed."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from suyuan.core.errors import ReportedError
from suyuan.index import command
from tests.code.index.test_provenance import TREE, of

NAN = np.nan
DATA = "u,y,a,b\nA,2000,0,4\nB,2000,10,2\nC,2000,5,0\nB,2001,30,2\nA,2001,20,4\nA,2003,40,1\n"
YEAR = "data: {year: y}\nnormalise: {method: minmax}\n"


def tables(found):
    return {output.name: table for output, table in command.made(found)}


def column(table, name, node="top"):
    own = table[table["node"] == node] if "node" in table else table
    return {(row.unit, row.year): getattr(row, name) for row in own.itertuples()}


def test_scores_are_over_all_years_and_ranks_within_each(tmp_path):
    made = tables(of(tmp_path, DATA, YEAR))
    scores, ranks = made["scores"], made["ranks"]
    assert list(scores) == ["unit", "year", "top", "a", "b"]
    # a of 0 to 40, b of 0 to 4
    assert column(scores, "a") == {
        ("A", 2000): 0,
        ("B", 2000): 25,
        ("C", 2000): 12.5,
        ("B", 2001): 75,
        ("A", 2001): 50,
        ("A", 2003): 100,
    }
    assert column(ranks, "rank") == {
        ("A", 2000): 1,  # 50 of 0 and 100
        ("B", 2000): 2,  # 37.5
        ("C", 2000): 3,
        ("B", 2001): 2,  # 62.5
        ("A", 2001): 1,  # 75
        ("A", 2003): 1,
    }
    intervals = made["intervals"]
    assert list(intervals)[:3] == ["node", "unit", "year"]
    assert intervals[["rank", "rank_low", "rank_high"]].max().tolist() == [3, 3, 3]
    assert column(intervals, "rank_low")["A", 2003] == 1


def test_scores_may_be_within_each_year(tmp_path):
    recipe = YEAR.replace("minmax}", "minmax, goalposts: yearly}")
    found = of(tmp_path, DATA, recipe)
    assert column(tables(found)["scores"], "a") == {
        ("A", 2000): 0,
        ("B", 2000): 100,
        ("C", 2000): 50,
        ("B", 2001): 100,
        ("A", 2001): 0,
        ("A", 2003): 50,  # alone
    }
    alone = of(tmp_path, DATA.replace("B,2001,30,2\nA,2001,20,4\nA,2003,40,1\n", ""), recipe)
    whole = found.index.aggregates.scores.iloc[:3]
    pd.testing.assert_frame_equal(alone.index.aggregates.scores, whole)


@pytest.mark.parametrize("how", ["topsis", "copeland"])
def test_units_are_compared_over_all_years_or_within_each(tmp_path, how):
    recipe = f"data: {{year: y}}\nnormalise: {{method: minmax}}\naggregation: {how}\n"
    common = of(tmp_path, DATA, recipe)
    yearly = of(tmp_path, DATA, recipe.replace("minmax}", "minmax, goalposts: yearly}"))
    single = "A 2003"
    assert yearly.index.aggregates.scores.loc[single, "top"] == 50
    assert common.index.aggregates.scores.loc[single, "top"] != 50
    if how == "topsis":  # equal weights make ties in Copeland's votes, which draws break
        for found in (common, yearly):
            exact = found.index.aggregates.scores["top"].to_numpy()
            assert np.median(found.draws["top"], axis=1) == pytest.approx(exact, abs=3)


def test_what_changed_since_the_last_year(tmp_path):
    changes = tables(of(tmp_path, DATA, YEAR))["changes"]
    rows = changes[changes["node"] == "top"].drop(columns="node").to_numpy().tolist()
    assert rows == [
        ["A", 2001, 2000, 75, 25, 1, 0],
        ["A", 2003, 2001, 62.5, -12.5, 1, 0],
        ["B", 2001, 2000, 62.5, 25, 2, 0],
    ]
    without = of(tmp_path, "u,a,b\nA,1,2\nB,2,3\n", "normalise: {method: minmax}\n")
    assert "changes" not in tables(without)


def test_a_unit_without_a_rank_has_no_change_of_rank(tmp_path):
    changes = tables(of(tmp_path, DATA.replace("B,2000,10,2", "B,2000,10,"), YEAR))["changes"]
    row = changes[changes["unit"] == "B"].iloc[0]
    assert np.isnan(row["rank_change"])
    assert row["score_change"] == pytest.approx(62.5 - 25)


def test_means_are_of_the_year_and_time_is_of_the_unit(tmp_path):
    gap = DATA.replace("A,2001,20,4", "A,2001,,4")
    recipe = YEAR + "treat: [{step: impute}]\ncoverage: 0.5\n"
    mean = of(tmp_path, gap, recipe).index.log
    assert mean[["unit", "after"]].to_numpy().tolist() == [["A 2001", 30]]  # B is alone in 2001
    time = of(tmp_path, gap, recipe.replace("impute", "impute, method: time"))
    # a third of the way from 0 in 2000 to 40 in 2003
    assert tables(time)["treatment"][["unit", "year", "after"]].to_numpy().tolist() == [
        ["A", 2001, pytest.approx(40 / 3)]
    ]


def test_the_reference_is_of_the_same_year(tmp_path):
    data = DATA.replace("A,2000,0,4", "A,2000,4,4").replace("C,2000,5,0", "C,2000,5,1")
    recipe = "data: {year: y}\nnormalise: {method: reference, reference: A}\n"
    scores = column(tables(of(tmp_path, data, recipe))["scores"], "a")
    assert scores["A", 2003] == 100
    assert scores["B", 2000] == 250
    assert scores["B", 2001] == 150


def test_the_order_of_years_and_units_moves_nothing(tmp_path):
    head, *rows = DATA.splitlines()
    first = tables(of(tmp_path, DATA, YEAR))
    second = tables(of(tmp_path, "\n".join([head, *reversed(rows), ""]), YEAR))
    for name in ("ranks", "intervals", "bounds", "changes"):
        keys = ["node", "unit", "year"]
        one, other = (made[name].sort_values(keys, ignore_index=True) for made in (first, second))
        pd.testing.assert_frame_equal(other, one, check_exact=True)


@pytest.mark.parametrize(
    ("recipe", "column"),
    [
        ("normalise: {method: minmax, goalposts: yearly}\n", "goalposts"),
        ("normalise: {method: minmax}\ntreat: [{step: impute, method: time}]\n", "method"),
    ],
)
def test_what_needs_years_is_told(tmp_path, recipe, column):
    with pytest.raises(ReportedError) as caught:
        of(tmp_path, "u,a,b\nA,1,2\nB,2,3\n", recipe)
    assert [(p.code, p.column) for p in caught.value.problems] == [("E719", column)]


@pytest.mark.parametrize(
    ("data", "recipe", "code"),
    [
        (DATA, "normalise: {method: reference, reference: Q}\n", "E709"),
        (DATA, "normalise: {method: reference, reference: B}\n", "E709"),  # none in 2003
        ("u,a,b\nA,1,2\nB,,3\n", "normalise: {method: reference, reference: B}\n", "E710"),
        ("u,a,b\nA,1,2\nB,,3\n", "normalise: {method: reference}\n", "E708"),
    ],
)
def test_a_reference_that_is_none(tmp_path, data, recipe, code):
    year = "data: {year: y}\n" if data is DATA else ""
    with pytest.raises(ReportedError) as caught:
        of(tmp_path, data.replace(",0", ",1"), year + recipe, TREE)
    assert code in {problem.code for problem in caught.value.problems}


PER_HEAD = "treat: [{step: denominate, by: {a: p}}, {step: screen, minimum: 0.9}]\n"
REFERENCE = "normalise: {method: reference, reference: R}\n"


def test_a_reference_that_is_left_out_is_treated_as_all_are(tmp_path):
    data = "u,a,p,b\nR,10,10,\nA,4,2,5\nB,6,2,5\n"
    tree = (
        "node_id,parent_id,weight,normalise,low,high\ntop,,,,,\na,top,1,,,\nb,top,1,goalpost,0,9\n"
    )
    found = of(tmp_path, data, REFERENCE + PER_HEAD, tree).index
    assert found.status.loc["R", "top"] == "screened"
    assert found.aggregates.scores["a"].tolist()[1:] == [200, 300]  # R has 1 a head


def test_a_reference_without_a_denominator_is_told(tmp_path):
    data, tree = "u,a,p\nR,10,\nA,4,2\n", "node_id,parent_id,weight\ntop,,\na,top,1\n"
    with pytest.raises(ReportedError) as caught:
        of(tmp_path, data, REFERENCE + PER_HEAD, tree)
    assert {problem.code for problem in caught.value.problems} == {"E710"}


# --- ranks from rounded scores --------------------------------------------------------------------


def test_ranks_are_of_rounded_scores_by_declaration(tmp_path):
    tree = "node_id,parent_id,weight,low,high\ntop,,,,\na,top,1,0,1\n"
    data = "u,a\nA,0.9004\nB,0.9001\nC,0.8995\nD,0.8994\nE,0.1\n"
    recipe = "normalise: {low: 0, high: 1}\n"
    exact = of(tmp_path, data, recipe, tree)
    assert exact.index.ranks["top"].tolist() == [1, 2, 3, 4, 5]
    found = of(tmp_path, data, recipe + "ranks: {decimals: 3}\n", tree)
    assert found.index.ranks["top"].tolist() == [1, 1, 1, 4, 5]  # 0.8995 is 0.900
    own = tables(found)["intervals"]
    assert own["rank_low"].tolist() == own["rank_high"].tolist() == [1, 1, 1, 4, 5]
    dense = of(tmp_path, data, recipe + "ranks: {decimals: 3, ties: dense}\n", tree)
    assert dense.index.ranks["top"].tolist() == [1, 1, 1, 2, 3]
    assert dense.index.aggregates.scores["top"].iloc[0] == 0.9004
