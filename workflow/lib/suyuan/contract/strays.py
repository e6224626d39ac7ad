"""Files beside the tables that look like tables and are none: nobody reads them.

Whoever keeps rows in one believes that they are read, so it stops a check, a build and a
publication alike. What a program leaves while it has a table open stops none: it is said, since
what was not saved is not read either.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from suyuan.contract.matrix import NAME
from suyuan.core.errors import DataError, Problem, whole
from suyuan.core.inputs import matching
from suyuan.core.layout import Layout
from suyuan.core.names import spelt

ENDINGS = (".csv", ".xls", ".tsv", ".tab", ".ods", ".numbers", ".et")  # the last is of WPS
# Locks and copies of programs, as of Excel, Emacs and JetBrains: ~$x, #x#, x~, x___jb_tmp___; and
# whatever is hidden, as of LibreOffice, WPS, Vim and Kate: .~lock.x#, .~x, .x.swp, .x.kate-swp.
LEFT = re.compile(r"~\$.+|\..+|#.+#|.+~|.+___jb_\w+___")
TABLE = re.compile(r"[a-z][a-z_]*\.csv")
STRAY, OPEN = "E857", "W857"


def strays(layout: Layout) -> Iterator[Problem]:
    """E857: what has a table's ending in the folders of tables and is none of them.

    W857 where a program has left it.
    """
    for folder, kind, more in ((layout.raw, "raw", ()), (layout.config, "config", (NAME,))):
        named = [schema.stem for schema in matching(layout.schemas / kind, "*.yaml")]
        known = {f"{name}.csv" for name in (*named, *more)}
        for path in sorted(folder.iterdir()):
            name = path.name
            if name not in known and (_like(name, named) or _holds(path)):
                code = OPEN if LEFT.fullmatch(name) else STRAY
                schema = layout.schemas / kind / f"{name.partition('.')[0]}.yaml"
                details = {"schema": spelt(layout.name(schema))}
                yield whole(code, layout.name(path), spelt(name), details)


def _like(name: str, tables: Sequence[str]) -> bool:
    """Whether a file is called like a table, or like one of ours whatever its ending."""
    low = name.casefold()
    return low.partition(".")[0] in tables or any(ending in low for ending in ENDINGS)


def _holds(path: Path) -> bool:
    """Whether a folder holds what looks like tables."""
    return path.is_dir() and any(_like(own.name, ()) for own in path.iterdir())


def schemaless(layout: Layout) -> None:
    """Raise DataError E857 for what bears the plain name of a table: others may name its rows."""
    if found := [each for each in stray_problems(layout) if TABLE.fullmatch(each.value)]:
        raise DataError(found)


def stray_problems(layout: Layout) -> list[Problem]:
    """Those of them that must go."""
    return [each for each in strays(layout) if each.code == STRAY]


def held(layout: Layout) -> None:
    """Raise DataError E857 for each of those that must go."""
    if found := stray_problems(layout):
        raise DataError(found)


def opened(layout: Layout) -> list[Problem]:
    """Signs that a program has a table open."""
    return [each for each in strays(layout) if each.code == OPEN]
