"""Published cases: tests/data/validation/README.md says where each is from."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from suyuan.cli import main
from suyuan.core.files import read_json
from suyuan.index.data import Data, read_data, read_tree
from suyuan.index.recipe import Recipe, read_recipe
from suyuan.index.tree import Tree
from tests.code.miniature import ROOT

VALIDATION = ROOT / "tests/data/validation"


def case(file: str, name: str) -> dict[str, Any]:
    return read_json(VALIDATION / file)[name]


def asem(recipe: str, groups: Sequence[str] = ()) -> tuple[Data, Tree, Recipe]:
    """The 51 countries and 49 indicators of ASEM, raw, and one of its two recipes.

    Columns named by ``groups`` are read besides those that the recipe needs.
    """
    tree = read_tree(VALIDATION / "asem_tree.csv", "asem_tree.csv")
    read = read_recipe(VALIDATION / f"asem_{recipe}.yaml", f"asem_{recipe}.yaml")
    columns = [*tree.leaves, *(column for _, _, column in read.denominators())]
    groups = [*groups, *(column for _, column in read.groups())]
    data = read_data(
        VALIDATION / "asem_data.csv",
        "asem_data.csv",
        dict.fromkeys(columns),
        dict.fromkeys(groups),
    )
    return data, tree, read


def table(name: str) -> pd.DataFrame:
    return pd.read_csv(VALIDATION / f"{name}.csv", index_col=0)


def indexed(
    folder: Path,
    data: Mapping[str, Sequence[object]],
    columns: Sequence[str],
    tree: Iterable[Mapping[str, object]],
    recipe: str,
) -> dict[str, pd.DataFrame]:
    """The tables that ``suyuan index`` writes of ``data``, a row of ``columns`` by unit."""
    folder.mkdir(exist_ok=True)
    write(folder / "data.csv", ["unit", *columns], ([unit, *row] for unit, row in data.items()))
    return indexed_file(folder, folder / "data.csv", tree, recipe)


def indexed_file(
    folder: Path, data: Path, tree: Iterable[Mapping[str, object]], recipe: str
) -> dict[str, pd.DataFrame]:
    """The same of a file.

    The nodes of ``tree`` are rows by column; those without ``parent_id`` are roots of weight 1.
    """
    nodes = [{"parent_id": "", "weight": 1, **node} for node in tree]
    header = list(dict.fromkeys(column for node in nodes for column in node))
    rows = ([node.get(column, "") for column in header] for node in nodes)
    write(folder / "tree.csv", header, rows)
    (folder / "recipe.yaml").write_text(recipe + "\nuncertainty: null\n", encoding="utf-8")
    files = [str(folder / name) for name in ("tree.csv", "recipe.yaml", "out")]
    words = ["index", str(data), "--tree", files[0], "--config", files[1], "--out", files[2]]
    assert main(words) == 0
    return {path.stem: pd.read_csv(path) for path in (folder / "out").glob("*.csv")}


def write(path: Path, header: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([header, *rows])


def scores_of(tables: Mapping[str, pd.DataFrame], node: str) -> pd.Series:
    return tables["scores"].set_index("unit")[node]


def ranks_of(tables: Mapping[str, pd.DataFrame], node: str) -> dict[str, int]:
    own = tables["ranks"][tables["ranks"]["node"] == node].set_index("unit")["rank"]
    return own.astype(int).to_dict()
