"""Data, tree and recipe from a program: paths, or tables of pandas and a mapping.

What is no file is put into one for as long as it is read, so that there is one way to read.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeAlias

import pandas as pd

from suyuan.core.errors import IndexFault, Problem

Table: TypeAlias = "str | Path | pd.DataFrame"
Recipe: TypeAlias = "str | Path | Mapping[str, Any] | None"


@contextmanager
def files(data: Table, tree: Table, recipe: Recipe) -> Iterator[tuple[Path, Path, Path | None]]:
    """The three as paths. Problems with what is no file name it ``data``, ``tree`` or ``recipe``.

    The index of a table names its units, unless it only counts them.
    """
    with TemporaryDirectory(prefix="suyuan-") as temporary:
        folder = Path(temporary)
        paths = (
            _table(data, folder / "data"),
            _table(tree, folder / "tree"),
            _recipe(recipe, folder / "recipe"),
        )
        try:
            yield paths
        except IndexFault as error:
            names = {str(folder / name): name for name in ("data", "tree", "recipe")}
            raise IndexFault(_named(problem, names) for problem in error.problems) from error


def _named(problem: Problem, names: Mapping[str, str]) -> Problem:
    """The same problem, where files are called by those names."""
    details = {key: names.get(said, said) for key, said in problem.details.items()}
    return replace(problem, file=names.get(problem.file, problem.file), details=details)


def _table(given: Table, path: Path) -> Path:
    if not isinstance(given, pd.DataFrame):
        return Path(given)
    counted = isinstance(given.index, pd.RangeIndex) and given.index.name is None
    given.to_csv(path, index=not counted, lineterminator="\n")
    return path


def _recipe(given: Recipe, path: Path) -> Path | None:
    if given is None or not isinstance(given, Mapping):
        return None if given is None else Path(given)
    path.write_text(json.dumps(given, ensure_ascii=False, indent=1), encoding="utf-8")
    return path
