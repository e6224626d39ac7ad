"""Random trees through the command, beside sums worked one by one in plain Python."""

from __future__ import annotations

import math
import random

import pandas as pd
import pytest

from tests.code.index.published import indexed

MEANS = {"arithmetic": 1.0, "geometric": 0.0, "harmonic": -1.0, "power:2": 2.0, "power:0.5": 0.5}


class World:
    """A tree of up to four levels over goalposts, and units of which some is missing."""

    def __init__(self, seed: int) -> None:
        chance = random.Random(seed)
        self.nodes = {"root": {"node_id": "root", "aggregation": chance.choice([*MEANS])}}
        self.below: dict[str, list[str]] = {"root": []}
        self._grow("root", 1, chance)
        self.leaves = [node for node in self.nodes if not self.below[node]]
        self.data = {
            f"unit {number}": [
                "" if chance.random() < 0.25 else round(chance.uniform(-2, 14), 3)
                for _ in self.leaves
            ]
            for number in range(chance.randint(2, 9))
        }

    def _grow(self, parent: str, depth: int, chance: random.Random) -> None:
        for _ in range(chance.randint(1 if depth > 1 else 2, 4)):
            node = f"n{len(self.nodes)}"
            row = {"node_id": node, "parent_id": parent, "weight": round(chance.uniform(0.1, 5), 2)}
            self.nodes[node] = row
            self.below[parent].append(node)
            self.below[node] = []
            if depth < 3 and chance.random() < 0.4:
                row["aggregation"] = chance.choice([*MEANS])
                self._grow(node, depth + 1, chance)
            else:
                row |= {"low": 0, "high": 10, "direction": chance.choice([1, -1])}

    def indicator(self, leaf: str, unit: str) -> float | None:
        value = self.data[unit][self.leaves.index(leaf)]
        if value == "":
            return None
        part = min(max(value / 10, 0), 1)
        return 100 * (part if self.nodes[leaf]["direction"] > 0 else 1 - part)

    def score(self, node: str, unit: str, missing: float | None = None) -> float | None:
        """The score; with ``missing`` in place of every indicator that is not known."""
        if not self.below[node]:
            own = self.indicator(node, unit)
            return missing if own is None else own
        parts = [
            (self.nodes[child]["weight"], own)
            for child in self.below[node]
            if (own := self.score(child, unit, missing)) is not None
        ]
        if not parts:
            return None
        total = sum(weight for weight, _ in parts)
        power = MEANS[self.nodes[node]["aggregation"]]
        if power <= 0 and any(own == 0 for _, own in parts):
            return 0.0
        if power == 0:
            return math.exp(sum(weight / total * math.log(own) for weight, own in parts))
        mean = sum(weight / total * own**power for weight, own in parts)
        return mean ** (1 / power)

    def coverage(self, node: str, unit: str) -> float:
        if not self.below[node]:
            return float(self.indicator(node, unit) is not None)
        weights = [self.nodes[child]["weight"] for child in self.below[node]]
        known = (self.coverage(child, unit) for child in self.below[node])
        return sum(w * own for w, own in zip(weights, known, strict=True)) / sum(weights)


def same(printed: float, own: float | None) -> bool:
    if own is None:
        return math.isnan(printed)
    return math.isclose(printed, own, rel_tol=1e-11, abs_tol=1e-11)


@pytest.mark.parametrize("seed", range(40))
def test_every_score_coverage_bound_and_contribution(tmp_path, seed):
    world = World(seed)
    tables = indexed(
        tmp_path, world.data, world.leaves, world.nodes.values(), "coverage: 0.5\nties: fractional"
    )
    scores = tables["scores"].set_index("unit")
    for node in world.nodes:
        for unit in world.data:
            assert same(scores[node][unit], world.score(node, unit)), (node, unit)
    for row in tables["bounds"].itertuples():
        assert same(row.coverage, world.coverage(row.node, row.unit))
        assert same(row.low, world.score(row.node, row.unit, 0.0))
        assert same(row.high, world.score(row.node, row.unit, 100.0))
    added = tables["contributions"].groupby("unit")["contribution"].sum(min_count=1)
    for unit in world.data:
        assert same(added[unit], world.score("root", unit))
    for node, own in tables["ranks"].groupby("node"):
        ranked = {
            unit: score
            for unit in world.data
            if world.coverage(node, unit) >= 0.5 - 1e-9
            and (score := world.score(node, unit)) is not None
        }
        places = own.set_index("unit")["rank"]
        for unit in world.data:
            if unit not in ranked:
                assert pd.isna(places[unit])
                continue
            ahead = sum(other > ranked[unit] + 1e-9 for other in ranked.values())
            tied = sum(abs(other - ranked[unit]) <= 1e-9 for other in ranked.values())
            assert places[unit] == ahead + (tied + 1) / 2
