"""Simulation: how sure scores, products, shares and ranks are, from one joint set of draws.

A simulation is a value: its text holds every result by the id of the value that will be picked
from it, so that one computation is cited, verified and repeated once, not hundreds of times.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from suyuan.domain.assessment.model import (
    ENDS,
    FACTORS,
    MISSING,
    REGION,
    SCORE,
    SUPPLY,
    Model,
    Named,
    Shape,
    fewer,
    levels_of,
    model_of,
    rounded,
)
from suyuan.domain.assessment.supply import market_shares, regional_share, supply_index
from suyuan.domain.ids import ERROR
from suyuan.index.draws import common_draws, composite_draws, share_draws, weight_draws
from suyuan.index.levels import Array
from suyuan.index.sensitivity import resolution_from_draws
from suyuan.index.standing import (
    batch_errors,
    expected_ranks,
    intervals,
    pairwise_probabilities,
    rank_bounds,
    rank_probabilities,
    standard_error,
    statistical_ties,
)
from suyuan.lineage.operation import Result
from suyuan.lineage.rounding import ERRORS

SAMPLE = 64  # draws on which necessity is asked


@dataclass(frozen=True)
class Draws:
    """Draws of one vendor, (draws,) each."""

    dimensions: Array  # dimensions × draws, 0 to 1
    composite: Array
    supply: Array
    regional: Array
    shares: Array  # T, P, A, C × draws

    @property
    def product(self) -> Array:
        return self.supply * self.regional * np.prod(self.shares, axis=0)


# Whoever asks again with one input changed pays for what hangs on it.


@lru_cache
def weights_of(shape: Shape, concentration: float, seed: int, draws: int) -> tuple[Array, ...]:
    """Weights of each level, common to all vendors."""
    names = [level[0] for level in shape]
    return tuple(weight_draws(levels_of(shape), names, concentration, seed, draws))


@lru_cache
def _composites(
    vendor: str, root: str, rated: tuple[tuple[float, ...], tuple[float, ...]], shape: Shape,
    concentration: float, seed: int, draws: int,
) -> tuple[Array, Array]:  # fmt: skip
    ratings, spreads = (np.array([part]) for part in rated)
    found = composite_draws(
        np.where(ratings == MISSING, np.nan, ratings), spreads, levels_of(shape),
        weights_of(shape, concentration, seed, draws), [vendor], shape[0][0], seed, draws, root,
    )  # fmt: skip
    return found[0][0], found[1][0]


@lru_cache
def _shares(vendor: str, estimates: tuple[tuple[float, ...], ...], seed: int, draws: int) -> Array:
    return share_draws([estimates], [vendor], FACTORS, seed, draws)[0]


def drawn(model: Model, vendor: str, seed: int, draws: int) -> Draws:
    """The inputs of one vendor, drawn; they depend on its own and on what is common to all."""
    concentration = model.parameters["concentration"]

    def composites(root: str) -> tuple[Array, Array]:
        rated, shape = model.rated(vendor, root), model.shape(root)
        return _composites(vendor, root, rated, shape, concentration, seed, draws)

    dimensions, composite = composites(SCORE)
    _, fit = composites(REGION)
    return Draws(
        dimensions,
        composite,
        supply_index(dimensions[model.children(SCORE).index(SUPPLY)]),
        regional_share(model.base, model.parameters["kappa"], fit),
        _shares(vendor, model.shares(vendor), seed, draws),
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


def _summary(
    quantities: Mapping[str, Array], vendors: Sequence[str], parameters: Mapping[str, float],
    region: str,
) -> dict[str, float]:  # fmt: skip
    """Ends of intervals, mean ranks and the resolution by value id."""
    found: dict[str, float] = {}
    together = intervals(np.stack(list(quantities.values())), parameters["level"])
    for name, ends in zip(quantities, together, strict=True):
        joint = "_" if "." in name else "."  # a dimension's score has a qualifier already
        for vendor, (low, high) in zip(vendors, ends, strict=True):
            if not np.isnan(low):  # a dimension that nothing is known of has no interval
                found |= {f"{vendor}.{name}{joint}lower": low, f"{vendor}.{name}{joint}upper": high}
    means = expected_ranks(rank_probabilities(quantities["F"]))
    found |= {f"{v}.expected_rank": mean for v, mean in zip(vendors, means, strict=True)}
    apart = resolution_from_draws(quantities["F"], parameters["resolution"])
    return found | {f"{region}.resolution_ratio": apart.max()}


def _bands(odds: Mapping[str, float], vendors: Sequence[str], level: float) -> dict[str, float]:
    """Best and worst rank of each vendor by value id, from its rank probabilities."""
    found: dict[str, float] = {}
    places = range(1, 1 + len(vendors))
    for prefix in ("", "score_"):
        table = [[odds[f"{vendor}.{prefix}p_rank.{n}"] for n in places] for vendor in vendors]
        for vendor, ends in zip(vendors, rank_bounds(np.array(table), level), strict=True):
            ids = (f"{vendor}.{prefix}rank.{end}" for end in ("lower", "upper"))
            found |= dict(zip(ids, map(float, ends), strict=True))
    return found


def ties(beats: Array, threshold: float, draws: int) -> tuple[int, int]:
    """Pairs that count as ties, and pairs of which another sample might say otherwise."""
    odds = np.minimum(beats, beats.T)
    near = np.abs(odds - threshold) <= ERRORS * standard_error(odds, draws)
    tied = statistical_ties(beats, threshold)
    return int(np.triu(tied, 1).sum()), int(np.triu(near, 1).sum())


def results(model: Model, region: str) -> dict[str, float]:
    """Every result by value id, and the standard errors of what was drawn.

    That of a probability is √(p(1 − p)/n); of all else, what batches of the draws show.
    """
    draws, vendors = int(model.parameters["draws"]), model.vendors
    sample = [drawn(model, vendor, model.seed, draws) for vendor in vendors]
    product = np.stack([own.product for own in sample])
    composite = np.stack([own.composite for own in sample])
    low, mode, high = (model.other[end] for end in ENDS)
    other = common_draws(low, mode, high, model.seed, "other", draws)
    quantities: Mapping[str, Array] = {
        "S": np.stack([own.supply for own in sample]),
        "R": np.stack([own.regional for own in sample]), "F": product,
        "share": market_shares(product, other), "score": 100 * composite,
    } | {
        f"{SCORE}.{node}": 100 * np.stack([own.dimensions[place] for own in sample])
        for place, node in enumerate(model.children(SCORE))
    }  # fmt: skip

    def summary(drawn: Mapping[str, Array]) -> dict[str, float]:
        return _summary(drawn, vendors, model.parameters, region)

    found = _standing("", vendors, product) | _standing("score_", vendors, composite)
    errors = {name: float(standard_error(np.array(p), draws)) for name, p in found.items()}
    found |= summary(quantities)
    errors |= batch_errors(summary, quantities)
    found |= _bands(found, vendors, model.parameters["level"])
    for standing, prefix in (("F", ""), ("score", "score_")):
        beats = pairwise_probabilities(quantities[standing])
        counts = ties(beats, model.parameters["tie"], draws)
        names = (f"{region}.{prefix}tie_count", f"{region}.{prefix}tie_count.near")
        found |= {name: float(count) for name, count in zip(names, counts, strict=True)}
    return found | {f"{name}{ERROR}": error for name, error in errors.items()}


def simulate(parents: Sequence[Named], value_id: str) -> Result:
    """The simulation of all ranked vendors: results by value id, as JSON."""
    try:
        found = results(model_of(parents), value_id.partition(".")[0])
    except (KeyError, IndexError) as missing:
        raise ValueError(f"the model lacks {missing}") from None
    count = sum(not name.endswith(ERROR) for name in found)
    return Result(json.dumps(rounded(found)), txt=f"{count}")


def sample(parents: Sequence[Named]) -> list[Named]:
    """The same simulation with few draws."""
    return fewer(parents, "draws", SAMPLE)
