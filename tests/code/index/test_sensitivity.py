"""Where the uncertainty of an index comes from, and what its rankings rest on.

An estimate from N draws may miss its value by Z of its standard errors.
"""

import csv
import json
from itertools import pairwise
from pathlib import Path
from statistics import NormalDist

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from suyuan.index.levels import Level
from suyuan.index.sensitivity import (
    RankShift,
    composite,
    frechet_bounds,
    leave_one_out,
    leave_one_unit_out,
    log_decomposition,
    pick_freeze,
    rank_shift,
    resolution_from_draws,
    resolution_ratio,
    robustness_table,
    sobol_estimates,
    sobol_indices,
    with_leaf_weights,
    with_means,
)

DATA = Path(__file__).parents[2] / "data" / "validation"
CLOSED = json.loads((DATA / "closed_forms.json").read_text(encoding="utf-8"))
SEED = 2026
N = 20_000
Z = 4.5  # passed by chance once in 150,000 estimates


def table(name):
    with (DATA / name).open(encoding="utf-8") as file:
        rows = list(csv.reader(file))
    return [row[0] for row in rows[1:]], [row[1:] for row in rows[1:]]


def level(parent, weight, geometric=None):
    nodes = max(parent) + 1
    flags = np.zeros(nodes, bool) if geometric is None else np.array(geometric)
    return Level(np.array(parent), np.array(weight, float), flags)


# Variance-based sensitivity


def product(groups):
    return np.prod(list(groups.values()), axis=0)


def betas(rng, draws):
    shapes = CLOSED["product_of_betas"]["params"]
    return {name: rng.beta(a, b, draws) for name, (a, b) in shapes.items()}


def test_pick_freeze_takes_one_group_from_the_second_draws():
    first = {"x": np.array([1.0, 2]), "y": np.array([3.0, 4])}
    second = {"x": np.array([5.0, 6]), "y": np.array([7.0, 8])}
    f_a, f_b, f_ab = pick_freeze(lambda g: 10 * g["x"] + g["y"], first, second)
    np.testing.assert_array_equal(f_a, [13, 24])
    np.testing.assert_array_equal(f_b, [57, 68])
    np.testing.assert_array_equal(f_ab, [[53, 64], [17, 28]])


def test_sobol_indices_of_a_product_are_those_of_its_closed_form():
    expected = CLOSED["sobol_product"]
    rng = np.random.default_rng(SEED)
    assert expected["names"] == list(CLOSED["product_of_betas"]["params"])
    f_a, f_b, f_ab = pick_freeze(product, betas(rng, N), betas(rng, N))
    middle = np.mean([f_a, f_b])
    f_a, f_b, f_ab = f_a - middle, f_b - middle, f_ab - middle
    # Standard errors of the two means, and of the variance they are divided by.
    variance = np.var([f_a, f_b])
    of_variance = np.square([f_a, f_b]).std() / variance / np.sqrt(2 * N)
    terms = (f_b * (f_ab - f_a), (f_a - f_ab) ** 2 / 2)
    estimates = sobol_estimates(f_a, f_b, f_ab)
    for estimate, term, known in zip(estimates, terms, ("S1", "ST"), strict=True):
        error = term.std(axis=1) / variance / np.sqrt(N) + estimate * of_variance
        np.testing.assert_array_less(np.abs(estimate - expected[known]), Z * error)
        assert error.max() < 0.02  # the test can tell


def test_sobol_indices_are_those_published():
    inputs, expected = table("asem_sa_indices.csv")
    _, runs = table("asem_sa_runs.csv")
    y = np.array(runs, float)[:, 0].reshape(2 + len(inputs), 100)
    published = np.array(expected, float)
    first, total = sobol_estimates(y[0], y[1], y[2:])
    np.testing.assert_allclose(first, published[:, 0], rtol=1e-12)
    np.testing.assert_allclose(total, published[:, 1], rtol=1e-12)
    found = sobol_indices(
        y[0], y[1], y[2:], resamples=2000, level=0.9,
        stream=np.random.default_rng(SEED), centre=False,
    )  # fmt: skip
    assert found.draws == 100
    np.testing.assert_array_equal(found.first, first)
    np.testing.assert_array_equal(found.total, total)
    # A 5% quantile of R normal draws has the standard error sd √(0.05 · 0.95 / R) / φ(−1.645).
    quantile_error = np.sqrt(0.05 * 0.95 * (1 / 100 + 1 / 2000)) / NormalDist().pdf(-1.645)
    ours = np.hstack([found.first_interval, found.total_interval])
    for ends in (slice(0, 2), slice(2, 4)):
        sd = np.diff(ours[:, ends]) / (2 * 1.645)
        gap = np.abs(ours[:, ends] - published[:, 2:][:, ends])
        np.testing.assert_array_less(gap, Z * quantile_error * sd + np.zeros_like(gap))


def test_bootstrap_intervals_hold_the_truth_as_often_as_they_say():
    # x + 2y of equal variances: first order = total = 1/5, 4/5
    rng = np.random.default_rng(SEED)
    repeats = 200
    held = np.zeros((2, 2))
    for _ in range(repeats):
        draws = rng.standard_normal((4, 300))
        first = dict(zip("xy", draws[:2], strict=True))
        second = dict(zip("xy", draws[2:], strict=True))
        outputs = pick_freeze(lambda g: g["x"] + 2 * g["y"], first, second)
        found = sobol_indices(*outputs, resamples=200, level=0.9, stream=rng)
        for row, ends in enumerate((found.first_interval, found.total_interval)):
            held[row] += (ends[:, 0] <= [0.2, 0.8]) & (ends[:, 1] >= [0.2, 0.8])
    error = Z * np.sqrt(0.9 * 0.1 / repeats)
    np.testing.assert_allclose(held / repeats, 0.9, rtol=0, atol=error)


def test_the_error_is_what_repetitions_show():
    rng = np.random.default_rng(SEED)
    estimates, errors = [], []
    for _ in range(200):
        draws = rng.standard_normal((4, 300))
        first, second = (dict(zip("xy", half, strict=True)) for half in (draws[:2], draws[2:]))
        outputs = pick_freeze(lambda g: g["x"] + 2 * g["y"], first, second)
        found = sobol_indices(*outputs, resamples=100, level=0.9, stream=rng)
        estimates.append([found.first, found.total])
        errors.append([found.first_error, found.total_error])
    # The spread of 200 estimates is known to 1/√400, 5 %, the mean of their errors better.
    np.testing.assert_allclose(np.mean(errors, axis=0), np.std(estimates, axis=0), rtol=0.2)


def test_centring_makes_the_level_of_the_output_irrelevant():
    rng = np.random.default_rng(SEED)
    outputs = pick_freeze(product, betas(rng, 500), betas(rng, 500))
    plain, shifted = (
        sobol_indices(
            *(f + shift for f in outputs),
            resamples=20, level=0.9, stream=np.random.default_rng(1),
        )
        for shift in (0, 1000)
    )  # fmt: skip
    np.testing.assert_allclose(shifted.first, plain.first, rtol=1e-9)
    np.testing.assert_allclose(shifted.first_interval, plain.first_interval, rtol=1e-9)
    # Without it the estimate goes astray, at the same draws.
    raw, _ = sobol_estimates(*(f + 1000 for f in outputs))
    assert np.abs(raw - plain.first).max() > 1


def test_several_outputs_give_what_each_gives_alone():
    rng = np.random.default_rng(SEED)
    first, second = betas(rng, 200), betas(rng, 200)
    both = sobol_estimates(
        *pick_freeze(lambda g: np.stack([product(g), g["T"] + g["C"]]), first, second)
    )
    for output, model in enumerate((product, lambda g: g["T"] + g["C"])):
        for joint, alone in zip(
            both, sobol_estimates(*pick_freeze(model, first, second)), strict=True
        ):
            np.testing.assert_allclose(joint[:, output], alone)


def test_an_output_that_does_not_vary_has_no_indices():
    first, total = sobol_estimates(np.zeros(9), np.zeros(9), np.zeros((2, 9)))
    assert np.isnan([first, total]).all()


# Resolution and decomposition


def test_the_resolution_is_that_of_its_closed_form():
    rule = CLOSED["resolution_rule"]
    sigma = [rule["sigma_each"]] * rule["k"]
    # The reference takes z as 1.96 where it is 1.959964: (0.000036 / 1.96) · ln 2.53 = 0.000017.
    assert resolution_ratio(sigma, 0.95) == pytest.approx(rule["ratio_needed_95"], rel=1.8e-5)


def test_the_resolution_from_draws_is_the_closed_form_of_log_normal_factors():
    rule = CLOSED["resolution_rule"]
    rng = np.random.default_rng(SEED)
    logs = rng.normal(0, rule["sigma_each"], (2, rule["k"], N)).sum(axis=1)
    products = np.exp(logs) * np.array([[1], [4]])  # how large they are makes no difference
    ratio = resolution_from_draws(products, 0.95)[0, 1]
    sd = np.sqrt(2) * rule["sigma_lnF"]
    error = np.sqrt(0.95 * 0.05 / N) * sd / (2 * NormalDist().pdf(1.96))
    assert abs(np.log(ratio) - np.log(rule["ratio_needed_95"])) < Z * error


def test_what_units_share_in_a_draw_does_not_blur_them():
    rng = np.random.default_rng(SEED)
    products = np.exp(rng.normal(0, 0.2, (3, 500)))
    common = np.exp(rng.normal(0, 2, 500))
    ratios = resolution_from_draws(products, 0.95)
    np.testing.assert_allclose(resolution_from_draws(products * common, 0.95), ratios)
    np.testing.assert_array_equal(ratios, ratios.T)
    np.testing.assert_array_equal(np.diag(ratios), 1)
    with pytest.raises(ValueError, match="no logarithm"):
        resolution_from_draws(0 * products, 0.95)


def test_frechet_bounds_worked_by_hand():
    expected = CLOSED["frechet"]
    shares = np.array([expected["marginals"], [0.5, 0.4, 0.9, 0.3]])
    low, high = frechet_bounds(shares)
    np.testing.assert_allclose(low, [expected["lower"], 0])  # 0.5+0.4+0.9+0.3 < 3
    np.testing.assert_allclose(high, [expected["upper"], 0.3])


@given(st.lists(st.floats(0, 1), min_size=1, max_size=6))
def test_a_product_of_shares_lies_within_its_frechet_bounds(shares):
    low, high = frechet_bounds(np.array(shares))
    assert low - 1e-12 <= np.prod(shares) <= high


def test_the_log_decomposition_adds_up_to_the_ratio():
    expected = CLOSED["log_decomposition"]
    terms = log_decomposition(expected["a"], expected["b"])
    assert terms == pytest.approx(expected["ln_ratio_terms"], rel=1e-12)
    assert sum(terms.values()) == pytest.approx(np.log(expected["F_a"] / expected["F_b"]))


@pytest.mark.parametrize(
    ("second", "says"), [({"S": 0.0}, "no logarithm"), ({"T": 1.0}, "same factors")]
)
def test_a_log_decomposition_needs_the_same_factors_above_zero(second, says):
    with pytest.raises(ValueError, match=says):
        log_decomposition({"S": 2.0}, second)


# Robustness

# A leads by the first leaf, B is even, C is weak: 0.6·1 = 0.6, 0.5, 0.6·0.2 + 0.4·0.3 = 0.24
SCORES = np.array([[1, 0.5, 0.2], [0, 0.5, 0.3]])
TREE = [level([0, 0], [0.6, 0.4])]


def test_a_robustness_table_worked_by_hand():
    found = robustness_table(SCORES, TREE, {"second": np.array([1, 4])})
    # Weights 0.2, 0.8: 0.2, 0.5, 0.28. Geometric: 0, 0.5, 0.25. Ranks 1, 2, 3 become 3, 1, 2.
    turned = RankShift(4 / 3, 2)
    assert found == {"second": turned, "arithmetic": RankShift(0, 0), "geometric": turned}


def test_leaf_weights_are_the_shares_of_the_whole():
    tree = [level([0, 0, 1], [0.5, 0.5, 1]), level([0, 0], [0.5, 0.5])]
    weights = np.array([0.2, 0.4, 1.4])
    changed = with_leaf_weights(tree, weights)
    np.testing.assert_allclose(composite(np.eye(3), changed), weights / 2)
    # A node without weight keeps the weights below it.
    np.testing.assert_allclose(
        with_leaf_weights(tree, np.array([0, 0, 3]))[0].weight, [0.5, 0.5, 1]
    )
    for wrong, says in (([1.0, 1, -1], "not negative"), ([0, 0, 0], "above 0")):
        with pytest.raises(ValueError, match=says):
            with_leaf_weights(tree, np.array(wrong))


def test_geometric_means_at_every_node():
    tree = [level([0, 0, 1], [0.5, 0.5, 1]), level([0, 0], [0.5, 0.5])]
    scores = np.array([[0.25], [1], [0.5]])
    values = [composite(scores, with_means(tree, geometric=g)) for g in (False, True)]
    np.testing.assert_allclose(values, [[0.5625], [0.5]])  # √(√(0.25·1)·0.5) = 0.5


def test_leaving_a_pillar_out_moves_ranks_as_published():
    units, rows = table("asem_pillar_scores.csv")
    pillars, removal = table("asem_pillar_removal.csv")
    scores = np.array(rows, float).T
    assert scores.shape == (len(pillars), len(units))
    tree = [level([0] * 5 + [1] * 3, [1 / 5] * 5 + [1 / 3] * 3), level([0, 0], [0.5, 0.5])]
    found = [shift.mean for shift in leave_one_out(scores, tree)]
    np.testing.assert_allclose(found, [float(row[1]) for row in removal], rtol=0, atol=5e-7)


def test_leaving_a_dimension_out_worked_by_hand():
    # Without the first: 0, 0.5, 0.3, ranks 3, 1, 2. Without the second: 1, 0.5, 0.2 as before.
    assert leave_one_out(SCORES, TREE) == [RankShift(4 / 3, 2), RankShift(0, 0)]
    with pytest.raises(ValueError, match="cannot be ranked"):
        leave_one_out(np.array([[1.0, 2], [np.nan, 3]]), TREE)


def test_min_max_reverses_ranks_when_a_weak_unit_leaves_and_goalposts_do_not():
    case = CLOSED["minmax_rank_reversal"]
    score = np.array([case["set1"]["c"][u] for u in "AB"] + [case["set2"]["c"]["Y"], 0.5])
    share = np.array([case["set1"]["m"][u] for u in "AB"] + [case["set2"]["m"]["Y"], 0.1])

    def min_max(stay):
        scaled = (score[stay] - score[stay].min()) / np.ptp(score[stay])
        return (1 + 99 * scaled) * share[stay]

    def goalposts(stay):
        return (1 + 99 * score[stay]) * share[stay]

    # With Y: A 30, B 37.625. Without: A 30, B 17. Units A, B, Y, X.
    np.testing.assert_allclose(min_max(np.arange(3)), list(case["set2"]["F"].values()))
    np.testing.assert_allclose(min_max(np.array([0, 1, 3])), list(case["set1"]["F"].values()))
    assert leave_one_unit_out(min_max, 4)[2] == RankShift(2 / 3, 1)
    assert leave_one_unit_out(goalposts, 4) == [RankShift(0, 0)] * 4


def test_tied_units_move_by_half_ranks():
    shift = rank_shift(np.array([3.0, 2, 1]), np.array([2.0, 2, 1]))
    assert shift == RankShift(1 / 3, 0.5)


@given(st.integers(0, 2**32 - 1))
def test_leaf_weights_give_the_weighted_mean_of_the_leaves(seed):
    rng = np.random.default_rng(seed)
    parent = np.sort(np.append([0, 1, 2], rng.integers(0, 3, 4)))
    size = np.bincount(parent)
    tree = [
        Level(parent, 1 / size[parent], np.zeros(3, bool)),
        Level(np.array([0, 0, 1]), np.array([0.3, 0.7, 1]), np.zeros(2, bool)),
        Level(np.array([0, 0]), np.array([0.5, 0.5]), np.zeros(1, bool)),
    ]
    weights = rng.random(7)
    scores = rng.random((7, 4))
    expected = weights @ scores / weights.sum()
    np.testing.assert_allclose(composite(scores, with_leaf_weights(tree, weights)), expected)


@given(st.lists(st.floats(0, 1), min_size=2, max_size=8), st.floats(0.5, 0.999))
def test_the_resolution_grows_with_each_factor_and_with_the_level(sigma, at):
    ratios = [resolution_ratio(sigma[:k], at) for k in range(len(sigma) + 1)]
    assert ratios[0] == 1
    assert all(before <= after * (1 + 1e-12) for before, after in pairwise(ratios))
    assert resolution_ratio(sigma, at / 2) <= ratios[-1]
