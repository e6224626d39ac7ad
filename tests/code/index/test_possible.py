"""Possible ranks and swaps, against programmes of scipy, brute force and by applying them."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from scipy.optimize import linprog

from suyuan.index import swaps
from suyuan.index.firmness import POSSIBLE, SWAPS
from suyuan.index.possible import Region, arithmetic, filled, possible_ranks
from suyuan.index.tree import Node, Tree
from tests.code.index.tabled import computed
from tests.code.index.trees import flat, grown, two_levels

TOLERANCE = 1e-9


DEEP = grown({"x": (2, {"a": 1, "b": 3}), "y": (1, {"c": 1, "d": 1, "e": 2})})


@pytest.mark.parametrize("share", [0.1, 0.5, 2.0, np.inf])
def test_the_greedy_rule_solves_the_programme(share):
    rng = np.random.default_rng(5)
    region = Region(flat(1, 2, 3, 4, 5), "top", share)
    low, high = region.ends("top")
    values = rng.normal(size=(50, 5))
    weights = filled(values, low, high)
    np.testing.assert_allclose(weights.sum(axis=1), 1)
    for row, own in zip(values, weights, strict=True):
        limits = list(zip(low, high, strict=True))
        exact = linprog(-row, A_eq=[[1] * 5], b_eq=[1], bounds=limits)
        assert own @ row == pytest.approx(-exact.fun, abs=1e-9)


def sampled(region, count, rng):
    """Weights of the leaves somewhere in the region, many at its corners."""
    tree, found = region.tree, []
    while len(found) < count:
        weight = {region.root: 1.0}
        for node in reversed(tree.upward):
            children, _ = tree.weighed(node)
            low, high = region.ends(node)
            if rng.random() < 0.5:
                own = filled(rng.normal(size=(1, len(children))), low, high)[0]
            else:
                mixed = filled(rng.normal(size=(20, len(children))), low, high)
                own = rng.dirichlet(np.ones(20)) @ mixed
            weight |= {c: weight[node] * w for c, w in zip(children, own, strict=True)}
        found.append([weight[leaf] for leaf in region.leaves])
    return np.array(found)


@pytest.mark.parametrize("share", [0.2, 1.0, np.inf])
@pytest.mark.parametrize("seed", range(4))
def test_no_draw_of_weights_and_cells_goes_beyond(share, seed):
    rng = np.random.default_rng(seed)
    region = Region(DEEP, "top", share)
    values = rng.uniform(0, 100, (7, 5))
    missing = rng.random((7, 5)) < 0.15
    low, high = np.where(missing, 0, values), np.where(missing, 100, values)
    found = possible_ranks(low, high, region, TOLERANCE)
    assert (found.best <= found.best_attained).all()
    assert (found.best_attained <= found.worst_attained).all()
    assert (found.worst_attained <= found.worst).all()
    seen = np.empty((0, 7))
    for weights in sampled(region, 400, rng):
        cells = np.where(missing, rng.choice([0, 100, 50], (7, 5)), values)
        scores = cells @ weights
        seen = np.vstack([seen, [[1 + (scores > own).sum() for own in scores]]])
    assert (found.best <= seen.min(axis=0)).all()
    assert (seen.max(axis=0) <= found.worst).all()


def test_a_pair_is_bounded_exactly():
    rng = np.random.default_rng(2)
    region = Region(DEEP, "top", 0.4)
    gaps = rng.normal(size=(1, 5))
    greatest, weights = region.greatest(gaps)
    assert greatest[0] == pytest.approx(gaps[0] @ weights[0])
    draws = sampled(region, 3000, rng) @ gaps[0]
    assert draws.max() <= greatest[0] + 1e-12
    assert draws.max() == pytest.approx(greatest[0])  # corners are among them
    np.testing.assert_allclose(Region(DEEP, "top", 0.0).greatest(gaps)[0], gaps @ region.nominal)


def exact_best(values, region):
    """The best rank of each unit over three weights: at some corner where two lines meet."""
    low, high = region.ends("top")
    lines = [(np.eye(3)[place], end[place]) for place in range(3) for end in (low, high)]
    lines += [(values[u] - values[v], 0.0) for u, v in combinations(range(len(values)), 2)]
    found = np.full(len(values), np.inf)
    for (one, at), (two, to) in combinations(lines, 2):
        system = np.array([np.ones(3), one, two])
        if abs(np.linalg.det(system)) < 1e-9:
            continue
        weights = np.linalg.solve(system, [1, at, to])
        if (weights >= low - 1e-12).all() and (weights <= high + 1e-12).all():
            scores = values @ weights
            found = np.minimum(found, [1 + (scores > own + TOLERANCE).sum() for own in scores])
    return found


def test_best_ranks_by_all_corners_of_three_weights():
    rng, same = np.random.default_rng(1), []
    for _ in range(25):
        values = rng.uniform(0, 10, (6, 3))
        region = Region(flat(1, 1, 2), "top", rng.choice([0.3, 0.8, np.inf]))
        found = possible_ranks(values, values, region, TOLERANCE)
        exact = exact_best(values, region)
        assert (found.best <= exact).all()
        assert (exact <= found.best_attained).all()
        same += [*(found.best == found.best_attained)]
    assert np.mean(same) > 0.8  # mostly both are the same, and then exact


def test_worked_by_hand():
    # A (9, 1), B (1, 9), C (4, 4): C is best where neither is far ahead, yet never first
    values = np.array([[9.0, 1], [1, 9], [4, 4]])
    anything = possible_ranks(values, values, Region(flat(1, 1), "top", np.inf), TOLERANCE)
    assert anything.best.tolist() == [1, 1, 1]  # by pairs: C may beat A, and may beat B
    assert anything.best_attained.tolist() == [1, 1, 2]  # never both
    assert anything.worst.tolist() == [3, 3, 3]
    near = possible_ranks(values, values, Region(flat(1, 1), "top", 0.1), TOLERANCE)
    # weights 0.45 to 0.55: A 4.6 to 5.4, C 4
    assert near.best.tolist() == [1, 1, 3]
    assert near.worst.tolist() == [2, 2, 3]


def test_a_cell_without_bounds_is_refused():
    with pytest.raises(ValueError, match="anything"):
        possible_ranks(np.full((2, 2), -np.inf), np.ones((2, 2)), Region(flat(1, 1), "top", 1), 0)


def test_what_is_linear():
    assert arithmetic(DEEP, "top")
    assert not arithmetic(DEEP.aggregated("geometric"), "top")


# --- swaps ---------------------------------------------------------------------------------------


def pair(seed, count=6):
    rng = np.random.default_rng(seed)
    weights, gaps = rng.dirichlet(np.ones(count)), rng.normal(size=count)
    gaps[:2] = np.abs(gaps[0]), -np.abs(gaps[1])  # of both signs: neither is ahead in everything
    return weights, gaps if weights @ gaps > 0 else -gaps


def programme(weights, gaps, largest):
    """The smallest change by linear programming: weights, then how far each is off, or all are."""
    count = len(weights)
    off = np.ones((count, 1)) if largest else np.eye(count)
    one = np.hstack([np.eye(count), -off])
    two = np.hstack([-np.eye(count), -off])
    lead = np.concatenate([gaps, np.zeros(off.shape[1])])
    cost = np.concatenate([np.zeros(count), np.ones(off.shape[1])])
    total = np.concatenate([np.ones(count), np.zeros(off.shape[1])])
    return linprog(
        cost,
        A_ub=np.vstack([one, two, lead]),
        b_ub=np.concatenate([weights, -weights, [0]]),
        A_eq=[total],
        b_eq=[1],
    ).fun


@pytest.mark.parametrize("seed", range(20))
def test_the_smallest_changes_are_those_of_the_programme_and_make_level(seed):
    weights, gaps = pair(seed)
    for method, largest in ((swaps.by_sum, False), (swaps.by_largest, True)):
        changed = method(weights, gaps[None])[0]
        assert changed @ gaps == pytest.approx(0, abs=1e-9)
        assert changed.sum() == pytest.approx(1)
        assert changed.min() >= 0
        change = np.abs(changed - weights)
        found = change.max() if largest else change.sum()
        assert found == pytest.approx(programme(weights, gaps, largest), abs=1e-8)


@pytest.mark.parametrize("seed", range(20))
def test_one_weight_alone_makes_level_and_none_changes_less(seed):
    weights, gaps = pair(seed)
    (place,), (changed,) = swaps.by_one(weights, gaps[None])
    steps = np.linspace(0, 1, 20001)
    changes = []
    for one, weight in enumerate(weights):
        others = (weights @ gaps - weight * gaps[one]) / (1 - weight)
        level = steps * gaps[one] + (1 - steps) * others
        changes += [np.abs(steps[level <= 0] - weight).min(initial=np.inf)]
    if np.isnan(changed).any():
        assert min(changes) == np.inf
        return
    assert changed @ gaps == pytest.approx(0, abs=1e-12)
    assert changed.sum() == pytest.approx(1)
    kept = np.arange(len(weights)) != place
    ratio = changed[kept] / weights[kept]
    np.testing.assert_allclose(ratio, ratio[0])
    assert min(changes) == pytest.approx(abs(changed[place] - weights[place]), abs=1e-4)


def test_pairs_together_are_as_one_by_one():
    weights = np.random.default_rng(0).dirichlet(np.ones(4))
    gaps = np.random.default_rng(1).normal(size=(9, 4))
    for method in (swaps.by_sum, swaps.by_largest, lambda w, g: swaps.by_one(w, g)[1]):
        alone = np.vstack([method(weights, own[None]) for own in gaps])
        np.testing.assert_allclose(method(weights, gaps), alone, rtol=0, atol=1e-15)


def test_who_is_better_in_everything_is_never_overtaken():
    weights, gaps = np.array([0.5, 0.5]), np.array([[1.0, 2.0]])
    assert np.isnan(swaps.by_sum(weights, gaps)).all()
    assert np.isnan(swaps.by_largest(weights, gaps)).all()
    assert np.isnan(swaps.by_one(weights, gaps)[1]).all()


TREE = two_levels("x")
DATA = "u,a,b,c\nA,9,8,6\nB,2,5,7\nC,5,,5\nD,1,2,1\n"


def test_the_table_of_swaps_holds_when_it_is_applied(tmp_path):
    table = SWAPS.of(computed(tmp_path, DATA, TREE, "uncertainty: null\n"))
    assert table[["unit", "other"]].values.tolist() == [["A", "B"], ["B", "C"], ["C", "D"]]
    first = table.iloc[0]
    # gaps 70, 30, -10 of weights 1/4, 1/4, 1/2: lead 20; from a to c each bit closes 80
    assert first["lead"] == pytest.approx(20)
    assert first["sum"] == pytest.approx(2 * 0.25)
    # c alone: others lead by 50, so t = 50 / 60
    assert (first["indicator"], first["weight"]) == ("c", 0.5)
    assert first["changed"] == pytest.approx(50 / 60)
    assert table.iloc[1:]["sum"].isna().all()  # of C a cell is not known
    weights = f"top,,,,\nx,top,{1 - 50 / 60},,\na,x,1,0,10\nb,x,1,0,10\nc,top,{50 / 60},0,10\n"
    again = computed(tmp_path, DATA, "node_id,parent_id,weight,low,high\n" + weights)
    scores = again.index.aggregates.scores["top"]
    assert scores["A"] == pytest.approx(scores["B"])


def region(share):
    return f"uncertainty: {{draws: 10, weights_region: {share}}}\n"


def test_the_table_of_possible_ranks(tmp_path):
    found = POSSIBLE.of(computed(tmp_path, DATA, TREE, region(0))).set_index("unit")
    # C without b: x from 25 to 75, top from 37.5 to 62.5; A 72.5, B 52.5, D 12.5
    assert found.loc["C", ["best", "worst"]].tolist() == [2, 3]
    assert found.loc["B", ["best", "worst"]].tolist() == [2, 3]
    assert found.loc[["A", "D"], ["best", "worst"]].values.tolist() == [[1, 1], [4, 4]]
    assert found["exactness"].tolist() == ["exact"] * 4
    wide = POSSIBLE.of(computed(tmp_path, DATA, TREE, region("simplex"))).set_index("unit")
    assert wide.loc["B", ["best", "worst"]].tolist() == [1, 3]  # c alone; D never passes it


def test_what_is_not_computed_says_so(tmp_path):
    tree = TREE.replace("low,high\n", "low,high,aggregation\n")
    tree = (
        tree.replace(",,,,\n", ",,,,,geometric\n")
        .replace(",10\n", ",10,\n")
        .replace("1,,\n", "1,,,\n")
    )
    found = POSSIBLE.of(computed(tmp_path, DATA, tree, region(0.1)))
    assert found["exactness"].tolist() == ["not linear"] * 4
    assert found[["best", "worst"]].isna().all(axis=None)
    zscores = "normalise: {method: zscore}\n" + region(0.1)
    found = POSSIBLE.of(computed(tmp_path, DATA, TREE, zscores))
    assert found["exactness"].tolist() == ["no bounds"] * 4
    assert POSSIBLE.of(computed(tmp_path, DATA, TREE)) is None


@pytest.mark.parametrize(
    "recipe", ["ties: dense\n", "ties: fractional\n", "ranks: {decimals: 0}\n"]
)
def test_ranks_are_of_one_kind(tmp_path, recipe):
    data = "u,a,b,c\nA,9,9,9\nB,8,8,8\nC,8,8,8\nD,7.001,7.001,7.001\nE,7,7,7\n"
    found = POSSIBLE.of(computed(tmp_path, data, TREE, recipe + region(0.1))).set_index("unit")
    assert found["rank"].tolist() == [1, 2, 2, 4, 5]
    assert (found["best_attained"] <= found["rank"]).all()
    assert (found["rank"] <= found["worst_attained"]).all()


def test_what_compares_units_is_not_linear_even_of_one_child():
    nodes = [Node("top"), Node("a", "top"), Node("b", "top"), Node("c", "b")]
    for how, linear in (("copeland", False), ("topsis", False), ("geometric", True)):
        nodes[2] = Node("b", "top", aggregation=how)
        assert arithmetic(Tree(nodes), "top") is linear


def test_a_root_without_bounds_has_no_ranks_in_any_year(tmp_path):
    data = "u,y,a,b,c\nA,1,9,1,1\nB,1,2,2,2\nA,2,1,,1\nB,2,3,3,3\n"
    recipe = "data: {year: y}\nnormalise: {clip: no}\n" + region(0.1)
    found = POSSIBLE.of(computed(tmp_path, data, TREE, recipe))
    assert found["exactness"].tolist() == ["no bounds"] * 4
    assert found[["best", "worst"]].isna().all(axis=None)


def test_units_that_are_level_need_no_change(tmp_path):
    data = "u,a,b,c\nA,7,7,7\nB,7,7,7\nC,3.3,3.3,3.3\nD,3.1,3.5,3.34\n"
    recipe = "ranks: {decimals: 0}\nuncertainty: null\n"
    table = SWAPS.of(computed(tmp_path, data, TREE, recipe))
    level, _, turned = table.to_dict("records")
    assert (level["lead"], level["sum"], level["largest"]) == (0, 0, 0)
    assert (level["indicator"], level["changed"]) == ("a", level["weight"])
    # by decimals C and D are tied, and D is ahead: a lead below 0 takes a change as well
    assert turned["lead"] == pytest.approx(-0.2)
    assert turned["sum"] > 0
    assert turned["largest"] > 0
