"""How sure an index, a product and their rankings are.

A mean over N draws may miss its value by Z standard errors of such a mean.
"""

import csv
import json
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from suyuan.domain.assessment.supply import product_draws, regional_share, supply_index
from suyuan.index import standing
from suyuan.index.draws import (
    QUANTILE_CELLS,
    common_draws,
    composite_draws,
    pert_quantiles,
    rating_draws,
    share_draws,
    weight_draws,
)
from suyuan.index.levels import Level, node_scores
from suyuan.index.standing import (
    batch_errors,
    expected_ranks,
    intervals,
    pairwise_probabilities,
    rank_bounds,
    rank_probabilities,
    ranks,
    standard_error,
    statistical_ties,
)
from suyuan.index.streams import generator, unit_uniforms

DATA = Path(__file__).parents[2] / "data" / "validation"
CLOSED = json.loads((DATA / "closed_forms.json").read_text(encoding="utf-8"))
SEED = 2026
N = 20_000
Z = 4.5  # passed by chance once in 150,000 means
EXACT = np.inf  # concentration of weights that do not vary
BIAS = 2e-5  # of a mean, from the table of quantiles


def table(name):
    with (DATA / name).open(encoding="utf-8") as file:
        rows = list(csv.reader(file))
    return rows[0], [row[0] for row in rows[1:]], np.array([row[1:] for row in rows[1:]], float)


def assert_mean(draws, expected, bias=0.0):
    error = Z * draws.std(axis=-1, ddof=1) / np.sqrt(draws.shape[-1])
    np.testing.assert_array_less(np.abs(draws.mean(axis=-1) - expected), error + bias + 1e-15)


def level(parent, weight, geometric=None):
    nodes = max(parent) + 1
    flags = np.zeros(nodes, bool) if geometric is None else np.array(geometric)
    return Level(np.array(parent), np.array(weight, float), flags)


# Streams


def test_a_stream_is_the_same_on_every_machine():
    # PCG64 of the SHA-256 of '[7, "ratings", "a"]'
    np.testing.assert_array_equal(
        generator(7, "ratings", "a").random(2), [0.43771308192925595, 0.09355252897013]
    )


@pytest.mark.parametrize(
    "other", [(8, "ratings", "a"), (7, "ratings", "b"), (7, "ratingsa"), (7, "ratings", "a", "")]
)
def test_another_seed_or_name_is_another_stream(other):
    assert generator(*other).random() != generator(7, "ratings", "a").random()


def test_units_and_streams_vary_independently():
    drawn = np.array(
        [
            *np.concatenate(list(unit_uniforms(SEED, "ratings", "ab", "xy", N))),
            *next(unit_uniforms(SEED, "shares", "a", "x", N)),
            generator(SEED, "other").random(N),
        ]
    )
    # The standard error of a correlation of 0 is 1 / √N.
    np.testing.assert_allclose(np.corrcoef(drawn), np.eye(6), rtol=0, atol=Z / np.sqrt(N))


# Distributions


@pytest.mark.parametrize("position", [0, 0.137, 0.5, 0.81, 1])
def test_pert_has_the_mean_and_variance_of_its_beta(position):
    uniform = (np.arange(2**16) + 0.5)[None] / 2**16  # the whole distribution, evenly
    drawn = pert_quantiles(uniform, [0], [position], [1])
    a, b = 1 + 4 * position, 5 - 4 * position
    assert abs(drawn.mean() - (4 * position + 1) / 6) < BIAS
    assert abs(drawn.var() - a * b / (36 * 7)) < 2 * BIAS  # ab / ((a + b)² (a + b + 1))


@pytest.mark.parametrize(
    ("mode", "distribution"),
    [
        (0, lambda x: 1 - (1 - x) ** 5),
        (0.25, lambda x: 1 - (1 - x) ** 4 * (1 + 4 * x)),  # Beta(2, 4)
        (0.5, lambda x: x**3 * (10 - 15 * x + 6 * x * x)),  # Beta(3, 3)
        (1, lambda x: x**5),
    ],
)
def test_pert_quantiles_invert_the_distribution(mode, distribution):
    uniform = np.random.default_rng(SEED).random((1, 1000))
    drawn = pert_quantiles(uniform, [0], [mode], [1])
    np.testing.assert_allclose(distribution(drawn), uniform, rtol=0, atol=1 / QUANTILE_CELLS)


@given(st.floats(0, 1), st.floats(0, 1))
def test_quantiles_of_many_modes_are_near_the_exact_ones_and_rise_with_the_mode(mode, other):
    uniform = (np.arange(2**14) + 0.5)[None] / 2**14
    near, exact = (
        pert_quantiles(uniform, [-1], [2 * mode - 1], [1], many_modes=many)
        for many in (True, False)
    )
    np.testing.assert_allclose(near, exact, rtol=0, atol=2 * 5e-6)
    higher = 2 * max(mode, other) - 1
    raised = pert_quantiles(uniform, [-1], [higher], [1], many_modes=True)
    assert (raised >= near - 1e-12).all()


def test_inputs_of_many_modes_are_drawn_each_by_itself():
    uniform = np.random.default_rng(SEED).random((7, 300))
    low, high = np.array([0, 0, 1, 2, np.nan, 3, 3.0]), np.array([1, 2, 2, 2.5, 1, 3, 5])
    mode = np.array([0.5, 1 / 7, 1.5, 2.5, 1, 3, np.pi])
    together = pert_quantiles(uniform, low, mode, high, many_modes=True)
    alone = [
        pert_quantiles(uniform[row][None], *given[:, None], many_modes=True)[0]
        for row, given in enumerate(np.array([low, mode, high]).T)
    ]
    np.testing.assert_array_equal(together, alone)
    assert np.isnan(together[4]).all()
    assert (together[5] == 3).all()


def test_pert_stretches_over_its_range():
    uniform = np.random.default_rng(SEED).random((2, N))
    drawn = pert_quantiles(uniform, [0.1, 2], [0.3, 2], [0.7, 2])
    assert_mean(drawn[0], (0.1 + 4 * 0.3 + 0.7) / 6, BIAS)
    assert drawn[0].min() >= 0.1
    assert drawn[0].max() <= 0.7
    assert (drawn[1] == 2).all()


@pytest.mark.parametrize("missing", [0, 1, 2])
def test_a_missing_estimate_has_missing_draws(missing):
    estimate = np.array([[0.1], [0.2], [0.3]])
    estimate[missing] = np.nan
    assert np.isnan(pert_quantiles(np.full((1, 3), 0.5), *estimate)).all()


@pytest.mark.parametrize("estimate", [(0.3, 0.2, 0.4), (0.1, 0.5, 0.4)])
def test_estimates_out_of_order_are_refused(estimate):
    with pytest.raises(ValueError, match="not in order"):
        pert_quantiles(np.full((1, 3), 0.5), *([e] for e in estimate))


def test_ratings_stay_on_the_scale_and_lean_inwards_at_its_ends():
    uniform = np.random.default_rng(SEED).random((5, N))
    drawn = rating_draws([0, 0.5, 3, 5, np.nan], [1, 1, 1.5, 0.6, 1], uniform)
    assert np.nanmin(drawn) >= 0
    assert np.nanmax(drawn) <= 5
    # (0+0+1)/6, (0+2+1.5)/6, symmetric, (4.4+20+5)/6
    assert_mean(drawn[:4], [1 / 6, 3.5 / 6, 3, 29.4 / 6], 3 * BIAS)
    assert np.isnan(drawn[4]).all()


@pytest.mark.parametrize(("rating", "spread"), [(5.1, 1), (-0.1, 1), (3, -1)])
def test_a_rating_off_the_scale_is_refused(rating, spread):
    with pytest.raises(ValueError, match="ratings lie in"):
        rating_draws([rating], [spread], np.full((1, 1), 0.5))


def test_weights_have_the_moments_of_their_dirichlet():
    expected = CLOSED["dirichlet_moments"]  # alpha (5, 3, 2): weights .5, .3, .2 and their sum 10
    alpha = np.array(expected["alpha"])
    (drawn,) = weight_draws([level([0, 0, 0], alpha / alpha.sum())], ["abc"], alpha.sum(), SEED, N)
    np.testing.assert_allclose(drawn.sum(axis=0), 1)
    assert_mean(drawn, expected["mean"])
    assert_mean((drawn - np.array(expected["mean"])[:, None]) ** 2, expected["var"])


def test_weights_vary_at_each_node_by_itself_and_zero_stays_zero():
    first = level([0, 0, 1, 1], [0.5, 0.5, 0.8, 0.2])
    changed = level([0, 0, 1, 1], [0.5, 0.5, 1, 0])
    (one,), (other,) = (weight_draws([tree], ["abcd"], 30, SEED, 50) for tree in (first, changed))
    np.testing.assert_array_equal(one[:2], other[:2])
    np.testing.assert_allclose(other[2], 1)
    assert (other[3] == 0).all()
    assert one[2].std() > 0


def test_the_order_of_nodes_and_another_sibling_elsewhere_move_no_weight():
    tree = level([0, 0, 1, 1], [0.5, 0.5, 0.8, 0.2])
    turned = level([1, 1, 0, 0], [0.2, 0.8, 0.5, 0.5])
    grown = level([0, 0, 1, 1, 1], [0.5, 0.5, 0.4, 0.2, 0.4])
    (one,) = weight_draws([tree], ["abcd"], 30, SEED, 50)
    (other,) = weight_draws([turned], ["dcba"], 30, SEED, 50)
    (third,) = weight_draws([grown], ["abcde"], 30, SEED, 50)
    np.testing.assert_allclose(one, other[::-1])
    np.testing.assert_array_equal(one[:2], third[:2])


def test_a_small_concentration_gives_weights_that_sum_to_one():
    (drawn,) = weight_draws([level([0, 0], [0.7, 0.3])], ["ab"], 1e-4, SEED, N)
    np.testing.assert_allclose(drawn.sum(axis=0), 1)
    assert_mean(drawn, [0.7, 0.3])


def test_an_indicator_more_moves_no_other_indicators_draws():
    (few,) = unit_uniforms(SEED, "ratings", "a", "xz", 50)
    (more,) = unit_uniforms(SEED, "ratings", "a", "xyz", 50)
    np.testing.assert_array_equal(few, more[[0, 2]])


def test_weights_of_different_nodes_vary_independently():
    halves = [level([0, 0, 1, 1], [0.5] * 4), level([0, 0], [0.5, 0.5])]
    lower, upper = weight_draws(halves, ["abcd", "ef"], 30, SEED, N)
    drawn = [lower[0], lower[2], upper[0]]
    np.testing.assert_allclose(np.corrcoef(drawn), np.eye(3), rtol=0, atol=Z / np.sqrt(N))


def test_infinite_concentration_gives_the_declared_weights():
    tree = level([0, 0], [0.7, 0.3])
    np.testing.assert_array_equal(weight_draws([tree], ["ab"], EXACT, SEED, 50)[0], [[0.7], [0.3]])
    with pytest.raises(ValueError, match="not positive"):
        weight_draws([tree], ["ab"], 0, SEED, 50)


@pytest.mark.parametrize(
    ("parent", "weight", "says"),
    [
        ([0, 0], [0.7, 0.2], "sum to 1"),
        ([0, 0], [1.1, -0.1], "not negative"),
        ([0, 1], [1], "one weight"),
    ],
)
def test_a_level_with_wrong_weights_is_refused(parent, weight, says):
    with pytest.raises(ValueError, match=says):
        level(parent, weight)


def test_shares_and_what_is_common_follow_their_estimates():
    shares = share_draws([[[0.1, 0.2, 0.6], [0.3, 0.3, 0.3]]], ["a"], "TP", SEED, N)
    assert_mean(shares[0, 0], 1.5 / 6, BIAS)
    assert (shares[0, 1] == 0.3).all()
    assert_mean(common_draws(0.2, 0.3, 0.5, SEED, "other", N), 1.9 / 6, BIAS)
    with pytest.raises(ValueError, match="shares lie in"):
        share_draws([[[0.5, 0.9, 1.1]]], ["a"], "T", SEED, 1)


def test_two_units_may_not_share_a_key():
    with pytest.raises(ValueError, match="key of its own"):
        share_draws([[[0, 0.5, 1]], [[0, 0.5, 1]]], ["a", "a"], "T", SEED, 1)


# The tree and the product


@given(st.integers(0, 2**32 - 1), st.integers(1, 12), st.booleans())
def test_the_score_of_a_unit_is_the_same_number_beside_others(seed, children, geometric):
    rng = np.random.default_rng(seed)
    nodes = min(children, 3)
    parent = np.append(np.arange(nodes), rng.integers(0, nodes, children))
    weight = rng.uniform(0.1, 1, len(parent))
    share = weight / np.bincount(parent, weight)[parent]
    tree = Level(parent, share, np.full(nodes, geometric))
    scores = rng.uniform(0, 5, (len(parent), 9))
    scores[rng.random(scores.shape) < 0.2] = np.nan
    together = node_scores(scores, tree, tree.weight[:, None])
    alone = [node_scores(column[:, None], tree, tree.weight[:, None])[:, 0] for column in scores.T]
    np.testing.assert_array_equal(together.T, alone)


def test_node_scores_worked_by_hand():
    tree = level([0, 1, 0, 1, 1], [0.25, 0.5, 0.75, 0.3, 0.2], [False, True])
    scores = np.array([[4.0, np.nan, np.nan], [1, 1, np.nan], [2, 2, np.nan], [4, 4, 3], [5, 0, 3]])
    # 0.25·4 + 0.75·2 = 2.5, 2, -; 1^.5 · 4^.3 · 5^.2, 0, 3
    expected = [[2.5, 2, np.nan], [4**0.3 * 5**0.2, 0, 3]]
    np.testing.assert_allclose(node_scores(scores, tree, tree.weight[:, None]), expected)


def test_a_composite_is_that_of_its_three_levels():
    levels = [level([0, 0, 1], [0.5, 0.5, 1]), level([0, 1], [1, 1]), level([0, 0], [0.4, 0.6])]
    names = ["xyz", "pq", "mn"]
    ratings = np.array([[5, 0, 4], [1, np.nan, 2]], float)
    dimensions, composites = composite_draws(
        ratings,
        0 * ratings,
        levels,
        weight_draws(levels, names, EXACT, SEED, 2),
        "ab",
        names[0],
        SEED,
        2,
        "ratings",
    )
    # a: 2.5 and 4 of 5; 0.4·0.5 + 0.6·0.8 = 0.68. b: 1 and 2 of 5; 0.4·0.2 + 0.6·0.4 = 0.32
    np.testing.assert_allclose(dimensions[..., 1], [[0.5, 0.8], [0.2, 0.4]])
    np.testing.assert_allclose(composites, [[0.68] * 2, [0.32] * 2])


def test_two_criteria_under_any_weights():
    # A = (1, 0), B = (0, t), weights uniform: A is first where w > t / (1 + t), so with 2/3
    expected = CLOSED["weights_two_criteria"]
    ratings = np.array([[5, 0], [0, 5 * expected["t"]]])
    tree = [level([0, 0], [0.5, 0.5])]
    weights = weight_draws(tree, ["xy"], 2, SEED, N)
    _, values = composite_draws(ratings, 0 * ratings, tree, weights, "AB", "xy", SEED, N, "ratings")
    p = expected["P_A_first"]
    error = Z * np.sqrt(p * (1 - p) / N)
    assert abs(rank_probabilities(values)[0, 0] - p) < error
    assert abs(pairwise_probabilities(values)[0, 1] - p) < error


# Ranks


def test_ranks_and_their_statistics_are_those_published():
    header, units, scores = table("asem_ua_scores.csv")
    _, named, expected = table("asem_ua_rank_statistics.csv")
    assert header[1] == "Nominal"
    assert units == named
    drawn = ranks(scores[:, 1:])
    computed = np.column_stack(
        [
            ranks(scores[:, 0]),
            expected_ranks(rank_probabilities(scores[:, 1:])),
            np.median(drawn, axis=1),
            intervals(drawn, 0.9),
        ]
    )
    np.testing.assert_allclose(computed, expected, rtol=0, atol=1e-12)


def test_tied_units_share_their_ranks():
    values = np.array([[3.0, 1], [3, 2], [1, 3], [3, 0]])
    np.testing.assert_array_equal(ranks(values), [[2, 3], [2, 2], [4, 1], [2, 4]])
    third = 1 / 3  # three units share the ranks 1 to 3 of the first draw
    shared = np.array([[third, third, third, 0]] * 2 + [[0, 0, 0, 1], [third, third, third, 0]])
    second = np.array([[0, 0, 1, 0], [0, 1, 0, 0], [1, 0, 0, 0], [0, 0, 0, 1]])
    probabilities = rank_probabilities(values)
    np.testing.assert_allclose(probabilities, (shared + second) / 2, atol=1e-15)
    np.testing.assert_allclose(expected_ranks(probabilities), ranks(values).mean(axis=1))
    beats = pairwise_probabilities(values)
    np.testing.assert_allclose(beats[0], [0.5, 0.25, 0.5, 0.75])  # tied with 1: (½ + 0) / 2


def test_the_bounds_of_a_rank_leave_half_of_the_rest_outside_on_either_side():
    odds = np.array([[0.9, 0.1, 0.0, 0.0], [0.06, 0.84, 0.1, 0.0], [0.04, 0.06, 0.85, 0.05],
                     [0.0, 0.0, 0.05, 0.95]])  # fmt: skip
    # At 90% up to 5% may lie outside above and 5% below: 0.04 does, and so does 0.05, 0.06 not.
    np.testing.assert_array_equal(rank_bounds(odds, 0.9), [[1, 2], [1, 3], [2, 3], [4, 4]])
    np.testing.assert_array_equal(rank_bounds(odds, 0.8), [[1, 1], [2, 2], [3, 3], [4, 4]])
    certain = np.eye(3)
    np.testing.assert_array_equal(rank_bounds(certain, 0.99), [[1, 1], [2, 2], [3, 3]])


def test_statistical_ties_are_those_neither_side_wins():
    beats = np.array([[0.5, 0.9, 0.95], [0.1, 0.5, 0.4], [0.05, 0.6, 0.5]])
    expected = [[False, True, False], [True, False, True], [False, True, False]]
    np.testing.assert_array_equal(statistical_ties(beats, 0.1), expected)


def test_an_interval_leaves_the_same_out_on_both_sides():
    np.testing.assert_allclose(intervals(np.arange(101.0)[None], 0.9), [[5, 95]])


def test_draws_are_ranked_in_portions(monkeypatch):
    values = np.random.default_rng(SEED).integers(0, 4, (5, 23)).astype(float)
    whole = ranks(values)
    monkeypatch.setattr(standing, "PORTION", 10)
    np.testing.assert_array_equal(ranks(values), whole)
    np.testing.assert_array_equal(whole[:, 7], ranks(values[:, 7]))


def test_a_unit_without_a_value_is_not_ranked():
    with pytest.raises(ValueError, match="cannot be ranked"):
        ranks(np.array([1, np.nan]))


# Properties, over random worlds

DRAWS = 40
worlds = st.builds(
    lambda seed, units: World.random(np.random.default_rng(seed), units),
    st.integers(0, 2**32 - 1),
    st.integers(2, 6),
)


@dataclass(frozen=True)
class World:
    """Units rated on a tree of two levels, with two shares each."""

    units: tuple[str, ...]
    ratings: np.ndarray
    spread: np.ndarray
    levels: list[Level]
    estimates: np.ndarray
    concentration: float = 20

    @classmethod
    def random(cls, rng, units):
        indicators = int(rng.integers(2, 7))
        parent = np.append([0, 1], rng.integers(0, 2, indicators - 2))
        weight = rng.uniform(0.1, 1, indicators)
        weight /= np.bincount(parent, weight)[parent]
        levels = [
            Level(parent, weight, rng.random(2) < 0.3),
            Level(np.array([0, 0]), np.array([0.6, 0.4]), rng.random(1) < 0.3),
        ]
        ratings = rng.integers(0, 11, (units, indicators)) / 2
        ratings[:, 2:][rng.random((units, indicators - 2)) < 0.2] = np.nan
        return cls(
            tuple(f"unit{n}" for n in range(units)),
            ratings,
            rng.choice([0, 0.5, 1, 3], ratings.shape),
            levels,
            np.sort(rng.integers(0, 11, (units, 2, 3)) / 10, axis=-1),
        )

    @property
    def names(self):
        return [[f"node{at}{n}" for n in range(len(level.parent))]
                for at, level in enumerate(self.levels)]  # fmt: skip

    def products(self):
        weights = weight_draws(self.levels, self.names, self.concentration, SEED, DRAWS)
        dimensions, composites = composite_draws(
            self.ratings,
            self.spread,
            self.levels,
            weights,
            self.units,
            self.names[0],
            SEED,
            DRAWS,
            "ratings",
        )
        base = common_draws(0.1, 0.2, 0.3, SEED, "region", DRAWS)
        shares = share_draws(self.estimates, self.units, "TP", SEED, DRAWS)
        regional = regional_share(base, 0.5, composites)
        return product_draws(supply_index(dimensions[:, 0]), regional, shares)

    def rows(self, chosen):
        return replace(
            self,
            units=tuple(self.units[n] for n in chosen),
            ratings=self.ratings[chosen],
            spread=self.spread[chosen],
            estimates=self.estimates[chosen],
        )


@given(worlds)
def test_rank_probabilities_sum_to_one_both_ways(world):
    probabilities = rank_probabilities(world.products())
    np.testing.assert_allclose(probabilities.sum(axis=0), 1)
    np.testing.assert_allclose(probabilities.sum(axis=1), 1)
    assert probabilities.min() > -1e-12


@given(st.integers(0, 2**32 - 1), st.integers(1, 7), st.integers(1, 6))
def test_ranks_and_pairs_are_what_counting_gives(seed, units, distinct):
    values = np.random.default_rng(seed).integers(0, distinct, (units, 5)).astype(float)
    above = (values[None] > values[:, None]).sum(axis=1)
    level_with = (values[None] == values[:, None]).sum(axis=1)
    np.testing.assert_array_equal(ranks(values), above + (level_with + 1) / 2)
    positions = np.arange(units)
    taken = (positions >= above[..., None]) & (positions < (above + level_with)[..., None])
    expected = (taken / level_with[..., None]).mean(axis=1)
    np.testing.assert_allclose(rank_probabilities(values), expected, atol=1e-12)
    wins = (values[:, None] > values[None]) + 0.5 * (values[:, None] == values[None])
    np.testing.assert_allclose(pairwise_probabilities(values), wins.mean(axis=2))


@given(worlds, st.randoms(use_true_random=False))
def test_the_order_of_units_changes_nothing(world, random):
    order = random.sample(range(len(world.units)), len(world.units))
    np.testing.assert_array_equal(world.rows(order).products(), world.products()[order])


@given(worlds)
def test_a_unit_more_changes_no_other_units_draws(world):
    fewer = world.rows(list(range(len(world.units) - 1)))
    np.testing.assert_array_equal(fewer.products(), world.products()[:-1])


@given(worlds, st.data())
def test_raising_a_rating_lowers_no_product_and_moves_no_other_unit(world, data):
    row, column = data.draw(st.sampled_from(np.argwhere(~np.isnan(world.ratings)).tolist()))
    raised = world.ratings.copy()
    raised[row, column] = data.draw(st.integers(int(2 * raised[row, column]), 10)) / 2
    before, after = world.products(), replace(world, ratings=raised).products()
    assert (after[row] >= before[row] * (1 - 1e-12)).all()
    others = np.arange(len(before)) != row
    np.testing.assert_array_equal(after[others], before[others])


@given(worlds, st.data())
def test_raising_an_estimate_lowers_no_product(world, data):
    row = data.draw(st.integers(0, len(world.units) - 1))
    column = data.draw(st.integers(0, 1))
    raised = world.estimates.copy()
    low, mode, high = np.rint(10 * raised[row, column]).astype(int).tolist()
    step = data.draw(st.integers(0, 10 - high))
    moved = np.array([low, data.draw(st.integers(mode, high)), high]) + step
    raised[row, column] = moved / 10
    before, after = world.products(), replace(world, estimates=raised).products()
    assert (after >= before * (1 - 1e-12)).all()


@given(worlds)
def test_without_variance_ranks_are_certain(world):
    still = replace(
        world,
        spread=0 * world.spread,
        concentration=EXACT,
        estimates=np.repeat(world.estimates[..., 1:2], 3, axis=-1),
    )
    values = still.products() / common_draws(0.1, 0.2, 0.3, SEED, "region", DRAWS)
    values = np.round(values, 9)  # what is left is rounding: the region cancels
    if len(np.unique(values[:, 0])) < len(values):
        np.testing.assert_array_equal(ranks(values), np.repeat(ranks(values)[:, :1], DRAWS, 1))
    else:
        certain = np.equal.outer(ranks(values[:, 0]), np.arange(1, len(values) + 1))
        np.testing.assert_array_equal(rank_probabilities(values), certain)


@given(worlds, st.integers(0, 1))
def test_a_share_of_zero_makes_a_product_of_zero(world, share):
    estimates = world.estimates.copy()
    estimates[0, share] = 0
    assert (replace(world, estimates=estimates).products()[0] == 0).all()


@pytest.mark.parametrize("units", [2, 3, 7])
def test_exchangeable_units_take_each_rank_equally_often(units):
    world = World.random(np.random.default_rng(SEED), units)
    alike = world.rows([0] * units)
    weights = weight_draws(world.levels, world.names, 20, SEED, N)
    _, values = composite_draws(
        alike.ratings,
        alike.spread + 0.5,
        world.levels,
        weights,
        world.units,
        world.names[0],
        SEED,
        N,
        "ratings",
    )
    p = 1 / units
    error = Z * np.sqrt(p * (1 - p) / N)
    np.testing.assert_allclose(rank_probabilities(values), p, rtol=0, atol=error)
    np.testing.assert_allclose(pairwise_probabilities(values), 0.5, rtol=0, atol=Z / np.sqrt(4 * N))


def test_the_error_of_a_probability_is_that_of_its_draws():
    found = standard_error(np.array([0.5, 0.1, 0.0, 1.0]), 10_000)
    # √(0.5 · 0.5 / 10000), √(0.1 · 0.9 / 10000); none of 10,000 counts as 1 of 10,002
    assert found == pytest.approx([0.005, 0.003, 0.0001, 0.0001], rel=1e-3)


def test_batches_show_the_error_of_a_mean_and_of_a_quantile():
    values = generator(7, "batches").standard_normal(40_000)
    found = batch_errors(
        lambda drawn: {"mean": drawn["x"].mean(), "q95": np.quantile(drawn["x"], 0.95)},
        {"x": values},
    )
    # 1/√n = 0.005, √(0.95 · 0.05/n) / density(1.645) = 0.0106; batches of 20 tell them within half
    assert found["mean"] == pytest.approx(0.005, rel=0.5)
    assert found["q95"] == pytest.approx(0.0106, rel=0.5)
    assert batch_errors(lambda drawn: {"n": 1.0}, {"x": values[:199]}) == {}
