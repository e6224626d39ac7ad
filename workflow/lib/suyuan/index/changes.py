"""The table of a panel: what changed from year to year."""

from __future__ import annotations

import pandas as pd

from suyuan.index.panel import units, years
from suyuan.index.run import OutputTable, Run


def _changes(run: Run) -> pd.DataFrame | None:
    data, index = run.data, run.index
    if not data.years:
        return None
    rows = pd.DataFrame({"unit": units(data), "year": years(data)}).sort_values(["unit", "year"])
    before = rows.groupby("unit")["year"].shift()
    label_before = rows.index.to_series().groupby(rows["unit"]).shift()
    rows = rows[before.notna()].assign(since=before.dropna().astype(int))
    now, then = rows.index, pd.Index(label_before[rows.index])
    parts = []
    for node in index.ranks:
        scores, ranks = index.aggregates.scores[node], index.ranks[node]
        part = pd.DataFrame({"node": node, "unit": rows["unit"], "year": rows["year"]})
        part["since"] = rows["since"]
        part["score"] = scores.loc[now].to_numpy()
        part["score_change"] = part["score"] - scores.loc[then].to_numpy()
        part["rank"] = ranks.loc[now].to_numpy()
        part["rank_change"] = part["rank"] - ranks.loc[then].to_numpy()
        parts.append(part)
    return pd.concat(parts, ignore_index=True)


CHANGES = OutputTable(
    "changes",
    {
        "node": "every node above the indicators",
        "unit": "as in the data",
        "year": "of the score",
        "since": "the year before that the unit has a row of",
        "score": "in that year",
        "score_change": "since then",
        "rank": "in that year",
        "rank_change": "since then; below 0 the unit moved up",
    },
    _changes,
    scores=("score", "score_change"),
)
