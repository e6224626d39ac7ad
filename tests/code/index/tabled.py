"""Runs of the command's inside, from texts."""

from __future__ import annotations

from pathlib import Path

from suyuan.index.command import compute
from suyuan.index.run import Run


def computed(folder: Path, data: str, tree: str, recipe: str = "") -> Run:
    """The run over a table, a tree and a recipe that are given as they stand in files."""
    for name, text in (("data.csv", data), ("tree.csv", tree), ("recipe.yaml", recipe)):
        (folder / name).write_text(text, encoding="utf-8")
    return compute(folder / "data.csv", folder / "tree.csv", folder / "recipe.yaml")
