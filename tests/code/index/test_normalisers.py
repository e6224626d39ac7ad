"""Normalisers: worked answers, what is missing or constant, and rank reversal."""

from __future__ import annotations

import numpy as np
import pytest

from suyuan.index import normalisers
from suyuan.index.normalisers import METHODS, distance_to_target, goalpost, minmax, normalise
from suyuan.index.tree import LOG, Node
from tests.code.index.published import case

NAN = np.nan
VALUES = np.array([2.0, 4, NAN, 10])
LEAF = Node("x", low=0.0, high=20.0, target=8.0)
OUTPUT = (0.0, 100.0)


@pytest.mark.parametrize(
    ("method", "expected"),
    [
        ("goalpost", [10, 20, NAN, 50]),  # of 0 to 20
        ("minmax", [0, 25, NAN, 100]),  # of 2 to 10
        ("distance_to_target", [0, 100 / 3, NAN, 100]),  # of 2 to 8, and no further
        ("rank", [0, 50, NAN, 100]),
        ("share", [12.5, 25, NAN, 62.5]),  # of 16
    ],
)
def test_worked_answers(method, expected):
    np.testing.assert_allclose(normalise(VALUES, LEAF, method, OUTPUT), expected)


@pytest.mark.parametrize(
    ("method", "expected"),
    [
        ("goalpost", [90, 80, NAN, 50]),
        ("minmax", [100, 75, NAN, 0]),
        ("distance_to_target", [100, 100, NAN, 0]),  # 8 is to be reached from above
        ("rank", [100, 50, NAN, 0]),
        # 1/2, 1/4, 1/10 of 17/20
        ("share", [1000 / 17, 500 / 17, NAN, 200 / 17]),
    ],
)
def test_where_less_is_better(method, expected):
    leaf = Node("x", low=0.0, high=20.0, target=8.0, direction=-1)
    np.testing.assert_allclose(normalise(VALUES, leaf, method, OUTPUT), expected)


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
    wide = normalise(VALUES, LEAF, method, (0.0, 100.0))
    np.testing.assert_allclose(normalise(VALUES, LEAF, method, (1.0, 5.0)), 1 + wide * 0.04)


@pytest.mark.parametrize("method", ["minmax", "zscore", "rank"])
@pytest.mark.parametrize("values", [[3, 3, NAN], [3, NAN, NAN]])
def test_a_constant_indicator_puts_all_in_the_middle(method, values):
    found = normalise(np.array(values, dtype=float), LEAF, method, OUTPUT)
    np.testing.assert_array_equal(found, np.where(np.isnan(values), NAN, 50))


@pytest.mark.parametrize("method", METHODS)
def test_where_nothing_is_known_nothing_is_scored(method):
    assert np.isnan(normalise(np.full(3, NAN), LEAF, method, OUTPUT)).all()


def test_a_target_that_all_have_reached_gives_all_the_best():
    np.testing.assert_array_equal(distance_to_target(np.array([9.0, 12, NAN]), 8), [100, 100, NAN])


@pytest.mark.parametrize(
    ("method", "leaf", "reason"),
    [
        ("goalpost", Node("x", low=1.0), "no high"),
        ("distance_to_target", Node("x"), "no target"),
        ("goalpost", Node("x", low=2.0, high=2.0), "low < high"),
        ("minmax", Node("x", scale=LOG), "positive"),
        ("share", Node("x"), "positive"),
        ("median", Node("x"), "median"),
    ],
)
def test_what_cannot_be_normalised_is_refused(method, leaf, reason):
    with pytest.raises(ValueError, match=reason):
        normalise(np.array([0.0, 1]), leaf, method, OUTPUT)


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
