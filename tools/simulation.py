"""Seconds and peak memory of one simulation of an index, as JSON: units, indicators, draws.

All of it is drawn: ratings, a tenth of them missing, the weights of a tree of three levels, shares
and what is common; then the product, its shares of the market, ranks, pairs and intervals.
Imports do not count.
"""

from __future__ import annotations

import json
import resource
import sys
import time

import numpy as np

from suyuan.domain.assessment import supply
from suyuan.index import draws as index
from suyuan.index import standing
from suyuan.index.levels import Level

SEED = 2026


def even_level(children: int, nodes: int) -> Level:
    """``children`` dealt to ``nodes`` in turn, of equal weight within each."""
    parent = np.arange(children) % nodes
    return Level(parent, 1 / np.bincount(parent)[parent], np.zeros(nodes, bool))


def simulate(units: int, indicators: int, draws: int) -> None:
    rng = np.random.default_rng(SEED)
    ratings = rng.integers(0, 6, (units, indicators)).astype(float)
    ratings[:, 5:][rng.random((units, indicators - 5)) < 0.1] = np.nan
    spread = rng.choice([0.25, 0.5, 1, 1.5], ratings.shape)
    estimates = np.sort(rng.random((units, 4, 3)), axis=-1)
    keys = [f"unit{number}" for number in range(units)]
    levels = [even_level(indicators, 13), even_level(13, 5), even_level(5, 1)]

    names = [[f"node{n}" for n in range(len(level.parent))] for level in levels]
    weights = index.weight_draws(levels, names, 100, SEED, draws)
    dimensions, composites = index.composite_draws(
        ratings, spread, levels, weights, keys, names[0], SEED, draws, "ratings"
    )
    regional = supply.regional_share(
        index.common_draws(0.05, 0.06, 0.07, SEED, "region", draws), 0.5, composites
    )
    shares = index.share_draws(estimates, keys, "TPAC", SEED, draws)
    products = supply.product_draws(supply.supply_index(dimensions[:, 0]), regional, shares)
    market = supply.market_shares(products, index.common_draws(0.2, 0.3, 0.5, SEED, "other", draws))
    standing.expected_ranks(standing.rank_probabilities(products))
    standing.statistical_ties(standing.pairwise_probabilities(products), 0.1)
    standing.intervals(products, 0.9)
    standing.intervals(market, 0.9)


def main() -> None:
    units, indicators, draws = map(int, sys.argv[1:])
    start = time.perf_counter()
    simulate(units, indicators, draws)
    seconds = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"seconds": round(seconds, 2), "megabytes": round(peak)}))


if __name__ == "__main__":
    main()
