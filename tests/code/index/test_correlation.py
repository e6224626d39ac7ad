"""Correlations: one pair, all pairs, and those of ranks."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from suyuan.index.correlation import correlation, correlations, rank_correlations

NAN = np.nan


def column(*values):
    return np.array(values, dtype=float)


@pytest.fixture
def gapped():
    rng = np.random.default_rng(2)
    columns = rng.normal(size=(40, 5))
    columns[:, 2] = 7.0
    columns[::9, 3] = NAN
    columns[::4, 4] = NAN
    return columns


def test_of_a_pair_by_hand():
    # off their means -2, 0, 2 and -3, 1, 2: 10 / sqrt(8 * 14)
    assert correlation(column(1, 3, 5), column(0, 4, 5)) == pytest.approx(10 / 112**0.5)
    assert correlation(column(1, 3, 5, NAN), column(0, 4, 5, 99)) == pytest.approx(10 / 112**0.5)


@pytest.mark.parametrize(
    "other",
    [
        column(2, 4, NAN, NAN),  # two points are always in line
        column(5, 5, 5, 5),
        column(5, 5, 5, NAN),
        column(NAN, 0.3, 0.1 + 0.2, 0.3),  # constant but for rounding
    ],
)
def test_there_is_none_of_too_few_and_of_what_is_constant(other):
    assert np.isnan(correlation(column(1, 2, 3, 5), other))
    assert np.isnan(correlation(other, column(1, 2, 3, 5)))


def test_one_that_is_constant_only_where_the_other_is_known():
    assert np.isnan(correlation(column(4, 4, 4, 9), column(1, 2, 3, NAN)))


def test_all_pairs_are_each_pair_to_the_last_digit(gapped):
    every = correlations(gapped)
    pairs = [[correlation(one, other) for other in gapped.T] for one in gapped.T]
    np.testing.assert_array_equal(every, pairs)
    assert np.isnan(every[2]).all()


def test_the_order_of_units_changes_no_digit(gapped):
    turned = np.random.default_rng(3).permutation(gapped)
    np.testing.assert_array_equal(correlations(gapped), correlations(turned))
    np.testing.assert_array_equal(rank_correlations(gapped), rank_correlations(turned))


@pytest.mark.parametrize(
    ("found", "method"), [(correlations, "pearson"), (rank_correlations, "spearman")]
)
def test_those_of_another_library(gapped, found, method):
    gapped[5:9, 0] = gapped[5, 0]  # ties
    expected = pd.DataFrame(gapped).corr(method=method, min_periods=3)
    np.testing.assert_allclose(found(gapped), expected, atol=1e-12)


@pytest.mark.parametrize("near", [0.3, 0.1 + 0.2])
def test_of_ranks_what_is_off_by_rounding_is_tied(near):
    columns = np.column_stack([column(0.3, near, 1, 2), column(2, 1, 3, 4)])
    # ranks 1.5, 1.5, 3, 4 and 2, 1, 3, 4: 4.5 / sqrt(4.5 * 5)
    assert rank_correlations(columns)[0, 1] == pytest.approx(0.9**0.5)
