"""Robustness: what becomes of the ranking by score when the method is another."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from suyuan.domain.assessment.model import Named, rounded
from suyuan.index.agreement import cronbach_alpha
from suyuan.index.levels import Array, Level
from suyuan.index.ranking import rank
from suyuan.index.sensitivity import (
    RankShift,
    composite,
    leave_one_out,
    leave_one_unit_out,
    robustness_table,
    with_means,
)
from suyuan.index.weighting import ahp, critic, entropy, equal, variation
from suyuan.lineage.operation import Result, number_of

DECLARED = "declared"  # the method of the report itself


def _matrix(parents: Sequence[Named]) -> tuple[list[str], list[str], Array, Array, Array]:
    """Dimensions, vendors, scores (dimensions × vendors) of 0 to 1, weights, comparisons."""
    scores: dict[tuple[str, str], float] = {}
    weights: dict[str, float] = {}
    compared: dict[tuple[str, str], float] = {}
    for parent in parents:
        subject, indicator, *qualifier = parent.id.split(".")
        number = float(number_of(parent))
        match indicator:
            case "weight":
                weights[subject] = number
            case "score":
                scores[qualifier[0], subject] = number / 100
            case "comparison":
                compared[subject, qualifier[0]] = number
            case _:
                raise ValueError(f"{parent.id} has no place in the analysis")
    dimensions, vendors = sorted(weights), sorted({vendor for _, vendor in scores})
    table = np.array([[scores.get((d, v), np.nan) for v in vendors] for d in dimensions])
    matrix = np.ones((len(dimensions), len(dimensions)))
    for (first, second), times in compared.items():
        row, column = dimensions.index(first), dimensions.index(second)
        matrix[row, column], matrix[column, row] = times, 1 / times
    return dimensions, vendors, table, np.array([weights[d] for d in dimensions]), matrix


def robustness(parents: Sequence[Named], value_id: str) -> Result:
    """Rank shifts under other weights, means and members, and coherence, by value id, as JSON.

    Weights change among the dimensions, and so do the means; what is below stays as it is.
    """
    region = value_id.partition(".")[0]
    dimensions, vendors, scores, declared, comparisons = _matrix(parents)
    root = Level(np.zeros(len(dimensions), dtype=np.intp), declared, np.array([False]))
    priorities = ahp(comparisons)
    alternatives = {
        "equal": equal(scores.T),
        "entropy": entropy(scores.T),
        "critic": critic(scores.T),
        "variation": variation(scores.T),
        "ahp": priorities.weights,
    }
    shifts = robustness_table(scores, [root], alternatives)
    shifts |= {
        f"without_{dimension}": shift
        for dimension, shift in zip(dimensions, leave_one_out(scores, [root]), strict=True)
    }

    def with_critic(staying: NDArray[np.intp]) -> Array:
        chosen = scores[:, staying]
        return composite(chosen, [replace(root, weight=critic(chosen.T))])

    def declared_weights(staying: NDArray[np.intp]) -> Array:
        return composite(scores[:, staying], [root])

    shifts["one_out_declared"] = _worst(leave_one_unit_out(declared_weights, len(vendors)))
    shifts["one_out_critic"] = _worst(leave_one_unit_out(with_critic, len(vendors)))
    found: dict[str, float] = {}
    for name, shift in shifts.items():
        found[f"robust_{name}.rank_shift_mean"] = shift.mean
        found[f"robust_{name}.rank_shift_max"] = shift.largest
    by_method = method_ranks(dimensions, scores, root, alternatives)
    for name, ranks in by_method.items():
        for vendor, place in zip(vendors, ranks, strict=True):
            found[f"{vendor}.method_rank.{name}"] = place
    found[f"{region}.method_count"] = len(by_method)
    found[f"{region}.same_leader_count"] = same_leaders(by_method)
    for name, weights in alternatives.items():
        for dimension, weight in zip(dimensions, weights, strict=True):
            found[f"robust_{name}.alternative_weight.{dimension}"] = weight
    found["robust_ahp.consistency_ratio"] = priorities.consistency_ratio
    for dimension, weight in zip(dimensions, effective_weights(scores, declared), strict=True):
        found[f"{dimension}.effective_weight"] = weight
    found[f"{region}.alpha"] = cronbach_alpha(scores.T)
    return Result(json.dumps(rounded(found)), txt=f"{len(found)}")


def method_ranks(
    dimensions: Sequence[str], scores: Array, root: Level, alternatives: Mapping[str, Array]
) -> dict[str, Array]:
    """Rank of every vendor by each method, the declared one first: (vendors,) each.

    ``scores`` are dimensions × vendors. The methods are other weights, the geometric mean, and one
    dimension in turn left out.
    """
    trees = {DECLARED: root, **{n: replace(root, weight=w) for n, w in alternatives.items()}}
    (trees["geometric"],) = with_means([root], geometric=True)
    found = {name: rank(composite(scores, [tree])) for name, tree in trees.items()}
    for place, dimension in enumerate(dimensions):
        without = scores.copy()
        without[place] = np.nan
        found[f"without_{dimension}"] = rank(composite(without, [root]))
    return found


def same_leaders(ranks: Mapping[str, Array]) -> int:
    """How many methods put the same vendors first as the declared one, itself among them."""
    first = {name: frozenset(np.flatnonzero(places == 1)) for name, places in ranks.items()}
    return sum(leaders == first[DECLARED] for leaders in first.values())


def effective_weights(scores: Array, weights: Array) -> Array:
    """Share of each dimension in the variance of the composite: its covariance with it.

    (dimensions,), summing to 1, from ``scores`` of dimensions × units. Only units that are wholly
    known count; NaN where these are fewer than two.
    """
    known = scores[:, ~np.isnan(scores).any(axis=0)]
    if known.shape[1] < 2:
        return np.full(len(scores), np.nan)
    covariance = np.cov(known * weights[:, None])
    return covariance.sum(axis=0) / covariance.sum()


def _worst(shifts: Sequence[RankShift]) -> RankShift:
    """Mean of the mean shifts, and the largest of all."""
    return RankShift(
        float(np.mean([shift.mean for shift in shifts])), max(shift.largest for shift in shifts)
    )
