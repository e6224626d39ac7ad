"""The table of intervals: how sure the score and the rank of every root are."""

from __future__ import annotations

from importlib import import_module

import pandas as pd

from suyuan.index.run import OutputTable, Run


def _intervals(run: Run) -> pd.DataFrame | None:
    if run.recipe.uncertainty is None:
        return None
    simulate = import_module("suyuan.index.simulate")  # only who draws pays for it
    table: pd.DataFrame = simulate.interval_table(run.index, run.draws, run.recipe)
    return table


INTERVALS = OutputTable(
    "intervals",
    {
        "node": "every root",
        "unit": "as in the data",
        "score": "of the root",
        "score_low": "lower end of its interval",
        "score_high": "upper end",
        "rank": "1 is the best; empty if not ranked",
        "rank_low": "better end of its interval",
        "rank_high": "worse end",
        "score_low_error": "standard error of that end, for there are only so many draws",
        "score_high_error": "the same of the upper end",
        "rank_low_error": "the same of the better end",
        "rank_high_error": "the same of the worse end",
    },
    _intervals,
    scores=("score", "score_low", "score_high"),
)
