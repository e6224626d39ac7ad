"""The tables of statistics: indicators before and after treatment, correlations, alpha."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from suyuan.index import noise
from suyuan.index.agreement import cronbach_alpha
from suyuan.index.correlation import correlations, rank_correlations
from suyuan.index.pipeline import RANKED
from suyuan.index.run import OutputTable, Run, by_root
from suyuan.index.treatment import kurtosis, skewness

FENCE = 1.5  # quartile ranges beyond the quartiles [Tukey, Exploratory Data Analysis, 1977, §2D]
BEFORE, AFTER = "before", "after"


def describe(values: np.ndarray) -> dict[str, float]:
    """Statistics of a column, (units,); NaN for what so few values, or equal ones, do not have.

    ``sd`` is that of a sample, ``skewness`` and ``kurtosis`` are G1 and G2 [Joanes and Gill 1998,
    doi:10.1111/1467-9884.00122], as in Excel and COINr. ``outliers`` counts values that lie more
    than 1.5 quartile ranges beyond a quartile; quartiles are of type 7.
    """
    known = np.sort(values[~np.isnan(values)])
    found: dict[str, float] = {"n": known.size, "missing": values.size - known.size}
    names = ("min", "max", "mean", "median", "sd", "skewness", "kurtosis", "outliers")
    found |= dict.fromkeys(names, np.nan)
    if not known.size:
        return found
    lower, middle, upper = np.quantile(known, [0.25, 0.5, 0.75]).tolist()
    fence = FENCE * (upper - lower)
    slack = noise.SPREAD * float(np.abs(known).max())
    beyond = (known < lower - fence - slack) | (known > upper + fence + slack)
    found |= {"min": known[0], "max": known[-1], "mean": noise.mean(known), "median": middle}
    found["outliers"] = int(np.count_nonzero(beyond))
    if known.size > 1:
        found["sd"] = noise.deviation(known)
    if not noise.constant(known):
        found["skewness"] = skewness(known) if known.size > 2 else np.nan
        found["kurtosis"] = kurtosis(known) if known.size > 3 else np.nan
    return found


def _statistics(run: Run) -> pd.DataFrame:
    rows = [
        {"indicator": leaf, "stage": stage, **describe(frame[leaf].to_numpy(dtype=float))}
        for leaf in run.index.tree.leaves
        for stage, frame in ((BEFORE, run.data.frame), (AFTER, run.index.treated))
    ]
    return pd.DataFrame(rows)


def pairs(scores: pd.DataFrame) -> pd.DataFrame:
    """Every two columns once, with how many rows know both and their correlations, where told."""
    first, second = np.triu_indices(scores.shape[1], 1)
    values = scores.to_numpy(dtype=float)
    known = (~np.isnan(values)).astype(float)
    both = (known.T @ known).astype(int)
    columns = scores.columns.to_numpy()
    table: Mapping[str, np.ndarray] = {
        "first": columns[first],
        "second": columns[second],
        "n": both[first, second],
        "pearson": correlations(values)[first, second],
        "spearman": rank_correlations(values)[first, second],
    }
    return pd.DataFrame(table)


def ranked_scores(run: Run, root: str) -> pd.DataFrame:
    """Scores of ``root`` and, by name, all below it, of the units that are ranked there."""
    below = {root}
    for node in reversed(run.index.tree.upward):
        if node in below:
            below |= set(run.index.tree.children(node))
    columns = [root, *sorted(below - {root})]
    return run.index.aggregates.scores.loc[run.index.status[root] == RANKED, columns]


def _correlations(run: Run) -> pd.DataFrame:
    return by_root((root, pairs(ranked_scores(run, root))) for root in run.index.tree.roots)


def _alpha(run: Run) -> pd.DataFrame:
    rows = []
    for root in run.index.tree.roots:
        scores = ranked_scores(run, root)
        for node in scores:
            children = run.index.tree.children(node)
            if len(children) > 1:
                ordered = sorted(children)  # sums in this order are the same to the last digit
                items = scores[ordered].sort_values(ordered).to_numpy(dtype=float)
                known = int(np.count_nonzero(~np.isnan(items).any(axis=1)))
                alpha = cronbach_alpha(items)
                rows.append({"node": node, "items": len(children), "n": known, "alpha": alpha})
    return pd.DataFrame(rows, columns=[*ALPHA.columns])


STATISTICS = OutputTable(
    "statistics",
    {
        "indicator": "every indicator",
        "stage": "before or after the treatment",
        "n": "values that are known",
        "missing": "values that are not",
        "min": "least value",
        "max": "greatest value",
        "mean": "of the known",
        "median": "of the known",
        "sd": "standard deviation of a sample",
        "skewness": "G1, of a sample",
        "kurtosis": "G2, of a sample; 0 is that of the normal distribution",
        "outliers": "values more than 1.5 quartile ranges beyond a quartile",
    },
    _statistics,
)
CORRELATIONS = OutputTable(
    "correlations",
    {
        "node": "every root, whose ranked units are looked at",
        "first": "the root, or a node or an indicator below it",
        "second": "another one",
        "n": "units that know both",
        "pearson": "correlation of their scores; empty for fewer than three units",
        "spearman": "of their ranks",
    },
    _correlations,
)
ALPHA = OutputTable(
    "alpha",
    {
        "node": "every node with more than one child",
        "items": "its children",
        "n": "ranked units that know them all",
        "alpha": "Cronbach's, of the children's scores",
    },
    _alpha,
)
