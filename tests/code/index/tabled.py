"""Runs of the command's inside, from texts."""

from __future__ import annotations

from pathlib import Path

from suyuan.index.command import compute
from suyuan.index.run import Run

# Files of tables that a recipe, the data or the ranks themselves call for.
ASKED_FOR = {
    "intervals.csv",
    "judgements.csv",
    "queries.csv",
    "changes.csv",
    "rank_probabilities.csv",
    "pairs.csv",
    "selfcheck.csv",
    "possible_ranks.csv",
    "sensitivity.csv",
}


def computed(folder: Path, data: str, tree: str, recipe: str = "") -> Run:
    """The run over a table, a tree and a recipe that are given as they stand in files."""
    for name, text in (("data.csv", data), ("tree.csv", tree), ("recipe.yaml", recipe)):
        (folder / name).write_text(text, encoding="utf-8")
    return compute(folder / "data.csv", folder / "tree.csv", folder / "recipe.yaml")
