"""Published cases: tests/data/validation/README.md says where each is from."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

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
