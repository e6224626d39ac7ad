"""Cells drawn within their printed digits."""

from __future__ import annotations

import numpy as np
import pytest

from suyuan.index import simulate
from suyuan.index.within import Within
from tests.code.index.tabled import computed

TREE = "node_id,parent_id,weight,low,high\ntop,,,,\na,top,1,0,10\nb,top,3,0,10\n"
DATA = "u,a,b\nA,3.0,7\nB,5,4.00\nC,0,\n"
SURE = "concentration: 1.0e+15"  # of the weights
DRAWS = 4000
FEW = 800  # where all is computed again in each


def recipe(extra="", rest=""):
    draws = FEW if rest else DRAWS
    return f"uncertainty: {{draws: {draws}, rounding: yes, {SURE}{extra}}}\n{rest}"


def test_scores_are_spread_as_the_digits_leave_open(tmp_path):
    run = computed(tmp_path, DATA, TREE, recipe())
    first, second, third = run.draws["top"]
    # A: 3.0 ± 0.05 and 7 ± 0.5, in points ± 0.5 and ± 5, of weights 1/4 and 3/4
    assert np.mean(first) == pytest.approx(60, abs=0.2)
    expected = ((0.25 * 0.5) ** 2 / 3 + (0.75 * 5) ** 2 / 3) ** 0.5
    assert np.std(first) == pytest.approx(expected, rel=0.02)
    assert np.abs(first - 60).max() <= 0.125 + 3.75 + 1e-6
    assert np.std(second) == pytest.approx((1.25**2 / 3 + 0.0375**2 / 3) ** 0.5, rel=0.02)
    # C: a printed 0 is 0 half of the time, else up to 0.5, in points 5
    assert np.mean(third == 0) == pytest.approx(0.5, abs=0.03)
    assert third.max() == pytest.approx(5, abs=0.05)


def test_without_it_the_cells_are_as_printed(tmp_path):
    run = computed(tmp_path, DATA, TREE, f"uncertainty: {{draws: 9, {SURE}}}\n")
    np.testing.assert_allclose(run.draws["top"], [[60] * 9, [42.5] * 9, [0] * 9], atol=1e-4)


def test_relative_scores_are_computed_again_in_every_draw(tmp_path):
    nodes = "node_id,parent_id,weight\ntop,,\na,top,1\n"
    table = "u,a\nA,2\nB,1\nC,0.000\n"
    found = computed(tmp_path, table, nodes, recipe(rest="normalise: {method: minmax}\n"))
    first, second, third = found.draws["top"]
    # A is 1.5 to 2.5, B 0.5 to 1.5: A stays the best, so has 100, and B is a ratio of both
    np.testing.assert_allclose(first, 100)
    np.testing.assert_allclose(third, 0)
    assert second.min() == pytest.approx(100 * 0.5 / 2.5, abs=4)
    assert second.max() == pytest.approx(100, abs=5)
    # mean of uniform (0.5, 1.5) over uniform (1.5, 2.5): 1 · ln(2.5 / 1.5)
    assert second.mean() == pytest.approx(100 * np.log(2.5 / 1.5), abs=3)


def test_treatment_is_done_again_and_denominators_move_too(tmp_path):
    table = "u,a,b,d\nA,30,7.000000,10\nB,50,4.000000,10.000000\n"
    steps = "treat: [{step: denominate, by: {a: d}}]\n"
    first, second = computed(tmp_path, table, TREE, recipe(rest=steps)).draws["top"]
    # a of A: 30 ± 0.5 over 10 ± 0.5; of B: 50 ± 0.5 over 10
    assert np.std(second) == pytest.approx(0.25 * 10 * 0.05 / 3**0.5, rel=0.05)
    assert np.std(first) > 3 * np.std(second)


def test_draws_in_portions_are_the_same(tmp_path, monkeypatch):
    whole = computed(tmp_path, DATA, TREE, recipe(", spread: 3")).draws["top"]
    monkeypatch.setattr(simulate, "HELD", 6 * 700)
    parts = computed(tmp_path, DATA, TREE, recipe(", spread: 3")).draws["top"]
    np.testing.assert_array_equal(parts, whole)


def test_a_spread_comes_on_top_and_stays_in_the_range(tmp_path):
    table = "u,a,b\nA,3.0,7\nB,9.9,9.9\n"
    first, second = computed(tmp_path, table, TREE, recipe(", spread: 20")).draws["top"]
    alone = computed(tmp_path, table, TREE, recipe()).draws["top"][0]
    assert np.std(first) > 1.5 * np.std(alone)
    assert second.max() <= 100


def test_one_by_one_is_as_all_together(tmp_path, monkeypatch):
    run = computed(tmp_path, DATA, TREE, recipe())
    within = Within(run.data, run.tree, run.recipe)
    quick = within.scores(["b", "a"], 1, slice(3, 9))
    monkeypatch.setattr(Within, "alone", False)
    np.testing.assert_allclose(within.scores(["b", "a"], 1, slice(3, 9)), quick, rtol=1e-12)
