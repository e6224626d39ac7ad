"""The command ``suyuan index``: from a table of data and a tree to tables of the index.

All tables are written to a folder beside the one asked for, which then takes its place: there is
never a half of a result.
"""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from importlib import import_module
from pathlib import Path

import numpy as np
import pandas as pd

from suyuan.contract.tables import write_table
from suyuan.core.errors import DataError, LookupFailed, Problem
from suyuan.index.coherence import importance
from suyuan.index.data import UNIT, Data, read_data, read_tree
from suyuan.index.pipeline import Index, build
from suyuan.index.ranking import round_half_up
from suyuan.index.recipe import Recipe, read_recipe
from suyuan.index.tree import Tree

INTERVALS = "intervals"
TABLES = ("scores", "ranks", "bounds", "contributions", "weights", "treatment", INTERVALS)
RANKS = {"rank", "rank_low", "rank_high"}


def run(data: Path, tree: Path, config: Path | None, out: Path) -> list[Path]:
    """Compute the index and write its tables to the folder ``out``; their paths.

    Raises ReportedError for all that a person can mend; then nothing is written, and what was in
    ``out`` stays. E540: ``out`` has other files, which the tables would replace.
    """
    _check_folder(out)
    index, recipe = compute(data, tree, config)
    tables = {
        name: _printed(table, recipe.decimals)
        for name, table in index_tables(index, recipe).items()
    }
    out.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=out.parent, prefix=f".{out.name}.") as temporary:
        fresh, old = Path(temporary) / "new", Path(temporary) / "old"
        for name, table in tables.items():
            write_table(table, fresh / f"{name}.csv")
        if out.exists():
            out.rename(old)
        fresh.rename(out)
    return [out / f"{name}.csv" for name in tables]


def compute(data: Path, tree: Path, config: Path | None) -> tuple[Index, Recipe]:
    """The index of these files, and the recipe it was made by; raises ReportedError."""
    nodes = read_tree(tree, str(tree))
    recipe = read_recipe(config, str(config or ""))
    return build(_read(data, nodes, recipe), nodes, recipe), recipe


def index_tables(index: Index, recipe: Recipe) -> dict[str, pd.DataFrame]:
    """The tables to be written, by name; docs/index.md describes their columns."""
    tables = {
        "scores": index.aggregates.scores.rename_axis(index=UNIT).reset_index(),
        "ranks": _ranks(index),
        "bounds": _bounds(index),
        "contributions": _contributions(index),
        "weights": _weights(index),
        "treatment": index.log,
    }
    if recipe.uncertainty is not None:
        simulate = import_module("suyuan.index.simulate")  # only who draws pays for it
        tables[INTERVALS] = simulate.interval_table(index, recipe.output, recipe.uncertainty)
    return tables


def _read(path: Path, tree: Tree, recipe: Recipe) -> Data:
    """The columns that ``tree`` and ``recipe`` speak of. E508 where there is none, E535 leaf."""
    name = str(path)
    strangers = [
        recipe.problem("E535", place, leaf)
        for place, leaf, _ in [*recipe.denominators(), *recipe.limits()]
        if leaf not in tree.leaves
    ]
    if strangers:
        raise DataError(strangers)
    numbers = {leaf: tree.problem("E508", leaf, "node_id", leaf, data=name) for leaf in tree.leaves}
    for place, _, column in recipe.denominators():
        numbers.setdefault(column, recipe.problem("E508", place, column, data=name))
    groups = {c: recipe.problem("E508", place, c, data=name) for place, c in recipe.groups()}
    return read_data(path, name, numbers, groups)


def _check_folder(out: Path) -> None:
    ours = {f"{name}.csv" for name in TABLES}
    if out.is_dir():
        others = sorted(path.name for path in out.iterdir() if path.name not in ours)
    else:
        others = [out.name] if out.exists() else []
    if others:
        raise LookupFailed(Problem("E540", str(out), 1, "", others[0]))


def _long(tables: Mapping[str, pd.DataFrame], nodes: list[str]) -> pd.DataFrame:
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


def _ranks(index: Index) -> pd.DataFrame:
    tables = {"score": index.aggregates.scores, "rank": index.ranks, "status": index.status}
    return _long(tables, list(index.ranks))


def _bounds(index: Index) -> pd.DataFrame:
    found = index.aggregates
    tables = {
        "coverage": found.coverage,
        "low": found.low,
        "score": found.scores,
        "high": found.high,
    }
    return _long(tables, list(index.ranks))


def _contributions(index: Index) -> pd.DataFrame:
    parts = []
    for root, added in index.contributions.items():
        part = added.rename_axis(index="unit", columns="indicator").stack(future_stack=True)
        table = part.rename("contribution").reset_index()
        table.insert(0, "node", root)
        parts.append(table)
    return pd.concat(parts, ignore_index=True)


def _weights(index: Index) -> pd.DataFrame:
    parts = []
    for root in index.tree.roots:
        table = importance(index.tree, index.aggregates.scores, root)
        table = table.rename_axis(index="indicator").reset_index()
        table.insert(0, "node", root)
        parts.append(table)
    return pd.concat(parts, ignore_index=True)


def _printed(table: pd.DataFrame, decimals: int | None) -> pd.DataFrame:
    """All cells as text: missing and infinite ones empty; ``decimals`` of all numbers but ranks."""
    columns = {
        name: [_text(value, None if name in RANKS else decimals) for value in column]
        for name, column in table.items()
    }
    return pd.DataFrame(columns, dtype=str)


def _text(value: object, decimals: int | None) -> str:
    if not isinstance(value, float):
        return str(value)
    if not np.isfinite(value):
        return ""
    if decimals is not None:
        return str(round_half_up(value, decimals))
    return repr(float(value)).removesuffix(".0")
