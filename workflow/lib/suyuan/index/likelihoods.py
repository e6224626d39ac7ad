"""Tables of how probable ranks are, and who is ahead of whom, over the draws."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module

import numpy as np
import pandas as pd

from suyuan.index.pipeline import by_rank, ranked_rows
from suyuan.index.run import OutputTable, Run

ALL = 300  # units; of more, only pairs of neighbours and ranks that are not rare are listed
RARE = 0.05
TIED = 0.05  # each ahead of the other at least as often: the draws do not tell them apart


def _ranked(run: Run) -> Iterator[tuple[str, pd.Index, np.ndarray, np.ndarray]]:
    """Root, labels, places and draws of the units that are ranked with each other."""
    for root, drawn in run.draws.items():
        for own in ranked_rows(run.index, root):
            rows = by_rank(run.index, root, own)
            yield root, run.index.aggregates.scores.index[rows], rows, drawn[rows]


def _likelihoods(run: Run) -> pd.DataFrame | None:
    if run.recipe.uncertainty is None:
        return None
    standing, parts = import_module("suyuan.index.standing"), []
    for root, labels, _, drawn in _ranked(run):
        order = run.index.order
        least = RARE if len(labels) > ALL else 0.0
        unit, rank, found = standing.likely_ranks(order.seen(drawn), order.apart, least)
        errors = standing.standard_error(found, drawn.shape[1])
        table = {"unit": labels[unit], "rank": rank, "probability": found, "error": errors}
        parts.append(pd.DataFrame({"node": root, **table}))
    return pd.concat(parts, ignore_index=True) if parts else _none(LIKELIHOODS)


def _pairs(run: Run) -> pd.DataFrame | None:
    if run.recipe.uncertainty is None:
        return None
    standing, parts = import_module("suyuan.index.standing"), []
    for root, labels, _, drawn in _ranked(run):
        seen, apart = run.index.order.seen(drawn), run.index.order.apart
        count = len(labels)
        if count <= ALL:
            first, second = np.triu_indices(count, 1)
            ahead = standing.pairwise_probabilities(seen, apart)[first, second]
        else:
            first, second = np.arange(count - 1), np.arange(1, count)
            gap = seen[:-1] - seen[1:]
            ahead = 0.5 + ((gap > apart).mean(axis=1) - (gap < -apart).mean(axis=1)) / 2
        part = pd.DataFrame({"node": root, "unit": labels[first]})
        part["other"] = [run.data.units[label] for label in labels[second]]
        part["probability"] = ahead
        part["error"] = standing.standard_error(ahead, drawn.shape[1])
        part["tied"] = np.where(np.minimum(ahead, 1 - ahead) >= TIED, "yes", "no")
        parts.append(part)
    return pd.concat(parts, ignore_index=True) if parts else _none(PAIRS)


def _none(table: OutputTable) -> pd.DataFrame:
    return pd.DataFrame(columns=[*table.columns])


LIKELIHOODS = OutputTable(
    "rank_probabilities",
    {
        "node": "every root",
        "unit": "that is ranked, from the first rank on",
        "rank": "that some draw gives it",
        "probability": "share of the draws; tied units share the ranks they take up",
        "error": "standard error of that share",
    },
    _likelihoods,
)
PAIRS = OutputTable(
    "pairs",
    {
        "node": "every root",
        "unit": "that is ranked",
        "other": "a unit that is ranked after it",
        "probability": "share of the draws in which the unit is ahead; ties count half",
        "error": "standard error of that share",
        "tied": "yes if each is ahead of the other in at least a twentieth of the draws",
    },
    _pairs,
)
