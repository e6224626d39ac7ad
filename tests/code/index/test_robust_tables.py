"""Probabilities of ranks, pairs, ranks with something left out, and errors of intervals."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from suyuan.index.intervals import INTERVALS
from suyuan.index.leaving import LEAVE_ONE_OUT, SHIFTS
from suyuan.index.likelihoods import LIKELIHOODS, PAIRS
from suyuan.index.pipeline import build
from suyuan.index.run import Inputs, Run
from suyuan.index.standard_errors import intervals_and_errors
from suyuan.index.standing import intervals, likely_ranks, rank_probabilities
from tests.code.index.published import asem, table
from tests.code.index.tabled import computed
from tests.code.index.trees import two_levels

TREE = two_levels("left", 3)
RECIPE = "coverage: 0.4\nuncertainty: {draws: 200, concentration: 3}\n"
DATA = "u,a,b,c\nA,9,8,1\nB,2,5,6\nC,5,5,\nD,1,2,9\n"


def generator():
    return np.random.default_rng(7)


def test_errors_of_quantiles_are_their_spread_over_repetitions():
    drawn = generator().standard_normal((2000, 1000))
    ends, errors = intervals_and_errors(drawn, 0.9)
    np.testing.assert_array_equal(ends, intervals(drawn, 0.9))
    for end in (0, 1):
        assert errors[:, end].mean() == pytest.approx(ends[:, end].std(), rel=0.03)
    # √(p (1 − p) / n) over the density at the quantile
    assert ends[:, 0].std() == pytest.approx((0.05 * 0.95 / 1000) ** 0.5 / 0.10314, rel=0.05)


def test_a_single_draw_has_no_error():
    assert np.isnan(intervals_and_errors(np.ones((3, 1)), 0.9)[1]).all()


@pytest.mark.parametrize(
    "values", [generator().random((40, 60)), generator().integers(0, 4, (9, 50))]
)
def test_likely_ranks_are_the_cells_of_the_table(values, monkeypatch):
    monkeypatch.setattr("suyuan.index.standing.PORTION", 64)  # a few units at a time
    whole = rank_probabilities(values.astype(float))
    unit, rank, share = likely_ranks(values.astype(float))
    rebuilt = np.zeros_like(whole)
    rebuilt[unit, rank - 1] = share
    np.testing.assert_allclose(rebuilt, whole, atol=1e-8)
    assert (likely_ranks(values.astype(float), least=0.05)[2] > 0.0499).all()


@pytest.fixture
def run(tmp_path):
    return computed(tmp_path, DATA, TREE, RECIPE)


def counted(run):
    """Of each draw, who is how many-th: by sorting, one draw after the other."""
    drawn = run.draws["top"]
    units = list(run.index.ranks.index)
    return [[units[row] for row in np.argsort(-one)] for one in drawn.T]


def test_probabilities_are_shares_of_draws(run):
    found = LIKELIHOODS.of(run)
    orders = counted(run)
    for row in found.itertuples():
        share = np.mean([order[row.rank - 1] == row.unit for order in orders])
        assert row.probability == pytest.approx(share)
        assert row.error == pytest.approx(max(share * (1 - share) / 200, 0) ** 0.5, abs=5e-3)
    assert found.groupby("unit")["probability"].sum().tolist() == pytest.approx([1] * 4)
    pairs = PAIRS.of(run)
    assert len(pairs) == 6
    for row in pairs.itertuples():
        ahead = np.mean([order.index(row.unit) < order.index(row.other) for order in orders])
        assert row.probability == pytest.approx(ahead)
        assert row.tied == ("yes" if 0.05 <= ahead <= 0.95 else "no")
    assert {"yes"} <= set(pairs["tied"])


def test_of_many_units_only_neighbours_and_no_rare_ranks(run, monkeypatch):
    every = PAIRS.made(run).set_index(["unit", "other"])["probability"]
    monkeypatch.setattr("suyuan.index.likelihoods.ALL", 3)
    few = PAIRS.made(run)
    order = run.index.ranks["top"].sort_values().index
    assert list(zip(few["unit"], few["other"], strict=True)) == [*pairwise(order)]
    for row in few.itertuples():
        assert row.probability == pytest.approx(every[row.unit, row.other])
    assert LIKELIHOODS.made(run)["probability"].min() >= 0.05


def test_nothing_is_drawn_unless_asked_for(tmp_path):
    run = computed(tmp_path, DATA, TREE, "uncertainty: null\n")
    assert [table.of(run) for table in (LIKELIHOODS, PAIRS, INTERVALS)] == [None] * 3


def test_intervals_have_errors_where_they_have_ends(run):
    found = INTERVALS.of(run)
    errors = found.set_index("unit")[["score_low_error", "score_high_error"]]
    assert (errors.drop("C") > 0).all(axis=None)
    assert errors.loc["C"].tolist() == [0, 0]  # 50 on all that it knows


def test_leaving_out_by_hand(tmp_path):
    found = computed(tmp_path, DATA, TREE, "coverage: 0.4\nuncertainty: null\n")
    # left: A 82.5, B 42.5, C 50, D 17.5; top: A 46.25, B 51.25, C 50, D 53.75
    assert found.index.ranks["top"].tolist() == [4, 2, 3, 1]
    table = LEAVE_ONE_OUT.of(found).set_index("without")
    assert list(table.index) == ["left", "a", "b", "c"]
    # without left: c alone, which C does not know: A 10, B 60, D 90
    assert table.loc["left"].tolist()[1:5] == [3, 1, pytest.approx(1 / 3), 1]
    # without c: left: 1, 3, 2, 4 against 4, 2, 3, 1
    assert table.loc["c"].tolist()[1:] == [4, 4, 2, 3, "A", 4, 1]
    # without a: left is b: A 45, B 55, C 50, D 55: B and D are first
    shifts = SHIFTS.of(found)
    assert shifts[shifts["without"] == "a"].values.tolist() == [["top", "a", "B", 2, 1]]
    gone = shifts[(shifts["without"] == "left") & (shifts["unit"] == "C")]
    assert gone["rank"].tolist() == [3]
    assert gone["rank_without"].isna().all()


def test_the_last_of_a_branch_takes_the_branch_with_it(tmp_path):
    tree = "node_id,parent_id,weight,low,high\ntop,,,,\nx,top,1,,\na,x,1,0,10\nc,top,1,0,10\n"
    table = LEAVE_ONE_OUT.of(computed(tmp_path, DATA, tree, "uncertainty: null\n"))
    rows = {row[1]: row[2:] for row in table.values.tolist()}
    assert rows["a"] == rows["x"]


def test_without_each_pillar_as_published():
    data, tree, recipe = asem("example")
    run = Run(Inputs(Path(), Path(), None), data, tree, recipe, build(data, tree, recipe))
    found = LEAVE_ONE_OUT.of(run).set_index("without")["mean"]
    published = table("asem_pillar_removal")["mean_abs_rank_change"]
    pd.testing.assert_series_equal(
        found[published.index], published, check_names=False, rtol=0, atol=5e-7
    )
