"""Files beside the tables that look like tables and are none: nobody reads them."""

from __future__ import annotations

from collections.abc import Iterator

from suyuan.contract.matrix import NAME
from suyuan.contract.schema import read_schemas
from suyuan.core.errors import Problem
from suyuan.core.layout import Layout

ENDINGS = (".csv", ".xls", ".tsv", ".ods", ".numbers")


def stray_problems(layout: Layout) -> Iterator[Problem]:
    """E857: what has a table's ending in the folders of tables and is none of them."""
    for folder, kind, more in ((layout.raw, "raw", ()), (layout.config, "config", (NAME,))):
        known = {f"{name}.csv" for name in (*read_schemas(layout.schemas / kind), *more)}
        for path in sorted(folder.iterdir()):
            name = path.name
            if name not in known and any(ending in name.casefold() for ending in ENDINGS):
                yield Problem("E857", layout.name(path), value=name)
