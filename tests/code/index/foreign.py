"""Tables of other people, read as the command reads them."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from suyuan.core.errors import IndexFault
from suyuan.index import said
from suyuan.index.command import compute
from suyuan.index.table import Data

TREE = "node_id,parent_id,weight,low,high\nall,,,,\na,all,1,0,10\nb,all,1,0,10\n"


def write(folder: Path, data: str | bytes, recipe: str = "", tree: str = TREE) -> None:
    """The three files of an index; ``data`` as they are, if bytes."""
    content = data.encode() if isinstance(data, str) else data
    (folder / "data.csv").write_bytes(content)
    (folder / "tree.csv").write_text(tree, encoding="utf-8")
    (folder / "recipe.yaml").write_text(f"uncertainty: null\n{recipe}", encoding="utf-8")


def read(folder: Path, *files: str | bytes) -> Data:
    """The data of these files."""
    write(folder, *files)
    return compute(folder / "data.csv", folder / "tree.csv", folder / "recipe.yaml").data


def frame(folder: Path, *files: str | bytes) -> pd.DataFrame:
    """The columns of these files."""
    return read(folder, *files).frame


def told(folder: Path, *files: str | bytes) -> list[tuple[str, str]]:
    """Place and code of all that is wrong; every line has its words in both languages."""
    write(folder, *files)
    try:
        compute(folder / "data.csv", folder / "tree.csv", folder / "recipe.yaml")
        problems = ()
    except IndexFault as error:
        problems = error.problems
    lines = [*said.lines(problems, "zh"), *said.lines(problems, "en")]
    assert not [line for line in lines if "messages.yaml" in line]
    return [(f"{Path(p.file).name}:{p.row}:{p.column or 1}", p.code) for p in problems]
