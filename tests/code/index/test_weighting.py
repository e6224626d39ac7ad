"""Weights: published cases to their printed digits, and rules for what data do not say."""

from __future__ import annotations

import numpy as np
import pytest

from suyuan.index import weighting
from suyuan.index.normalisers import share
from suyuan.index.ranking import rank
from tests.code.index.published import case

NAN = np.nan


def mcdm(name):
    return case("mcdm.json", name)


# --- pairwise comparisons ---------------------------------------------------------------------


def test_drinks():
    published = mcdm("ahp_drinks")
    comparisons = np.array(published["matrix"])
    found = weighting.ahp(comparisons)
    np.testing.assert_array_equal(found.weights.round(3), published["published_weights_3dp"])
    np.testing.assert_allclose(found.weights, published["weights"], rtol=1e-9)
    assert round(found.consistency_ratio, 3) == published["published_CR_3dp"]
    assert found.largest_eigenvalue == pytest.approx(published["lambda_max"], rel=1e-12)
    assert found.consistency_index == pytest.approx(published["CI"], rel=1e-9)
    assert found.consistency_ratio == pytest.approx(published["CR_RI1980"], rel=1e-9)
    assert found.consistent
    newer = weighting.ahp(comparisons, "saaty2005")
    assert newer.consistency_ratio == pytest.approx(published["CR_RI2005"], rel=1e-9)


def test_school_is_flagged_and_still_weighted():
    published = mcdm("ahp_school")
    found = weighting.ahp(np.array(published["matrix"]))
    np.testing.assert_array_equal(found.weights.round(4), published["published_weights_4dp"])
    assert found.consistency_ratio == pytest.approx(published["CR_RI1980"], rel=1e-9)  # 0.229
    assert not found.consistent


def test_cities_over_two_levels():
    published = mcdm("ahp_cities_2level")
    criteria = weighting.ahp(np.array(published["criteria_matrix"])).weights
    np.testing.assert_allclose(criteria, published["criteria_weights"], rtol=1e-9)
    matrices = [np.array(published["alt_matrices"][name]) for name in published["criteria"]]
    cities = np.column_stack([weighting.ahp(matrix).weights for matrix in matrices]) @ criteria
    np.testing.assert_allclose(cities, published["scores"], rtol=1e-9)
    printed = [published["published_scores_4dp"][name] for name in published["alternatives"]]
    np.testing.assert_allclose(cities, printed, rtol=0, atol=6e-5)  # Pittsburgh: 0.38516 as 0.3852


def test_consistent_judgements_give_back_their_weights():
    weights = np.array([0.5, 0.3, 0.2])
    found = weighting.ahp(weights[:, None] / weights)
    np.testing.assert_allclose(found.weights, weights)
    assert found.consistency_ratio == pytest.approx(0, abs=1e-12)


def test_two_judgements_cannot_contradict_each_other():
    found = weighting.ahp(np.array([[1, 3], [1 / 3, 1]]))
    np.testing.assert_allclose(found.weights, [0.75, 0.25])
    assert found.consistency_ratio == 0


@pytest.mark.parametrize(
    ("comparisons", "reason"),
    [
        ([[1, 2, 3], [0.5, 1, 2]], "square"),
        ([[1, -2], [-0.5, 1]], "positive"),
        ([[1, NAN], [NAN, 1]], "reciprocal"),
        ([[1, 2], [2, 1]], "reciprocal"),
        (np.ones((16, 16)), "16"),
    ],
)
def test_what_is_no_matrix_of_comparisons(comparisons, reason):
    with pytest.raises(ValueError, match=reason):
        weighting.ahp(np.array(comparisons, dtype=float))


# --- from data --------------------------------------------------------------------------------


def test_entropy_of_elsayed():
    published = mcdm("entropy_elsayed2017")
    found = weighting.entropy(np.array(published["matrix"], dtype=float))
    np.testing.assert_array_equal(found.round(6), published["published_weights_6dp"])
    np.testing.assert_allclose(found, published["weights"], rtol=1e-9)


def test_entropy_depends_on_where_a_scale_begins():
    published = mcdm("entropy_rubric_pitfall")
    ratings = np.array(published["matrix"])
    for shift, name in (
        (0, "weights_0_5"),
        (1, "weights_shift_plus1"),
        (10, "weights_shift_plus10"),
    ):
        found = weighting.entropy(ratings + shift)
        np.testing.assert_allclose(found, published[name], rtol=1e-9)


def test_critic_of_tus_and_adali():
    published = mcdm("critic_tus2019")
    found = weighting.critic(np.array(published["matrix"], dtype=float))
    np.testing.assert_array_equal(found.round(3), published["published_3dp"])
    np.testing.assert_allclose(found, published["weights"], rtol=1e-9)


def test_weighted_sum_of_kracka():
    published = mcdm("wsm_kracka2010")
    matrix = np.array(published["matrix"])
    directions = [1 if maximise else -1 for maximise in published["maximise"]]
    shares = [share(c, d, (0.0, 1.0)) for c, d in zip(matrix.T, directions, strict=True)]
    scores = np.column_stack(shares) @ weighting.equal(matrix)
    np.testing.assert_allclose(scores, published["expected"], rtol=0, atol=5e-9)
    assert rank(scores).tolist() == published["ranks"]


def test_variation():
    # sd/mean: 1/2 of 1, 2, 3 and 2/2 of 0, 2, 4
    found = weighting.variation(np.array([[1, 0], [2, 2], [3, 4.0]]))
    np.testing.assert_allclose(found, [1 / 3, 2 / 3])


# --- missing and constant ---------------------------------------------------------------------

DATA = np.array([[1, 2, 9], [2, 1, 5], [3, 5, 6], [7, 4, 1.0]])
FROM_DATA = [weighting.entropy, weighting.critic, weighting.variation]


@pytest.mark.parametrize("method", FROM_DATA)
@pytest.mark.parametrize("useless", [[4, 4, 4, 4], [NAN, NAN, NAN, NAN], [NAN, 4, NAN, NAN]])
def test_a_criterion_that_tells_nothing_weighs_nothing_and_changes_nothing(method, useless):
    found = method(np.column_stack([DATA, useless]))
    np.testing.assert_allclose(found, [*method(DATA), 0], atol=1e-15)


@pytest.mark.parametrize("method", FROM_DATA)
def test_a_unit_of_which_nothing_is_known_changes_nothing(method):
    found = method(np.vstack([DATA, [NAN, NAN, NAN]]))
    np.testing.assert_allclose(found, method(DATA))


@pytest.mark.parametrize("method", FROM_DATA)
def test_a_missing_value_is_not_zero(method):
    gap, zero = DATA.copy(), DATA.copy()
    gap[0, 0], zero[0, 0] = NAN, 0
    found = method(gap)
    assert found.sum() == pytest.approx(1)
    assert not np.allclose(found, method(zero), atol=1e-3)


def test_criteria_never_known_together_count_as_uncorrelated():
    # Each is known for two units: min-max 0, 1, the same sd, and a conflict of 1.
    found = weighting.critic(np.array([[1, NAN], [2, NAN], [NAN, 5], [NAN, 9.0]]))
    np.testing.assert_allclose(found, [0.5, 0.5])


@pytest.mark.parametrize("method", FROM_DATA)
def test_a_single_useful_criterion_has_all_the_weight(method):
    found = method(np.array([[1, 4], [2, 4], [3, 4.0]]))
    np.testing.assert_allclose(found, [1, 0], atol=1e-15)


@pytest.mark.parametrize("method", FROM_DATA)
def test_no_weight_is_made_up(method):
    with pytest.raises(weighting.UndefinedWeights):
        method(np.full((3, 2), 5.0))


@pytest.mark.parametrize("method", [weighting.entropy, weighting.variation])
def test_amounts_are_not_negative(method):
    with pytest.raises(weighting.UndefinedWeights, match="not negative"):
        method(-DATA)


def test_perfectly_agreeing_criteria_have_no_conflict():
    with pytest.raises(weighting.UndefinedWeights):
        weighting.critic(np.array([[1, 10], [2, 20], [4, 40.0]]))


def test_entropy_of_what_hardly_differs_keeps_its_digits():
    steps = np.array([0.0, 1, 2, 3])
    small, large = 1 + 1e-9 * steps, 1 + 1e-7 * steps
    found = weighting.entropy(np.column_stack([small, large]))
    # 1 - e is the variance of p·n over 2·ln n, as near as can be: 10^4 times as much
    assert found[0] == pytest.approx(1e-4 / (1 + 1e-4), rel=1e-5)
    even = weighting.entropy(np.column_stack([[1.0, 1 + 3e-10, 1, 1], steps]))
    assert 0 < even[0] < 1e-18


def test_consistent_judgements_are_not_more_than_consistent():
    for weights in ([1.0, 2, 4, 8], [1, 0.5, 0.25, 8, 2]):
        own = np.array(weights)
        assert weighting.ahp(own[:, None] / own).consistency_ratio >= 0
