"""The tables of possible ranks and of changes of weights that swap neighbours."""

from __future__ import annotations

import numpy as np
import pandas as pd

from suyuan.index import swaps
from suyuan.index.pipeline import by_rank, ranked_rows
from suyuan.index.possible import Region, arithmetic, possible_ranks
from suyuan.index.ranking import COMPETITION, rank
from suyuan.index.run import OutputTable, Run

EXACT, BETWEEN = "exact", "between"
NOT_LINEAR, NO_BOUNDS = "not linear", "no bounds"


def _possible(run: Run) -> pd.DataFrame | None:
    drawn, index = run.recipe.uncertainty, run.index
    if drawn is None or drawn.weights_region is None:
        return None
    parts = []
    for root in index.tree.roots:
        region = Region(index.tree, root, drawn.weights_region)
        leaves = list(region.leaves)
        found = np.full((5, len(index.ranks)), np.nan)
        linear, groups = arithmetic(index.tree, root), ranked_rows(index, root)
        scores = index.aggregates.scores[root].to_numpy(dtype=float)
        low = index.aggregates.low[leaves].to_numpy(dtype=float)
        high = index.aggregates.high[leaves].to_numpy(dtype=float)
        bounded = all(np.isfinite(end[rows]).all() for end in (low, high) for rows in groups)
        for rows in groups:
            found[0, rows] = rank(scores[rows], COMPETITION, index.order.tolerance)
            if linear and bounded:
                ranks = possible_ranks(low[rows], high[rows], region, index.order.tolerance)
                attained = ranks.best_attained, ranks.worst_attained
                found[1:, rows] = [ranks.best, *attained, ranks.worst]
        table = {"node": root, "unit": index.ranks.index}
        names = ("rank", "best", "best_attained", "worst_attained", "worst")
        part = pd.DataFrame({**table, **dict(zip(names, found, strict=True))})
        part["exactness"] = NOT_LINEAR if not linear else _exactness(part) if bounded else NO_BOUNDS
        parts.append(part)
    return pd.concat(parts, ignore_index=True)


def _exactness(part: pd.DataFrame) -> np.ndarray:
    """Whether the ends are known of each unit, or lie between two ranks; '' if it is not ranked."""
    met = (part["best"] == part["best_attained"]) & (part["worst"] == part["worst_attained"])
    return np.where(part["best"].isna(), "", np.where(met, EXACT, BETWEEN))


def _swaps(run: Run) -> pd.DataFrame:
    parts, index = [], run.index
    for root in index.tree.roots:
        if not arithmetic(index.tree, root):
            continue
        nominal = index.tree.leaf_weights(root)
        leaves = sorted(leaf for leaf, weight in nominal.items() if weight > 0)
        weights = np.array([nominal[leaf] for leaf in leaves])
        scores = index.aggregates.scores[leaves].to_numpy(dtype=float)
        for own in ranked_rows(index, root):
            order = by_rank(index, root, own)
            first, second = order[:-1], order[1:]
            part = _changes(leaves, weights, scores[first] - scores[second])
            part.insert(0, "node", root)
            part.insert(1, "unit", index.ranks.index[first])
            part.insert(2, "other", [run.data.units[index.ranks.index[row]] for row in second])
            parts.append(part)
    return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=[*SWAPS.columns])


def _changes(leaves: list[str], weights: np.ndarray, gaps: np.ndarray) -> pd.DataFrame:
    lead = np.sum(gaps * weights, axis=1)
    gaps = gaps * np.where(lead < 0, -1.0, 1.0)[:, None]  # of tied units the second may be ahead
    places, one = swaps.by_one(weights, gaps)
    changed = one[np.arange(len(gaps)), places]
    names = [leaves[place] for place in places]
    return pd.DataFrame(
        {
            "lead": lead,
            "sum": np.abs(swaps.by_sum(weights, gaps) - weights).sum(axis=1),
            "largest": np.abs(swaps.by_largest(weights, gaps) - weights).max(axis=1),
            "indicator": np.where(np.isnan(changed), "", names),
            "weight": np.where(np.isnan(changed), np.nan, weights[places]),
            "changed": changed,
        }
    )


POSSIBLE = OutputTable(
    "possible_ranks",
    {
        "node": "every root",
        "unit": "as in the data",
        "rank": "1 and those ahead at the nominal weights, whatever the rule of ties and decimals; "
        "empty if not ranked",
        "best": "no better rank is possible",
        "best_attained": "this one is, for some weights and values of missing cells",
        "worst_attained": "this one is",
        "worst": "no worse rank is possible",
        "exactness": "exact; between: an end lies between the rank attained and the one excluded; "
        "not linear: some mean is not arithmetic; no bounds: of a cell; empty if not ranked",
    },
    _possible,
)
SWAPS = OutputTable(
    "swaps",
    {
        "node": "every root whose means are all arithmetic",
        "unit": "that is ranked",
        "other": "the unit that is next",
        "lead": "difference of their scores",
        "sum": "smallest sum of absolute changes of weights that makes them level",
        "largest": "smallest possible largest change of any weight that does",
        "indicator": "the one whose weight alone must change least, others in proportion",
        "weight": "of that indicator in the root",
        "changed": "to this",
    },
    _swaps,
    scores=("lead",),
)
