"""Drawn indices: what is sure stays as it is, what is drawn stays in its bounds."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from suyuan.index.aggregate import aggregate
from suyuan.index.aggregations import GEOMETRIC
from suyuan.index.recipe import Uncertainty
from suyuan.index.tree import Node, Tree
from tests.code.index.trees import grown

simulate = pytest.importorskip("suyuan.index.simulate", exc_type=ImportError)

NAN = np.nan
OUTPUT = (100.0, 200.0)
UNEVEN = grown({"x": 2, "m": (1, {"a": 1, "n": (3, {"b": 1, "c": 1})})}, aggregation=GEOMETRIC)
LEAVES = pd.DataFrame(
    {"x": [110, 120.0], "a": [130, NAN], "b": [140, 160.0], "c": [180, NAN]}, index=["u", "v"]
)


def drawn(concentration=np.inf, spread=0.0, draws=2000):
    return Uncertainty(draws, 1, concentration, spread, interval=0.9)


def scores_of(tree):
    return aggregate(tree, LEAVES, OUTPUT).scores["top"].to_numpy()


@pytest.mark.parametrize("tree", [UNEVEN, UNEVEN.aggregated("arithmetic")])
def test_without_doubt_every_draw_is_the_score(tree):
    found = simulate.root_draws(tree, LEAVES, "top", OUTPUT, drawn(draws=3))
    np.testing.assert_allclose(found, np.repeat(scores_of(tree)[:, None], 3, axis=1))


@pytest.mark.parametrize("aggregation", ["arithmetic", GEOMETRIC, "harmonic"])
def test_who_knows_what_weighs_next_to_nothing_alone_has_a_score_in_every_draw(aggregation):
    tree = Tree(
        [Node("top", aggregation=aggregation), Node("a", "top", 1.0), Node("b", "top", 1e-5)]
    )
    leaves = pd.DataFrame({"a": [110, NAN], "b": [140, 160.0]}, index=["u", "v"])
    both, alone = simulate.root_draws(tree, leaves, "top", OUTPUT, drawn(50.0))
    np.testing.assert_allclose(alone, 160.0)
    np.testing.assert_allclose(both, 110.0, rtol=0.2)


def test_weights_are_common_to_all_units():
    alike = LEAVES.iloc[[0, 0]].set_axis(["u", "v"])
    first, second = simulate.root_draws(UNEVEN, alike, "top", OUTPUT, drawn(20.0))
    np.testing.assert_array_equal(first, second)
    assert first.std() > 0
    # no weights make a score lower than its worst indicator, or higher than its best
    assert first.min() > 110
    assert first.max() < 180


def test_scores_are_drawn_around_themselves_and_within_the_range():
    tree = Tree([Node("top"), Node("x", "top")])
    leaves = pd.DataFrame({"x": [150, 101.0, 200.0]}, index=["u", "v", "w"])
    inside, low, top = simulate.root_draws(tree, leaves, "top", OUTPUT, drawn(spread=6.0))
    assert inside.min() >= 144
    assert inside.max() <= 156
    # PERT over ±6 has mean 150 and variance 6²/7: four standard errors of 2000 draws are 0.2
    assert inside.mean() == pytest.approx(150, abs=0.21)
    assert inside.std() == pytest.approx(6 / np.sqrt(7), rel=0.1)
    assert 100 <= low.min() < 101 < low.max() <= 107
    assert 194 <= top.min() < top.max() <= 200


def test_a_score_that_rounds_to_just_outside_is_at_the_end():
    tree = Tree([Node("top"), Node("x", "top")])
    low, high = 1.1, 7.3
    leaves = pd.DataFrame({"x": [np.nextafter(high, 8), high]}, index=["u", "v"])
    found = simulate.root_draws(tree, leaves, "top", (low, high), drawn(spread=1.0, draws=300))
    assert found.min() >= high - 1
    assert found.max() <= high


def test_each_unit_draws_its_own_scores():
    alike = LEAVES.iloc[[0, 0]].set_axis(["u", "v"])
    both = simulate.root_draws(UNEVEN, alike, "top", OUTPUT, drawn(spread=6.0))
    assert abs(np.corrcoef(both)[0, 1]) < 0.09  # four standard errors of 2000 independent draws
    alone = simulate.root_draws(UNEVEN, alike.iloc[1:], "top", OUTPUT, drawn(spread=6.0))
    np.testing.assert_array_equal(alone[0], both[1])


@pytest.mark.parametrize("aggregation", ["topsis", "copeland"])
def test_units_are_compared_in_portions_of_draws(monkeypatch, aggregation):
    tree = UNEVEN.aggregated(aggregation)
    units = pd.concat([LEAVES, LEAVES + 7, LEAVES - 3]).set_axis(list("uvwxyz"))
    scores = aggregate(tree, units, OUTPUT).scores
    imputed = units.isna() | (units == 130)
    filled = simulate.Filled(imputed, {"a": np.array([-5.0, 0, 3])})
    given = (tree, scores, "top", OUTPUT, drawn(20.0, spread=6.0, draws=300), filled)
    whole = simulate.root_draws(*given)
    monkeypatch.setattr(simulate, "HELD", 6 * 2 * 70)
    np.testing.assert_array_equal(simulate.root_draws(*given), whole)
    assert np.nanstd(whole) > 0
