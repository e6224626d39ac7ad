"""Ranks, ties and rounding."""

from __future__ import annotations

from decimal import Decimal

import numpy as np
import pytest

from suyuan.index.ranking import rank, round_half_up

NAN = np.nan
SCORES = np.array([8.0, 9, NAN, 7, 8])


@pytest.mark.parametrize(
    ("ties", "expected"),
    [
        ("competition", [2, 1, NAN, 4, 2]),
        ("dense", [2, 1, NAN, 3, 2]),
        ("fractional", [2.5, 1, NAN, 4, 2.5]),
    ],
)
def test_policies_for_ties(ties, expected):
    np.testing.assert_array_equal(rank(SCORES, ties), expected)


def test_ranks_are_taken_before_rounding():
    assert rank(np.array([1.004, 1.001])).tolist() == [1, 2]


def test_noise_of_sums_is_no_difference():
    # 0.1 + 0.2 is not 0.3 in binary
    assert rank(np.array([0.3, 0.1 + 0.2])).tolist() == [1, 1]
    assert rank(np.array([0.3, 0.1 + 0.2]), tolerance=0.0).tolist() == [2, 1]


def test_where_nothing_is_known_nothing_is_ranked():
    assert np.isnan(rank(np.array([NAN, NAN]))).all()
    assert rank(np.array([])).size == 0


def test_an_unknown_policy_is_refused():
    with pytest.raises(ValueError, match="ordinal"):
        rank(SCORES, "ordinal")


@pytest.mark.parametrize(
    ("value", "decimals", "expected"),
    [
        (2.675, 2, "2.68"),
        (0.125, 2, "0.13"),
        (-0.5, 0, "-1"),
        (1e-7, 2, "0.00"),
        (61.9, 3, "61.900"),
    ],
)
def test_halves_are_rounded_as_readers_do(value, decimals, expected):
    assert round_half_up(value, decimals) == Decimal(expected)
    assert str(round_half_up(value, decimals)) == expected
