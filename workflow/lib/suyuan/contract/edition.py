"""An edition's raw and configuration tables: read, held to the contract, read again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from suyuan.contract import rows
from suyuan.contract.answers import answer_problems
from suyuan.contract.bounds import bound_problems
from suyuan.contract.carrying import REVISIONS, carrying_problems, judgeable, told_of_rows
from suyuan.contract.codebook import Codebook
from suyuan.contract.double_entry import entry_problems
from suyuan.contract.glyphs import unprintable
from suyuan.contract.headers import of_another
from suyuan.contract.measures import measure_problems
from suyuan.contract.moved import COLUMNS, told_as_moved
from suyuan.contract.queries.rules import parameter_problems
from suyuan.contract.queries.scopes import World
from suyuan.contract.references import told_as_missing
from suyuan.contract.revisions import STALE, revision_problems, unrevised
from suyuan.contract.schema import Schema, read_schemas
from suyuan.contract.strays import stray_problems
from suyuan.contract.table import Table
from suyuan.contract.tables import LINE, Rowwise, frame, read_raw, read_records
from suyuan.contract.wholes import whole_problems
from suyuan.core.errors import DataError, Problem
from suyuan.core.files import there
from suyuan.core.layout import Layout
from suyuan.core.names import in_time, is_edition
from suyuan.core.periods import is_day, span

if TYPE_CHECKING:
    import pandas as pd

IDENTIFYING = ("subject_id", "indicator_id", "qualifier", "restates")  # what a value's id is
OBSERVATIONS = "observations"


def raw_schemas(layout: Layout) -> dict[str, Schema]:
    """Schemas of the edition's raw tables: an optional one that is not there has none."""
    schemas = read_schemas(layout.schemas / "raw")
    return {
        name: schema
        for name, schema in schemas.items()
        if not schema.optional or there(layout.raw / f"{name}.csv")
    }


def config_schemas(layout: Layout) -> dict[str, Schema]:
    """Schemas of the configuration tables."""
    return read_schemas(layout.schemas / "config")


def all_schemas(layout: Layout) -> dict[str, Schema]:
    """Schemas of raw and configuration tables."""
    return raw_schemas(layout) | config_schemas(layout)


def possible_schemas(layout: Layout) -> dict[str, Schema]:
    """The same with those of optional tables that are not there, which another edition may have."""
    return read_schemas(layout.schemas / "raw") | config_schemas(layout)


def read_all(layout: Layout) -> tuple[dict[str, Table], list[Problem]]:
    """Every raw and configuration table that can be read, and what is wrong with the files."""
    raw, problems = _readable(layout, layout.raw, raw_schemas(layout))
    config, more = _readable(layout, layout.config, config_schemas(layout))
    problems += more
    if "edition" in raw:
        problems += misnamed(layout, raw["edition"])
    return raw | config, problems


def _readable(
    layout: Layout, folder: Path, schemas: Mapping[str, Schema]
) -> tuple[dict[str, Table], list[Problem]]:
    tables: dict[str, Table] = {}
    problems: list[Problem] = []
    for name, schema in schemas.items():
        path = folder / f"{name}.csv"
        file = layout.name(path)
        try:
            raw = read_raw(path, file)
            if elsewhere := of_another(raw, schema, schemas.values(), file):
                raise DataError(elsewhere)
            table, found = rows.shape(raw, schema, file)
        except DataError as error:
            problems += error.problems
            continue
        problems += found
        if not found and not table.rows and not schema.optional:
            problems.append(Problem("E143", file, 1, schema.primary_key))
        elif not found:
            tables[name] = table
    return tables, problems


def misnamed(layout: Layout, table: Table) -> Iterator[Problem]:
    """What of edition.csv does not go with the folder it lies in, as in a folder copied by hand.

    E145 for the name of another edition, E146 for a cutoff that is not of its quarter, E872 for an
    edition before that is not before it, or not the one that lies here.
    """
    quarter, before = in_time(layout.edition)[0], layout.before
    for row in table.rows:
        said, cutoff = row.cells["edition"], row.cells["cutoff"]
        if said != quarter and is_edition(said):  # of what is no name its cell says so
            details = {"edition": quarter, "old": before.edition if before else said}
            yield Problem("E145", table.file, row.line, "edition", said, details)
        elif is_day(cutoff) and not span(cutoff).overlaps(span(quarter)):
            yield Problem("E146", table.file, row.line, "cutoff", cutoff, {"edition": quarter})
        previous = row.cells["previous"]
        last = in_time(before.edition)[0] if before and layout.edition == quarter else ""
        follows = previous or there(layout.raw / f"{REVISIONS}.csv")  # its revisions are of one
        if (follows and last and previous != last) or previous >= quarter:
            details = {"edition": quarter, "expected": last or "-"}
            yield Problem("E872", table.file, row.line, "previous", previous, details)


def check(layout: Layout) -> dict[str, Table]:
    """All tables of the edition, lawful. Raises DataError with every problem otherwise."""
    tables, problems = read_all(layout)
    return lawful(tables, problems, layout)


def read_before(layout: Layout, tables: Mapping[str, Table]) -> dict[str, Table]:
    """The raw tables of the edition before that can be read; none where it does not lie here."""
    before = Layout(layout.root, tables["edition"].rows[-1].cells["previous"])
    if not before.edition or not before.raw.is_dir():
        return {}
    return _readable(before, before.raw, raw_schemas(before))[0]


def check_revised(tables: Mapping[str, Table], before: Mapping[str, Table]) -> None:
    """Raise DataError for all that differs, unsaid, from the tables of the edition before.

    A build stands alone: only a check asks this.
    """
    if problems := list(unrevised(tables, before)):
        raise DataError(sorted(problems, key=lambda p: (p.file, p.row)))


def check_beside(layout: Layout, tables: Mapping[str, Table]) -> None:
    """Raise DataError for files that look like tables, and for characters that no font has.

    Neither breaks the data; a person is told of both as long as something can be done.
    """
    problems = [*stray_problems(layout), *unprintable(tables, layout.templates / "fonts")]
    if problems:
        raise DataError(sorted(problems, key=lambda p: (p.file, p.row)))


def lawful(tables: dict[str, Table], problems: list[Problem], layout: Layout) -> dict[str, Table]:
    """``tables`` if ``problems`` of their files and all their rows come to none; else DataError."""
    unread = {PurePosixPath(problem.file).stem for problem in problems} - tables.keys()
    judged = judgeable(tables, unread)
    cells = rows.problems(tables)
    revised = list(revision_problems(judged))
    stale = {problem.file for problem in revised if problem.code == STALE}
    carried = carrying_problems(judged, {(problem.file, problem.row) for problem in cells})
    cells, carrying = told_of_rows(cells, carried)
    problems = [
        *problems,
        *told_as_missing(tables, told_as_moved(tables, cells), stale),
        *carrying,
        *revised,
    ]
    if not problems:
        problems = [
            *whole_problems(tables),
            *measure_problems(tables),
            *answer_problems(tables),
            *parameter_problems(World(tables, possible_schemas(layout))),
        ]
    if OBSERVATIONS in tables and not any(
        p.file.startswith(layout.name(layout.config)) for p in problems
    ):
        table = tables[OBSERVATIONS]
        codebook = Codebook.from_tables(
            *([row.cells for row in tables[name].rows] for name in ("indicators", "units"))
        )
        exchanged = any(p.file == table.file and p.code == COLUMNS for p in problems)
        for look in () if exchanged else (bound_problems, entry_problems):
            told = [*cells, *problems]
            broken = {problem.row for problem in told if problem.file == table.file}
            problems += look(table, codebook, broken)
    if problems:
        raise DataError(sorted(problems, key=lambda p: (p.file, p.row)))
    return tables


def ingested(table: Table) -> pd.DataFrame:
    """The rows as a text table with their line numbers first."""
    rows = ({LINE: str(row.line), **row.cells} for row in table.rows)
    return frame([LINE, *table.schema.columns], rows)


def read_rows(layout: Layout) -> Rowwise:
    """The tables that ``ingest`` wrote, row by row."""
    return Rowwise(
        tuple(all_schemas(layout)), lambda name: read_records(layout.tables / f"{name}.csv")
    )
