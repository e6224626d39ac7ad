"""Statistics, correlations and alpha as the command writes them."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from suyuan.index.statistics import ALPHA, CORRELATIONS, STATISTICS, describe, pairs
from tests.code.index.tabled import computed

NAN = np.nan
DATA = """u,a,b,c
A,1,5,2
B,2,3,4
C,3,,4
D,4,1,9
E,100,4,7
F,,,
"""
TREE = """node_id,parent_id,weight
top,,
left,top,1
a,left,1
b,left,1
c,top,1
"""


def test_statistics_by_hand_and_by_scipy():
    found = describe(np.array([1, 2, 3, 4, NAN, 100.0]))
    known = np.array([1, 2, 3, 4, 100.0])
    assert (found["n"], found["missing"], found["min"], found["max"]) == (5, 1, 1, 100)
    assert (found["mean"], found["median"]) == (22, 3)
    # deviations -21, -20, -19, -18, 78: squares add up to 7,610
    assert found["sd"] == pytest.approx((7610 / 4) ** 0.5)
    assert found["skewness"] == pytest.approx(stats.skew(known, bias=False))
    assert found["kurtosis"] == pytest.approx(stats.kurtosis(known, bias=False))
    assert found["outliers"] == 1  # quartiles 2 and 4: fences -1 and 7


def test_a_value_on_the_fence_is_no_outlier():
    assert describe(np.array([1, 2, 3, 4, 7.0]))["outliers"] == 0
    assert describe(np.array([1, 2, 3, 4, 7.1]))["outliers"] == 1


@pytest.mark.parametrize(
    ("values", "missing"),
    [
        ([], ["min", "max", "mean", "median", "sd", "skewness", "kurtosis", "outliers"]),
        ([4.0], ["sd", "skewness", "kurtosis"]),
        ([1.0, 2], ["skewness", "kurtosis"]),
        ([1.0, 2, 4], ["kurtosis"]),
        ([0.1 / 1, 0.3 / 3, 0.7 / 7, 0.1], ["skewness", "kurtosis"]),  # constant up to noise
    ],
)
def test_what_few_or_equal_values_do_not_have(values, missing):
    found = describe(np.array(values))
    assert [name for name, value in found.items() if np.isnan(value)] == missing


def test_before_and_after_treatment(tmp_path):
    steps = "[{step: cap, limits: {a: 10}}, {step: impute, method: mean, only: [b]}]"
    recipe = f"normalise: {{method: minmax}}\ntreat: {steps}\n"
    found = STATISTICS.of(computed(tmp_path, DATA, TREE, recipe)).set_index(["indicator", "stage"])
    assert list(found.index.get_level_values("indicator")) == ["a", "a", "b", "b", "c", "c"]
    assert found.loc[("a", "before"), ["max", "missing"]].tolist() == [100, 1]
    assert found.loc[("a", "after"), ["max", "missing"]].tolist() == [10, 1]
    assert found.loc[("b", "before"), ["n", "missing"]].tolist() == [4, 2]
    assert found.loc[("b", "after"), ["n", "missing"]].tolist() == [5, 1]  # F has nothing to go by
    assert found.loc[("c", "before")].equals(found.loc[("c", "after")])


def test_correlations_over_the_ranked_units(tmp_path):
    run = computed(tmp_path, DATA, TREE, "normalise: {method: minmax}\n")
    found = CORRELATIONS.of(run).set_index(["first", "second"])
    assert len(found) == 5 * 4 / 2
    assert found.loc[("a", "b"), "n"] == 4
    a, b = [1, 2, 4, 100], [5, 3, 1, 4]
    assert found.loc[("a", "b"), "pearson"] == pytest.approx(np.corrcoef(a, b)[0, 1])
    # ranks 1 2 3 4 and 4 2 1 3: squared differences 9, 0, 4, 1
    assert found.loc[("a", "b"), "spearman"] == pytest.approx(1 - 6 * 14 / (4 * 15))
    assert found.loc[("a", "c"), "n"] == 5
    tied = stats.spearmanr([1, 2, 3, 4, 100], [2, 4, 4, 9, 7]).statistic
    assert found.loc[("a", "c"), "spearman"] == pytest.approx(tied)


def test_pairs_of_too_few_units_are_not_told():
    found = pairs(pd.DataFrame({"a": [1, 2, NAN], "b": [2, 1, 3.0]}))
    assert found["n"].tolist() == [2]
    assert found[["pearson", "spearman"]].isna().all(axis=None)


def test_alpha_of_every_node_with_children(tmp_path):
    run = computed(tmp_path, DATA, TREE, "normalise: {method: minmax}\n")
    found = ALPHA.of(run).set_index("node")
    assert list(found.index) == ["top", "left"]
    assert found.loc["left", ["items", "n"]].tolist() == [2, 4]
    scores = run.index.aggregates.scores
    items = scores[["a", "b"]].dropna()
    total = items.sum(axis=1).var()
    expected = 2 * (1 - items.var().sum() / total)
    assert found.loc["left", "alpha"] == pytest.approx(expected)
