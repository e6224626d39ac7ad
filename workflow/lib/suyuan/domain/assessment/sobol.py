"""Sobol: which inputs the uncertainty of each vendor's F and of its composite score comes from."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence

import numpy as np

from suyuan.domain.assessment.model import (
    FACTORS,
    SCORE,
    Model,
    Named,
    fewer,
    levels_of,
    model_of,
    rounded,
)
from suyuan.domain.assessment.simulation import Draws, drawn, weights_of
from suyuan.domain.ids import ERROR
from suyuan.index.levels import Array, node_scores
from suyuan.index.sensitivity import SobolIndices, pick_freeze, sobol_indices
from suyuan.index.streams import generator
from suyuan.lineage.operation import Result

SAMPLE = 64
OTHER_SEED = 1_000  # added to the seed for the second, independent draws
WEIGHTS = "weights"
Groups = Mapping[str, Array]


def _factors(draws: Draws) -> dict[str, Array]:
    return {"S": draws.supply, "R": draws.regional, **dict(zip(FACTORS, draws.shares, strict=True))}


def _product(groups: Groups) -> Array:
    return np.prod(np.stack(list(groups.values())), axis=0)


def _indices(
    model: Model, name: str, sets: Sequence[Groups], evaluate: Callable[[Groups], Array]
) -> SobolIndices:
    first, second = sets
    outputs = pick_freeze(evaluate, first, second)
    return sobol_indices(
        *outputs,
        resamples=int(model.parameters["sobol_resamples"]),
        level=model.parameters["level"],
        stream=generator(model.seed, "bootstrap", name),
    )


def _by_id(
    subject: str, prefix: str, groups: Groups, found: SobolIndices
) -> Iterator[tuple[str, float]]:
    for place, group in enumerate(groups):
        for indicator, index, ends, error in (
            (f"{prefix}sobol", found.first, found.first_interval, found.first_error),
            (f"{prefix}sobol_total", found.total, found.total_interval, found.total_error),
        ):
            yield f"{subject}.{indicator}.{group}", index[place]
            yield f"{subject}.{indicator}.{group}{ERROR}", error[place]
            yield f"{subject}.{indicator}.{group}_lower", ends[place][0]
            yield f"{subject}.{indicator}.{group}_upper", ends[place][1]


def results(model: Model) -> dict[str, float]:
    """First-order and total indices of the one vendor of ``model`` with intervals, by value id."""
    (vendor,) = model.vendors
    size, seeds = int(model.parameters["sobol_draws"]), (model.seed, model.seed + OTHER_SEED)
    shape, concentration = model.shape(SCORE), model.parameters["concentration"]
    top, dimensions = levels_of(shape)[-1], model.children(SCORE)
    sets = [drawn(model, vendor, seed, size) for seed in seeds]

    def scored(groups: Groups) -> Array:
        scores = np.stack([groups[dimension] for dimension in dimensions])
        return node_scores(scores, top, groups[WEIGHTS])[0]

    factors = [_factors(draws) for draws in sets]
    indices = _indices(model, f"{vendor} F", factors, _product)
    found = dict(_by_id(vendor, "", factors[0], indices))
    parts = [
        {
            **dict(zip(dimensions, draws.dimensions, strict=True)),
            WEIGHTS: weights_of(shape, concentration, seed, size)[-1],
        }
        for seed, draws in zip(seeds, sets, strict=True)
    ]
    indices = _indices(model, f"{vendor} score", parts, scored)
    return found | dict(_by_id(vendor, "score_", parts[0], indices))


def sobol(parents: Sequence[Named], _value_id: str) -> Result:
    """The indices of one vendor by value id, as JSON."""
    try:
        found = results(model_of(parents))
    except (KeyError, IndexError) as missing:
        raise ValueError(f"the model lacks {missing}") from None
    count = sum(not name.endswith(ERROR) for name in found)
    return Result(json.dumps(rounded(found)), txt=f"{count}")


def sample(parents: Sequence[Named]) -> list[Named]:
    """The same analysis with few draws and resamples."""
    return fewer(fewer(parents, "sobol_draws", SAMPLE), "sobol_resamples", 4)
