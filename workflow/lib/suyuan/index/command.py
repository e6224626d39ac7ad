"""The command ``suyuan index``: from a table of data and a tree to tables of the index.

All tables are written to a folder that then takes the place of the one asked for.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import isfinite
from pathlib import Path

import pandas as pd

from suyuan.contract.tables import write_rows
from suyuan.core.errors import IndexFault, Problem, ReportedError, whole
from suyuan.core.files import sha256
from suyuan.index import kept
from suyuan.index.loading import loaded
from suyuan.index.outputs import FILES, LAST, TABLES
from suyuan.index.panel import parted
from suyuan.index.pipeline import build
from suyuan.index.ranking import round_half_up
from suyuan.index.replacing import recover, replacing
from suyuan.index.run import Inputs, OutputFile, OutputTable, Run


@dataclass(frozen=True)
class Written:
    """The files of a result, and what a person should be asked about it."""

    files: list[Path]
    queries: tuple[Problem, ...]


def run(
    data: Path, tree: Path, config: Path | None, out: Path, more: Sequence[OutputFile] = ()
) -> Written:
    """Compute the index and write its tables, and ``more``, to the folder ``out``.

    Raises ReportedError for all that a person can mend; then nothing is written, and what was in
    ``out`` stays. E540: ``out`` has other files, which the tables would replace. E594: it is the
    working folder, or around it, and would be replaced under the feet of who is there. E595: a file
    was changed meanwhile, so that what is kept of it would not be what was computed with.
    """
    place = out.resolve()  # what a link leads to; the link stays
    recover(place)
    _check_folder(out)
    found = compute(data, tree, config)
    given = {path: sha256(path) for path in kept.given(found)}
    tables = made(found)
    with replacing(place) as fresh:
        for output, table in tables:
            columns = printed(table, output, found.recipe.decimals)
            write_rows(list(table), zip(*columns, strict=True), fresh / output.file)
        names = [output.file for output, _ in tables]
        others = [*FILES, *more, LAST]
        names += [other.file for other in others if other.written(found, fresh / other.file)]
        if changed := [str(path) for path, digest in given.items() if sha256(path) != digest]:
            raise IndexFault(whole("E595", path) for path in changed)
    return Written([out / name for name in names], found.queries)


def compute(data: Path, tree: Path, config: Path | None) -> Run:
    """The index of these files; raises IndexFault."""
    nodes, recipe, read = loaded(data, tree, config)
    try:
        return Run(Inputs(data, tree, config), read, nodes, recipe, build(read, nodes, recipe))
    except ReportedError as error:
        raise IndexFault(error.problems) from error


def made(found: Run) -> list[tuple[OutputTable, pd.DataFrame]]:
    """The tables that the recipe asks for; docs/index.md describes their columns."""
    tables = [(output, output.of(found)) for output in TABLES]
    return [(output, parted(table, found.data)) for output, table in tables if table is not None]


def _check_folder(out: Path) -> None:
    here = Path.cwd()
    if out.resolve() in (here, *here.parents):
        raise IndexFault(Problem("E594", str(out), 1, "", str(out)))
    if out.is_dir():
        ours = kept.recorded(out).get("outputs", {})
        lawful = {*ours, *(table.file for table in TABLES), *([kept.RUN] if ours else ())}
        others = [name for name in kept.files(out) if name not in lawful]
    else:
        others = [out.name] if out.exists() else []
    if others:
        raise IndexFault(Problem("E540", str(out), 1, "", others[0]))


def printed(table: pd.DataFrame, output: OutputTable, decimals: int | None) -> list[list[str]]:
    """All cells as text, by column: missing and infinite ones empty, scores rounded."""
    return [
        _texts(column, decimals if output.rounds(str(name)) else None)
        for name, column in table.items()
    ]


def _texts(column: pd.Series, decimals: int | None) -> list[str]:
    values = column.tolist()
    if decimals is None and column.dtype.kind == "f":
        return [repr(v).removesuffix(".0") if isfinite(v) else "" for v in values]
    return [v if isinstance(v, str) else _text(v, decimals) for v in values]


def _text(value: object, decimals: int | None) -> str:
    if not isinstance(value, float):
        return str(value)
    if not isfinite(value):
        return ""
    if decimals is not None:
        return str(round_half_up(value, decimals))
    return repr(value).removesuffix(".0")
