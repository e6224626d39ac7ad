"""Sobol: which inputs the uncertainty of each vendor's F and of its composite score comes from."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from suyuan.assessment_model import FACTORS, SCORE, Model, Named, fewer, model_of, rounded
from suyuan.index.sensitivity import SobolIndices, pick_freeze, sobol_indices
from suyuan.index.uncertainty import Array, generator, node_scores, weight_draws
from suyuan.operands import Result
from suyuan.simulation import Draws, drawn

SAMPLE = 64
OTHER_SEED = 1_000  # added to the seed for the second, independent draws
WEIGHTS = "weights"
Groups = Mapping[str, Array]


def _factors(draws: Draws, row: int) -> dict[str, Array]:
    own = dict(zip(FACTORS, draws.shares[row], strict=True))
    return {"S": draws.supply[row], "R": draws.regional[row], **own}


def _product(groups: Groups) -> Array:
    return np.prod(np.stack(list(groups.values())), axis=0)


def _indices(model: Model, name: str, first: Groups, second: Groups, evaluate: object) -> SobolIndices:
    outputs = pick_freeze(evaluate, first, second)  # type: ignore[arg-type]
    return sobol_indices(
        *outputs,
        resamples=int(model.parameters["sobol_resamples"]),
        level=model.parameters["level"],
        stream=generator(model.seed, "bootstrap", name),
    )


def _by_id(subject: str, prefix: str, groups: Groups, found: SobolIndices) -> Iterator[tuple[str, float]]:
    for place, group in enumerate(groups):
        for indicator, index, ends in (
            (f"{prefix}sobol", found.first, found.first_interval),
            (f"{prefix}sobol_total", found.total, found.total_interval),
        ):
            yield f"{subject}.{indicator}.{group}", index[place]
            yield f"{subject}.{indicator}.{group}_lower", ends[place][0]
            yield f"{subject}.{indicator}.{group}_upper", ends[place][1]


def results(model: Model) -> dict[str, float]:
    """First-order and total indices with their intervals, by value id."""
    size, seeds = int(model.parameters["sobol_draws"]), (model.seed, model.seed + OTHER_SEED)
    first, second = (drawn(model, seed, size) for seed in seeds)
    top, dimensions = model.levels(SCORE)[-1], model.children(SCORE)
    weights = [
        weight_draws(model.levels(SCORE), model.parameters["concentration"], seed, size)[-1]
        for seed in seeds
    ]

    def scored(groups: Groups) -> Array:
        scores = np.stack([groups[dimension] for dimension in dimensions])
        return node_scores(scores, top, groups[WEIGHTS])[0]

    found: dict[str, float] = {}
    for row, vendor in enumerate(model.vendors):
        pair = [_factors(draws, row) for draws in (first, second)]
        indices = _indices(model, f"{vendor} F", *pair, _product)
        found.update(_by_id(vendor, "", pair[0], indices))
        pair = [
            {**dict(zip(dimensions, draws.dimensions[row], strict=True)), WEIGHTS: own}
            for draws, own in zip((first, second), weights, strict=True)
        ]
        indices = _indices(model, f"{vendor} score", *pair, scored)
        found.update(_by_id(vendor, "score_", pair[0], indices))
    return found


def sobol(parents: Sequence[Named], _value_id: str) -> Result:
    """The indices of all ranked vendors by value id, as JSON."""
    try:
        found = results(model_of(parents))
    except (KeyError, IndexError) as missing:
        raise ValueError(f"the model lacks {missing}") from None
    return Result(json.dumps(rounded(found)), txt=f"{len(found)}")


def sample(parents: Sequence[Named]) -> list[Named]:
    """The same analysis with few draws and resamples."""
    return fewer(fewer(parents, "sobol_draws", SAMPLE), "sobol_resamples", 4)
