"""Tables of what ranks rest on: how they change without an indicator, or without a branch."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from suyuan.index import noise
from suyuan.index.aggregate import Frame, scored
from suyuan.index.pipeline import RANKED
from suyuan.index.run import OutputTable, Run
from suyuan.index.tree import Tree


def scores_without(
    tree: Tree, scores: pd.DataFrame, node: str, frame: Frame
) -> tuple[str, np.ndarray | None]:
    """The root above ``node``, and its scores when ``node`` and all below it are left out.

    The other children of a parent keep their weights among each other; a parent that is left with
    none goes too. None where nothing is left that has a weight. ``scores`` are those of all nodes.
    """
    gone, parent = node, tree.nodes[node].parent
    while parent and not any(tree.nodes[c].weight > 0 for c in tree.children(parent) if c != gone):
        gone, parent = parent, tree.nodes[parent].parent
    if not parent:
        return gone, None
    changed: dict[str, np.ndarray] = {}
    while parent:
        children = [child for child in sorted(tree.children(parent)) if child != gone]
        shares = noise.normed(tree.nodes[child].weight for child in children)
        values = np.column_stack([changed.get(c, scores[c].to_numpy(float)) for c in children])
        changed[parent] = scored(tree.nodes[parent], values, shares, frame)
        gone, last, parent = "", parent, tree.nodes[parent].parent
    return last, changed[last]


def _moves(run: Run) -> Iterator[tuple[str, str, np.ndarray]]:
    """Root, what is left out, and the ranks without it; NaN for units that then have no score."""
    index = run.index
    for node in index.tree.nodes:
        if index.tree.nodes[node].parent:
            root, scores = scores_without(index.tree, index.aggregates.scores, node, index.frame)
            if scores is not None:
                scores = np.where(index.status[root] == RANKED, scores, np.nan)
                ranks = np.full(len(scores), np.nan)
                for rows in index.groups:
                    ranks[rows] = index.order.ranks(scores[rows])
                yield root, node, ranks


def _leave_one_out(run: Run) -> pd.DataFrame:
    rows = []
    for root, node, ranks in _moves(run):
        before = run.index.ranks[root].to_numpy()
        moved = np.abs(ranks - before)
        known = moved[~np.isnan(moved)]
        row: dict[str, object] = {"node": root, "without": node, "units": known.size}
        row |= {"moved": int(np.count_nonzero(known)), "mean": np.nan, "largest": np.nan}
        row |= {"unit": "", "rank": np.nan, "rank_without": np.nan}
        if known.size:
            furthest = np.flatnonzero(moved == known.max())
            labels = run.index.ranks.index
            place = min(furthest, key=lambda at: str(labels[at]))
            row |= {"mean": noise.mean(known), "largest": moved[place]}
            if moved[place] > 0:
                row["unit"] = run.index.ranks.index[place]
                row |= {"rank": before[place], "rank_without": ranks[place]}
        rows.append(row)
    return pd.DataFrame(rows, columns=[*LEAVE_ONE_OUT.columns])


def _shifts(run: Run) -> pd.DataFrame:
    parts = [pd.DataFrame(columns=[*SHIFTS.columns])]
    for root, node, ranks in _moves(run):
        before = run.index.ranks[root]
        changed = np.flatnonzero((ranks != before) & ~(np.isnan(ranks) & before.isna()))
        part = pd.DataFrame({"node": root, "without": node, "unit": before.index[changed]})
        part["rank"], part["rank_without"] = before.to_numpy()[changed], ranks[changed]
        parts.append(part)
    return pd.concat([part for part in parts if len(part)] or parts, ignore_index=True)


LEAVE_ONE_OUT = OutputTable(
    "leave_one_out",
    {
        "node": "every root",
        "without": "every node below it, which is left out with all below",
        "units": "that are ranked with and without",
        "moved": "how many of them change their rank",
        "mean": "change of rank, up or down, over the units",
        "largest": "change of rank of any",
        "unit": "the first that changes by so much; empty if none changes",
        "rank": "of that unit",
        "rank_without": "of that unit, without the node",
    },
    _leave_one_out,
)
SHIFTS = OutputTable(
    "rank_shifts",
    {
        "node": "every root",
        "without": "every node below it",
        "unit": "every unit whose rank changes",
        "rank": "with the node",
        "rank_without": "without; empty if the unit then has no score",
    },
    _shifts,
)
