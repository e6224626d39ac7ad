"""The tables that every index has: scores, ranks, bounds, contributions, weights, treatment."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from suyuan.index import selfcheck
from suyuan.index.coherence import importance
from suyuan.index.data import UNIT
from suyuan.index.pipeline import RANKED
from suyuan.index.run import EVERY_NODE, OutputTable, Run, by_root
from suyuan.index.weighting import CONSISTENT

EACH_NODE = {"node": "every node above the indicators", "unit": "as in the data"}


def long(tables: Mapping[str, pd.DataFrame], nodes: list[str]) -> pd.DataFrame:
    """Tables of units × nodes below each other: a row per node and unit, a column per table."""
    parts = [
        pd.DataFrame(
            {
                "node": node,
                "unit": next(iter(tables.values())).index,
                **{name: table[node].to_numpy() for name, table in tables.items()},
            }
        )
        for node in nodes
    ]
    return pd.concat(parts, ignore_index=True)


def _scores(run: Run) -> pd.DataFrame:
    return run.index.aggregates.scores.rename_axis(index=UNIT).reset_index()


def _ranks(run: Run) -> pd.DataFrame:
    index = run.index
    tables = {"score": index.aggregates.scores, "rank": index.ranks, "status": index.status}
    return long(tables, list(index.ranks))


def _bounds(run: Run) -> pd.DataFrame:
    found = run.index.aggregates
    tables = {
        "coverage": found.coverage,
        "imputed": found.imputed,
        "low": found.low,
        "score": found.scores,
        "high": found.high,
    }
    return long(tables, list(run.index.ranks))


def _contributions(run: Run) -> pd.DataFrame:
    return by_root(
        (root, added.rename_axis(index="unit", columns="indicator").stack(future_stack=True)
         .rename("contribution").reset_index())
        for root, added in run.index.contributions.items()
    )  # fmt: skip


def _weights(run: Run) -> pd.DataFrame:
    index = run.index
    return by_root(
        (root, importance(index.tree, index.aggregates.scores[index.status[root] == RANKED], root)
         .rename_axis(index="indicator").reset_index())
        for root in index.tree.roots
    )  # fmt: skip


SCORES = OutputTable(
    "scores",
    {UNIT: "as in the data", EVERY_NODE: "score of every node, indicators as normalised"},
    _scores,
    scores=(EVERY_NODE,),
)
RANKS = OutputTable(
    "ranks",
    {
        **EACH_NODE,
        "score": "of the node",
        "rank": "1 is the best; empty if not ranked",
        "status": "ranked, below_coverage or screened",
    },
    _ranks,
    scores=("score",),
)
BOUNDS = OutputTable(
    "bounds",
    {
        **EACH_NODE,
        "coverage": "share of the weight that was observed",
        "imputed": "share of the weight that was filled in",
        "low": "the score if all that was not observed were the worst",
        "score": "of the node",
        "high": "the score if all that was not observed were the best",
    },
    _bounds,
    scores=("low", "score", "high"),
)
CONTRIBUTIONS = OutputTable(
    "contributions",
    {
        "node": "every root",
        "unit": "as in the data",
        "indicator": "below that root, or a node that compares units in place of its own",
        "contribution": "to the score of the root; they add up to it",
    },
    _contributions,
    scores=("contribution",),
)
WEIGHTS = OutputTable(
    "weights",
    {
        "node": "every root",
        "indicator": "below that root",
        "nominal": "weight on paper: the product of the shares on its path",
        "correlation": "of the indicator with the root, over the ranked units that know both",
        "first_order": "share of the root's variance that the indicator explains alone",
        "effective": "the same as a share of 1, with the sign of the correlation",
    },
    _weights,
)


def _queries(run: Run) -> pd.DataFrame | None:
    rows = [(one.code, one.column, one.value, one.details["method"]) for one in run.queries]
    return pd.DataFrame(rows, columns=["code", "choice", "value", "with"]) if rows else None


def _judgements(run: Run) -> pd.DataFrame | None:
    rows = [
        {
            "node": node,
            "child": child,
            "weight": run.tree.shares(node)[run.tree.children(node).index(child)],
            "low": one.low.get(child, np.nan),
            "high": one.high.get(child, np.nan),
            "experts": "" if one.experts is None else one.experts,
            "consistency_ratio": np.nan if one.ratio is None else one.ratio,
            "limit": np.nan if one.ratio is None else CONSISTENT,
        }
        for node, one in run.recipe.judged.items()
        for child in one.weights
    ]
    return pd.DataFrame(rows) if rows else None


SELFCHECK = OutputTable(
    "selfcheck",
    {
        "node": "every root",
        "what": "constant, against, weight, turns or alike",
        "first": "an indicator, or the unit that is ahead",
        "second": "another indicator, or the unit that is next",
        "value": "range, correlation, effective over nominal weight, gap after the turn",
        "limit": "what it has passed; for weights this or its inverse",
    },
    lambda run: selfcheck.table(run.findings),
)
JUDGEMENTS = OutputTable(
    "judgements",
    {
        "node": "whose children were weighted by a file",
        "child": "of that node",
        "weight": "share among the children",
        "low": "least share that an expert gave",
        "high": "greatest share that an expert gave",
        "experts": "how many gave any",
        "consistency_ratio": "of pairwise comparisons",
        "limit": "above which they should be thought over",
    },
    _judgements,
)
QUERIES = OutputTable(
    "queries",
    {
        "code": "of the message",
        "choice": "the key of the recipe",
        "value": "what it says",
        "with": "what it goes ill with",
    },
    _queries,
)
TREATMENT = OutputTable(
    "treatment",
    {
        "indicator": "empty where a whole unit is meant",
        "unit": "as in the data",
        "what": "the step that changed the value",
        "before": "value before the step",
        "after": "value after the step",
    },
    lambda run: run.index.log,
)
