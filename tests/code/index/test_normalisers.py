"""Normalisers: worked answers, what is missing or constant, and rank reversal."""

from __future__ import annotations

from dataclasses import fields, replace

import numpy as np
import pytest

from suyuan.index import normalisers
from suyuan.index.normalisers import distance_to_target, goalpost, maximum, minmax, reference, share
from suyuan.index.scoring import METHODS, normalise, score_range
from suyuan.index.tree import LOG, Node
from tests.code.index.published import case

NAN = np.nan
VALUES = np.array([2.0, 4, NAN, 10])
LEAF = Node("x", low=0.0, high=20.0, target=8.0, optimum_low=3.0, optimum_high=5.0)
STANDARD = np.full(4, 8.0)
OUTPUT = (0.0, 100.0)


@pytest.mark.parametrize(
    ("method", "expected"),
    [
        ("goalpost", [10, 20, NAN, 50]),  # of 0 to 20
        ("minmax", [0, 25, NAN, 100]),  # of 2 to 10
        ("distance_to_target", [0, 100 / 3, NAN, 100]),  # of 2 to 8, and no further
        ("rank", [0, 50, NAN, 100]),
        ("share", [12.5, 25, NAN, 62.5]),  # of 16
        ("reference", [25, 50, NAN, 125]),  # of 8
        ("optimum", [200 / 3, 100, NAN, 200 / 3]),  # from 0 to 3, none lost to 5, down to 20
        ("vector", [100 * x / np.sqrt(120) for x in (2, 4, NAN, 10)]),
        ("maximum", [20, 40, NAN, 100]),  # of 10
    ],
)
def test_worked_answers(method, expected):
    found = normalise(VALUES, LEAF, method, OUTPUT, standard=STANDARD)
    np.testing.assert_allclose(found, expected)


@pytest.mark.parametrize(
    ("method", "expected"),
    [
        ("goalpost", [90, 80, NAN, 50]),
        ("minmax", [100, 75, NAN, 0]),
        ("distance_to_target", [100, 100, NAN, 0]),  # 8 is to be reached from above
        ("rank", [100, 50, NAN, 0]),
        # 1/2, 1/4, 1/10 of 17/20
        ("share", [1000 / 17, 500 / 17, NAN, 200 / 17]),
        ("reference", [400, 200, NAN, 80]),  # 8 of each
        ("vector", [100 - 100 * x / np.sqrt(120) for x in (2, 4, NAN, 10)]),
        ("maximum", [100, 50, NAN, 20]),  # 2 of each
    ],
)
def test_where_less_is_better(method, expected):
    leaf = Node("x", low=0.0, high=20.0, target=8.0, direction=-1)
    found = normalise(VALUES, leaf, method, OUTPUT, standard=STANDARD)
    np.testing.assert_allclose(found, expected)


def test_percentiles_are_goalposts():
    # 0 to 100: the 5th and 95th percentiles are 5 and 95
    values = np.append(np.arange(101.0), NAN)
    found = normalise(values, Node("x"), "percentile", OUTPUT)
    np.testing.assert_allclose(found[[0, 5, 50, 95, 100]], [0, 0, 50, 100, 100])
    quartiles = normalise(values, Node("x", low=25, high=75), "percentile", OUTPUT, clip=False)
    np.testing.assert_allclose(quartiles[[0, 25, 75, 100]], [-50, 0, 100, 150])
    assert np.isnan(found[-1])


def test_percentiles_of_nearly_equal_values_tell_none_apart():
    values = np.array([1.0] * 40 + [9.0])
    assert (normalise(values, Node("x"), "percentile", OUTPUT) == 50).all()


def test_beyond_its_ends_an_optimum_is_worth_nothing():
    found = normalise(np.array([-1.0, 0, 20, 21]), LEAF, "optimum", OUTPUT)
    np.testing.assert_array_equal(found, [0, 0, 0, 0])
    sharp = Node("x", low=3, optimum_low=3, optimum_high=5, high=5)
    steps = normalise(np.array([2.9, 3, 5, 5.1]), sharp, "optimum", OUTPUT)
    np.testing.assert_array_equal(steps, [0, 100, 100, 0])


@pytest.mark.parametrize(
    ("method", "values", "clipped", "free"),
    [
        ("goalpost", [-10, 30], [0, 100], [-50, 150]),
        ("distance_to_target", [0, 12], [0, 100], [0, 150]),
        ("reference", [4, 12], [50, 100], [50, 150]),
    ],
)
def test_a_floor_and_a_cap_where_they_are_wanted(method, values, clipped, free):
    values, standard = np.array(values, dtype=float), np.full(2, 8.0)
    for clip, expected in ((True, clipped), (False, free)):
        found = normalise(values, LEAF, method, OUTPUT, clip=clip, standard=standard)
        np.testing.assert_allclose(found, expected)
        own = replace(LEAF, clip=clip)  # what the leaf says goes before the recipe
        found = normalise(values, own, method, OUTPUT, clip=not clip, standard=standard)
        np.testing.assert_allclose(found, expected)
        low, high = score_range(own, method, OUTPUT)
        assert ((found >= low) & (found <= high)).all()


def test_zscores_stop_at_three_deviations_where_that_is_wanted():
    values = np.array([0.0] * 20 + [1.0])
    assert normalise(values, Node("x"), "zscore", OUTPUT).max() > 100
    assert normalise(values, Node("x"), "zscore", OUTPUT, clip=True).max() == 100


@pytest.mark.parametrize("method", METHODS)
def test_every_method_says_where_it_is_from_and_keeps_to_its_range(method):
    how = METHODS[method]
    assert how.source
    assert set(how.needs) | set(how.takes) <= {f.name for f in fields(Node)}
    values = np.array([0.1, 2, 4, 4.5, 10, 300, NAN])
    for direction in (1, -1):
        leaf = replace(LEAF, direction=direction, low=3, high=7, optimum_low=4)
        found = normalise(values, leaf, method, OUTPUT, standard=np.full(7, 8.0))
        low, high = score_range(leaf, method, OUTPUT)
        assert ((found[:-1] >= low) & (found[:-1] <= high)).all()


@pytest.mark.parametrize("method", METHODS)
def test_only_relative_methods_look_at_other_units(method):
    values = np.array([3.0, 4, 6, 9])
    given = {"low": None, "high": None} if method == "percentile" else {}
    leaf = replace(LEAF, target=20.0, **given)
    whole = normalise(values, leaf, method, OUTPUT, standard=STANDARD)
    part = normalise(values[1:3], leaf, method, OUTPUT, standard=STANDARD[1:3])
    assert np.allclose(part, whole[1:3]) != METHODS[method].relative


def test_zscore_puts_the_mean_in_the_middle_and_three_deviations_at_the_end():
    # mean 4, sample sd 2: 6 is one deviation, 100/6 above 50
    found = normalisers.zscore(np.array([2.0, 4, 6, NAN]))
    np.testing.assert_allclose(found, [50 - 100 / 6, 50, 50 + 100 / 6, NAN])


def test_goalposts_clip():
    np.testing.assert_allclose(goalpost(np.array([-5.0, 25]), 0, 20), [0, 100])
    np.testing.assert_allclose(goalpost(np.array([-5.0, 25]), 0, 20, -1), [100, 0])


def test_a_log_scale_counts_ratios():
    leaf = Node("x", low=1.0, high=100.0, target=100.0, scale=LOG)
    np.testing.assert_allclose(
        normalise(np.array([1.0, 10, 100]), leaf, "goalpost", OUTPUT), [0, 50, 100]
    )
    np.testing.assert_allclose(
        normalise(np.array([1.0, 10]), leaf, "distance_to_target", OUTPUT), [0, 50]
    )
    np.testing.assert_allclose(
        normalise(np.array([2.0, 4, 8]), leaf, "minmax", OUTPUT), [0, 50, 100]
    )


@pytest.mark.parametrize("method", METHODS)
def test_the_output_is_what_was_asked_for(method):
    wide = normalise(VALUES, LEAF, method, (0.0, 100.0), standard=STANDARD)
    narrow = normalise(VALUES, LEAF, method, (1.0, 5.0), standard=STANDARD)
    np.testing.assert_allclose(narrow, 1 + wide * 0.04)


@pytest.mark.parametrize("method", ["minmax", "zscore", "rank"])
@pytest.mark.parametrize("values", [[3, 3, NAN], [3, NAN, NAN]])
def test_a_constant_indicator_puts_all_in_the_middle(method, values):
    found = normalise(np.array(values, dtype=float), LEAF, method, OUTPUT)
    np.testing.assert_array_equal(found, np.where(np.isnan(values), NAN, 50))


@pytest.mark.parametrize("method", METHODS)
def test_where_nothing_is_known_nothing_is_scored(method):
    assert np.isnan(normalise(np.full(4, NAN), LEAF, method, OUTPUT, standard=STANDARD)).all()


def test_a_target_that_all_have_reached_gives_all_the_best():
    np.testing.assert_array_equal(distance_to_target(np.array([9.0, 12, NAN]), 8), [100, 100, NAN])


@pytest.mark.parametrize(
    ("method", "leaf", "reason"),
    [
        ("goalpost", Node("x", low=1.0), "no high"),
        ("distance_to_target", Node("x"), "no target"),
        ("goalpost", Node("x", low=2.0, high=2.0), "low < high"),
        ("minmax", Node("x", scale=LOG), "positive"),
        ("share", Node("x", direction=-1), "positive"),
        ("maximum", Node("x", direction=-1), "positive"),
        ("median", Node("x"), "median"),
    ],
)
def test_what_cannot_be_normalised_is_refused(method, leaf, reason):
    with pytest.raises(ValueError, match=reason):
        normalise(np.array([0.0, 1]), leaf, method, OUTPUT)


def test_nothing_is_an_amount_where_more_is_better():
    values, standard = np.array([0.0, 1, 3]), np.full(3, 2.0)
    np.testing.assert_array_equal(share(values), [0, 25, 75])
    np.testing.assert_allclose(maximum(values), [0, 100 / 3, 100])
    np.testing.assert_array_equal(reference(values, standard), [0, 50, 150])
    for method in (share, maximum):
        np.testing.assert_array_equal(method(np.zeros(2)), [50, 50])
        with pytest.raises(ValueError, match="positive"):
            method(np.array([-1.0, 1]))


# --- rank reversal ----------------------------------------------------------------------------


def products(members, scores):
    names = list(members["c"])
    supplied = scores(np.array([members["c"][name] for name in names]))
    return dict(zip(names, supplied * [members["m"][name] for name in names], strict=True))


def test_minmax_reverses_two_units_when_a_weak_third_changes():
    published = case("goalposts.json", "minmax_rank_reversal")
    first, second = (
        products(published[one], lambda c: minmax(c, output=(1.0, 100.0)))
        for one in ("set1", "set2")
    )
    assert first == pytest.approx(published["set1"]["F"])
    assert second == pytest.approx(published["set2"]["F"])
    assert first["A"] > first["B"]
    assert second["A"] < second["B"]


def test_goalposts_do_not():
    published = case("goalposts.json", "minmax_rank_reversal")
    for one in ("set1", "set2"):
        found = products(published[one], lambda c: goalpost(c, 0, 1, output=(1.0, 100.0)))
        assert found["A"] == pytest.approx(24.06)  # (1 + 99·0.8)·0.3
        assert found["B"] == pytest.approx(30.2)  # (1 + 99·0.6)·0.5
