"""Sobol indices of methods, against their exact values over all combinations."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from suyuan.core.errors import IndexFault
from suyuan.index.input_factors import SENSITIVITY, chosen
from suyuan.index.pipeline import build
from tests.code.index.tabled import computed

RNG = np.random.default_rng(4)
TREE = "node_id,parent_id,weight,low,high\ntop,,,,\na,top,1,0,10\nb,top,3,0,10\nc,top,2,0,10\n"
DATA = "u,a,b,c\n" + "".join(
    f"U{row},{','.join(f'{cell:.3f}' for cell in cells)}\n"
    for row, cells in enumerate(RNG.uniform(1, 9, (8, 3)) ** 2 / 9)
)
METHODS = {
    "normalise": ["goalpost", "rank", "minmax"],
    "aggregation": ["arithmetic", "harmonic"],
    "weights": ["declared", "equal"],
}


def recipe(uncertainty="null", methods=METHODS, draws=4000):
    listed = ", ".join(f"{name}: [{', '.join(values)}]" for name, values in methods.items())
    first = "normalise: {method: goalpost, low: 1}\ncoverage: 0.3\n"
    asked = f"sensitivity: {{draws: {draws}, methods: {{{listed}}}}}\n"
    return first + f"uncertainty: {uncertainty}\n" + asked


def exact(run):
    """Of all outputs the first-order and total indices by method: every combination once."""
    nominal = run.index.ranks["top"].to_numpy()
    shape = [len(values) for values in METHODS.values()]
    outputs = np.empty((*shape, len(nominal) + 1))
    for places in product(*map(range, shape)):
        names = {f: METHODS[f][place] for f, place in zip(METHODS, places, strict=True)}
        ranks = build(run.data, run.tree, chosen(run.recipe, names)).ranks["top"].to_numpy()
        outputs[places] = [np.abs(ranks - nominal).mean(), *ranks]
    axes = tuple(range(len(shape)))
    variance = outputs.var(axis=axes)
    first, total = [], []
    for axis in axes:
        others = tuple(other for other in axes if other != axis)
        first.append(outputs.mean(axis=others).var(axis=0) / variance)
        total.append(outputs.var(axis=axis).mean(axis=tuple(range(len(shape) - 1))) / variance)
    return np.array(first), np.array(total)


def test_methods_alone_have_their_exact_indices(tmp_path):
    run = computed(tmp_path, DATA, TREE, recipe())
    found = SENSITIVITY.of(run)
    assert list(dict.fromkeys(found["factor"])) == list(METHODS)
    first, total = exact(run)
    ours = [
        found.pivot(index="factor", columns="unit", values=name).loc[list(METHODS)]
        for name in ("first_order", "total")
    ]
    varies = ~np.isnan(first[0])
    assert varies.sum() >= 4
    for own, expected in zip(ours, (first, total), strict=True):
        values = own[["", *run.index.ranks.index]].to_numpy()
        np.testing.assert_allclose(values[:, varies], expected[:, varies], atol=0.08)
        assert np.isnan(values[:, ~varies]).all()


def test_drawn_weights_and_scores_are_factors_too(tmp_path):
    drawn = "{concentration: 20, spread: 4}"
    run = computed(tmp_path, DATA, TREE, recipe(drawn, {"aggregation": ["arithmetic", "harmonic"]}))
    found = SENSITIVITY.of(run)
    factors = ["aggregation", "drawn weights", "drawn scores"]
    assert list(dict.fromkeys(found["factor"])) == factors
    average = found[found["unit"] == ""].set_index("factor")
    assert (average["total"] > 0.01).all()
    assert (average["total_low"] <= average["total"]).all()
    assert (average["first_order"] < average["total"] + 0.05).all()


def test_weights_alone_are_all_of_it(tmp_path):
    run = computed(tmp_path, DATA, TREE, recipe("{concentration: 5}", {}, 500))
    found = SENSITIVITY.of(run)
    assert set(found["factor"]) == {"drawn weights"}
    known = found["total"].dropna()
    assert len(known) >= 4
    np.testing.assert_allclose(known, 1, atol=0.25)  # half the variance of a difference, over it


def test_missing_values_by_other_methods(tmp_path):
    line = next(row for row in DATA.splitlines() if row.startswith("U3"))
    holes = DATA.replace(line, "U3,,9.000,")
    methods = {"missing": ["none", "mean", "sibling"]}
    run = computed(tmp_path, holes, TREE, recipe(methods=methods, draws=200))
    found = SENSITIVITY.of(run).set_index("unit")
    assert found.loc["U3", "factor"] == "missing"
    treat = chosen(run.recipe, {"missing": "mean"}).treat
    assert [step.parameters["method"] for step in treat] == ["mean"]
    assert chosen(run.recipe, {"missing": "none"}).treat == ()


def test_another_method_fills_in_what_the_recipe_fills_in(tmp_path):
    treat = "treat: [{step: impute, group: r, only: [a]}, {step: impute, only: [b]}]\n"
    data = DATA.replace("\n", ",r\n", 1).replace("\n", ",x\n").replace(",r,x", ",r")
    own = computed(tmp_path, data, TREE, "uncertainty: null\n" + treat).recipe
    assert chosen(own, {"missing": "mean"}).treat == own.treat
    steps = chosen(own, {"missing": "sibling"}).treat
    assert [step.only for step in steps] == [("a",), ("b",)]
    assert [step.parameters for step in steps] == [{"group": None, "method": "sibling"}] * 2


def test_what_is_wrong_is_told(tmp_path):
    wrong = recipe(methods={"normalise": ["goalpost", "fancy"]})
    with pytest.raises(IndexFault) as caught:
        computed(tmp_path, DATA, TREE, wrong)
    assert [problem.code for problem in caught.value.problems] == ["E126"]
    ill = recipe(methods={"normalise": ["goalpost", "zscore"], "aggregation": ["geometric"]})
    with pytest.raises(IndexFault) as caught:
        SENSITIVITY.of(computed(tmp_path, DATA, TREE, ill))
    assert {problem.code for problem in caught.value.problems} == {"E517"}


def test_it_is_not_computed_unless_asked_for(tmp_path):
    assert SENSITIVITY.of(computed(tmp_path, DATA, TREE)) is None
