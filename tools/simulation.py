"""Seconds and peak memory of one simulation, as JSON: which, units, indicators, draws.

``assessment`` is that of the report. All of it is drawn: ratings, a tenth of them missing, the
weights of a tree of three levels, shares and what is common; then the product, its shares of the
market, ranks, pairs and intervals. ``index`` is that of ``suyuan index``: weights of a tree of
three levels and the scores of indicators, a tenth of them missing, up to the intervals of scores
and ranks. Imports do not count, nor does what comes before the draws; memory is that of all.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from dataclasses import replace
from functools import partial

import numpy as np
import pandas as pd

from suyuan.domain.assessment import supply
from suyuan.index import draws as index
from suyuan.index import standing
from suyuan.index.data import Data
from suyuan.index.levels import Level
from suyuan.index.pipeline import Index, build
from suyuan.index.recipe import Recipe, Uncertainty, read_recipe
from suyuan.index.simulate import index_draws, interval_table
from suyuan.index.tree import Node, Tree

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


def made_index(units: int, indicators: int, draws: int) -> tuple[Index, Recipe]:
    """An index to be drawn, of scores between goalposts."""
    rng = np.random.default_rng(SEED)
    names = [f"i{number}" for number in range(indicators)]
    parts = max(3, indicators // 6)
    nodes = [Node("top"), *(Node(f"theme{number}", "top") for number in range(3))]
    nodes += [Node(f"part{number}", f"theme{number % 3}") for number in range(parts)]
    nodes += [
        Node(name, f"part{number % parts}", 1 + number % 3, low=0, high=100)
        for number, name in enumerate(names)
    ]
    values = rng.uniform(0, 100, (units, indicators))
    values[rng.random(values.shape) < 0.1] = np.nan
    keys = pd.Index([f"unit{number}" for number in range(units)])
    uncertainty = Uncertainty(draws, SEED, concentration=50, spread=5, interval=0.9)
    recipe = replace(read_recipe(None, ""), uncertainty=uncertainty)
    return build(Data(pd.DataFrame(values, keys, names), {}, ""), Tree(nodes), recipe), recipe


def simulate_index(index: Index, recipe: Recipe) -> None:
    drawn = {root: index_draws(index, root, recipe) for root in index.tree.roots}
    interval_table(index, drawn, recipe)


def main() -> None:
    which, *sizes = sys.argv[1:]
    units, indicators, draws = map(int, sizes)
    if which == "index":
        run = partial(simulate_index, *made_index(units, indicators, draws))
    else:
        run = partial(simulate, units, indicators, draws)
    start, start_cpu = time.perf_counter(), time.process_time()
    run()
    seconds, cpu = time.perf_counter() - start, time.process_time() - start_cpu
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    found = {"seconds": round(seconds, 2), "cpu_seconds": round(cpu, 2), "megabytes": round(peak)}
    print(json.dumps(found))


if __name__ == "__main__":
    main()
