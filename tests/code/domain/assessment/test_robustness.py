"""Robustness of the ranking by score: effective weights, and vendors with a dimension missing."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import NamedTuple

import numpy as np
import pytest

from suyuan.domain.assessment.robustness import effective_weights, robustness

DIMENSIONS = {"supply": "0.5", "platform": "0.3", "trust": "0.2"}
SCORES = {"one": (80, 70, 60), "two": (60, 75, 40), "three": (40, 50, 55), "four": (70, 60, 80)}


class Given(NamedTuple):
    """A parent value with its id."""

    id: str
    v: Decimal


def parents(*, without=()):
    found = [Given(f"{d}.weight", Decimal(w)) for d, w in DIMENSIONS.items()]
    for vendor, scores in SCORES.items():
        pairs = zip(DIMENSIONS, scores, strict=True)
        found += [Given(f"{vendor}.score.{d}", Decimal(score)) for d, score in pairs]
    for first, second in (("supply", "platform"), ("supply", "trust"), ("platform", "trust")):
        found.append(Given(f"{first}.comparison.{second}", Decimal(2)))
    return [given for given in found if given.id not in without]


def results(given):
    return {k: float(v) for k, v in json.loads(str(robustness(given, "rg.robustness").v)).items()}


def test_effective_weights_are_shares_of_the_variance():
    scores = np.array([[0.2, 0.4, 0.6], [0.5, 0.5, 0.5]])
    # the second dimension does not vary: all variance is the first's
    assert effective_weights(scores, np.array([0.5, 0.5])) == pytest.approx([1, 0])
    scores = np.array([[0.0, 1.0, 0.0, 1.0], [0.0, 0.0, 1.0, 1.0]])
    # independent, weights 0.75 and 0.25: variances are as 9 to 1
    assert effective_weights(scores, np.array([0.75, 0.25])) == pytest.approx([0.9, 0.1])


def test_only_units_that_are_wholly_known_have_effective_weights():
    scores = np.array([[0.0, 1.0, 0.0, 1.0, 0.9], [0.0, 0.0, 1.0, 1.0, np.nan]])
    assert effective_weights(scores, np.array([0.75, 0.25])) == pytest.approx([0.9, 0.1])
    assert np.isnan(effective_weights(scores[:, 3:], np.array([0.75, 0.25]))).all()


def test_a_vendor_without_a_dimension_leaves_every_result_a_number():
    found = results(parents(without={"two.score.trust"}))
    assert all(np.isfinite(list(found.values())))
    assert sum(found[f"{d}.effective_weight"] for d in DIMENSIONS) == pytest.approx(1, abs=1e-5)
    others = [given for given in parents() if not given.id.startswith("two.")]
    assert found["rg.alpha"] == results(others)["rg.alpha"]


def test_every_method_ranks_every_vendor_and_the_leaders_are_counted():
    found = results(parents())

    def ranks(method):
        return [found[f"{vendor}.method_rank.{method}"] for vendor in SCORES]

    # 0.5, 0.3, 0.2: 73, 60.5, 46, 69; without supply 0.6, 0.4: 66, 61, 52, 68
    assert ranks("declared") == [1, 3, 4, 2]
    assert ranks("without_supply") == [2, 3, 4, 1]
    # a third each: 70, 58 1/3, 48 1/3, 70
    assert ranks("equal") == [1, 3, 4, 1]
    methods = {name.rpartition(".")[2] for name in found if ".method_rank." in name}
    assert found["rg.method_count"] == len(methods) == 10
    alike = sum(
        [v for v in SCORES if found[f"{v}.method_rank.{m}"] == 1] == ["one"] for m in methods
    )
    assert found["rg.same_leader_count"] == alike
    assert 0 < alike < len(methods)
