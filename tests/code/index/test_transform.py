"""Logarithms, Box–Cox and floors: worked answers, and the most likely exponent."""

from __future__ import annotations

from statistics import NormalDist

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from suyuan.core.errors import ReportedError
from suyuan.index.transform import BoxCox, Log, best_exponent, boxcox, likelihood
from suyuan.index.treatment import FLOOR, Limit, treat
from tests.code.index.tabled import computed

NAN = np.nan
SKEWED = np.array([1.0, 2, 2, 3, 3, 4, 5, 7, 9, 14, 22, 40])


def test_powers_and_the_logarithm_between_them():
    values = np.array([1.0, 4, 9])
    assert boxcox(values, 1) == pytest.approx([0, 3, 8])
    assert boxcox(values, 0.5) == pytest.approx([0, 2, 4])
    assert boxcox(values, -1) == pytest.approx([0, 0.75, 8 / 9])
    assert boxcox(values, 0) == pytest.approx(np.log(values))
    assert boxcox(values, 1e-7) == pytest.approx(np.log(values), rel=1e-6)
    with pytest.raises(ValueError, match="positive"):
        boxcox(np.array([0.0]), 1)


def test_the_exponent_is_where_the_likelihood_is_greatest():
    found = best_exponent(SKEWED)
    grid = np.linspace(-2, 2, 4001)
    best = grid[np.argmax([likelihood(SKEWED, power) for power in grid])]
    assert found == pytest.approx(best, abs=1e-3)
    assert -0.5 < found < 0.5
    assert best_exponent(np.array([3.0, 3, 3])) == 1


def test_normal_and_lognormal_scores_are_known_for_what_they_are():
    z = np.array([NormalDist().inv_cdf((i + 0.5) / 200) for i in range(200)])
    assert best_exponent(np.exp(z)) == pytest.approx(0, abs=1e-6)  # by symmetry
    assert best_exponent((5 + z) ** 2) == pytest.approx(0.5, abs=0.02)
    assert best_exponent(1 / (5 + z)) == pytest.approx(-1, abs=0.04)


@given(st.floats(0.001, 1000), st.lists(st.floats(0.1, 100), min_size=3, max_size=9))
def test_no_unit_of_measurement_changes_the_exponent(unit, values):
    values = np.array(values)
    if np.ptp(values) > 1e-3 * values.max():
        assert best_exponent(values * unit) == pytest.approx(best_exponent(values), abs=1e-4)


def test_steps_change_their_indicators_and_log_it():
    frame = pd.DataFrame({"a": [1.0, np.e, NAN], "b": [4.0, 1, 9]}, index=list("uvw"))
    found = treat(frame, [Log(("a",)), BoxCox(("b",), 0.5), Limit(FLOOR, {"a": 0.25})])
    assert found.frame["a"].tolist() == pytest.approx([0.25, 1, NAN], nan_ok=True)
    assert found.frame["b"].tolist() == pytest.approx([2, 0, 4])
    assert found.log["what"].tolist() == ["log", "log"] + ["boxcox:0.5"] * 3 + ["floor"]
    assert found.observed["a"].tolist() == [True, True, False]


def test_order_is_kept():
    frame = pd.DataFrame({"a": SKEWED})
    after, _ = BoxCox(("a",)).apply(frame)
    assert after["a"].is_monotonic_increasing


def test_a_fitted_power_is_of_shares_of_the_geometric_mean():
    frame = pd.DataFrame({"a": SKEWED})
    after, log = BoxCox(("a",)).apply(frame)
    exponent = best_exponent(SKEWED)
    classic = boxcox(SKEWED, exponent)
    # the same but for zero and unit
    assert np.corrcoef(after["a"], classic)[0, 1] == pytest.approx(1, abs=1e-12)
    assert boxcox(SKEWED / np.exp(np.log(SKEWED).mean()), exponent) == pytest.approx(after["a"])
    assert set(log["what"]) == {f"boxcox:{exponent:.6g}"}


@pytest.mark.parametrize(("exponent", "cells"), [(-2, (1e9, 2e9, 4e9)), (5, (1e60, 1e70, 2e70))])
def test_a_power_that_loses_all_digits_is_told(tmp_path, exponent, cells):
    data = "u,a\n" + "".join(f"{unit},{x:g}\n" for unit, x in zip("ABC", cells, strict=True))
    recipe = f"normalise: {{method: minmax}}\ntreat: [{{step: boxcox, exponent: {exponent}}}]\n"
    with pytest.raises(ReportedError) as caught:
        computed(tmp_path, data, "node_id,parent_id,weight\ntop,,\na,top,1\n", recipe)
    assert [problem.code for problem in caught.value.problems] == ["E548"]
