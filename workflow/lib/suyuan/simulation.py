"""Simulation: how sure scores, products, shares and ranks are, from one joint set of draws.

A simulation is a value: its text holds every result by the id of the value that will be picked
from it, so that one computation is cited, verified and repeated once, not hundreds of times.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from suyuan.assessment_model import REGION, SCORE, SUPPLY, Model, Named, fewer, model_of, rounded
from suyuan.index.sensitivity import resolution_from_draws
from suyuan.index.uncertainty import (
    Array,
    common_draws,
    composite_draws,
    expected_ranks,
    intervals,
    market_shares,
    pairwise_probabilities,
    product_draws,
    rank_probabilities,
    regional_share,
    share_draws,
    statistical_ties,
    supply_index,
    weight_draws,
)
from suyuan.operands import Result

SAMPLE = 64  # draws on which necessity is asked


@dataclass(frozen=True)
class Draws:
    """Draws of every vendor, (vendors × draws) each; shares are (vendors × 4 × draws)."""

    dimensions: Array  # vendors × dimensions × draws, 0 to 1
    composite: Array
    supply: Array
    regional: Array
    shares: Array

    @property
    def product(self) -> Array:
        return product_draws(self.supply, self.regional, self.shares)


def drawn(model: Model, seed: int, draws: int) -> Draws:
    """All inputs drawn jointly. A vendor's own draws depend on nothing but its own inputs."""
    concentration = model.parameters["concentration"]

    def composites(root: str, seed: int) -> tuple[Array, Array]:
        levels = model.levels(root)
        weights = weight_draws(levels, concentration, seed, draws)
        found = [
            composite_draws(*model.rated(vendor, root), levels, weights, [vendor], seed, draws, root)
            for vendor in model.vendors
        ]
        return (np.concatenate([own for own, _ in found]), np.concatenate([top for _, top in found]))

    dimensions, composite = composites(SCORE, seed)
    _, fit = composites(REGION, seed + 1)  # weights of its own
    supply = dimensions[:, model.children(SCORE).index(SUPPLY)]
    shares = [share_draws(model.shares(vendor), [vendor], seed, draws) for vendor in model.vendors]
    return Draws(
        dimensions,
        composite,
        supply_index(supply),
        regional_share(model.base, model.parameters["kappa"], fit),
        np.concatenate(shares),
    )


def _standing(prefix: str, vendors: Sequence[str], values: Array) -> dict[str, float]:
    """Rank and pairwise probabilities by value id."""
    found: dict[str, float] = {}
    ranks, beats = rank_probabilities(values), pairwise_probabilities(values)
    for row, vendor in enumerate(vendors):
        for place, probability in enumerate(ranks[row], start=1):
            found[f"{vendor}.{prefix}p_rank.{place}"] = probability
        for column, other in enumerate(vendors):
            if other != vendor:
                found[f"{vendor}.{prefix}p_beats.{other}"] = beats[row, column]
    return found


def results(model: Model, region: str) -> dict[str, float]:
    """Every result by value id."""
    draws, vendors = int(model.parameters["draws"]), model.vendors
    sample = drawn(model, model.seed, draws)
    product = sample.product
    other = common_draws(*(model.other[end] for end in ("low", "mode", "high")), model.seed,
                         "other", draws)  # fmt: skip
    found = _standing("", vendors, product) | _standing("score_", vendors, sample.composite)
    quantities: Mapping[str, Array] = {
        "S": sample.supply, "R": sample.regional, "F": product,
        "share": market_shares(product, other), "score": 100 * sample.composite,
    }  # fmt: skip
    for name, values in quantities.items():
        ends = intervals(values, model.parameters["level"])
        for vendor, (low, high) in zip(vendors, ends, strict=True):
            found |= {f"{vendor}.{name}.lower": low, f"{vendor}.{name}.upper": high}
    means = expected_ranks(rank_probabilities(product))
    found |= {f"{v}.expected_rank": mean for v, mean in zip(vendors, means, strict=True)}
    beats = pairwise_probabilities(product)
    ties = statistical_ties(beats, model.parameters["tie"])
    found[f"{region}.tie_count"] = np.count_nonzero(np.triu(ties))
    apart = resolution_from_draws(product, model.parameters["resolution"])
    found[f"{region}.resolution_ratio"] = apart.max()
    return found


def simulate(parents: Sequence[Named], value_id: str) -> Result:
    """The simulation of all ranked vendors: results by value id, as JSON."""
    try:
        found = results(model_of(parents), value_id.split(".")[0])
    except (KeyError, IndexError) as missing:
        raise ValueError(f"the model lacks {missing}") from None
    return Result(json.dumps(rounded(found)), txt=f"{len(found)}")


def sample(parents: Sequence[Named]) -> list[Named]:
    """The same simulation with few draws."""
    return fewer(parents, "draws", SAMPLE)
