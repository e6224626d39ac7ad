"""All values of an edition; nothing here names a province, a vendor or an edition."""

from __future__ import annotations

from functools import partial

from suyuan.contract.codebook import Codebook
from suyuan.contract.config import Config
from suyuan.contract.configured import read_document
from suyuan.contract.edition import OBSERVATIONS, all_schemas
from suyuan.contract.tables import LINE, Columns, Records, Rowwise, Tables, rowwise
from suyuan.core.errors import (
    ConfigError,
    DataError,
    DuplicateValue,
    LineageError,
    OutOfBounds,
    Problem,
    UnknownValue,
)
from suyuan.core.layout import CONFIG, Layout
from suyuan.core.names import listed
from suyuan.domain.assessment.scores import assess
from suyuan.domain.assessment.tree import TREE
from suyuan.domain.audit.audit import CHECKS, audit
from suyuan.domain.ids import configured_problems, subject_problems
from suyuan.domain.operations import OPERATIONS
from suyuan.domain.recording import record_observations
from suyuan.domain.region.counts import count_values
from suyuan.domain.region.scores import score_region
from suyuan.lineage.ledger import Ledger
from suyuan.lineage.reads import Shelf
from suyuan.lineage.texts import Texts
from suyuan.lineage.value import TEXT

SCORED = ("value_id", "v", "u", "txt", "op")  # the columns of scores.csv


def score(
    tables: Rowwise, normalised: Columns, ledger: Ledger, config: Config, layout: Layout
) -> Ledger:
    """All values of the edition in ``ledger``, recorded texts included."""
    record_observations(ledger, normalised)
    shelf = Shelf(ledger, ledger.texts.rows)
    with ledger.sealed():
        score_region(ledger, shelf, config)
        if TREE in tables:
            assess(ledger, shelf, config.region, config.nation)
        if CHECKS in tables:
            audit(ledger, shelf, config.edition, partial(file_of, layout))
        count_values(ledger)
    return ledger


def as_rows(ledger: Ledger) -> list[tuple[str, ...]]:
    """The numeric values, one row each, their cells as SCORED names them."""
    return [(v.id, v.data, v.unit, v.txt, v.op) for v in ledger.made if v.unit != TEXT]


def compute(
    layout: Layout, config: Config, tables: Tables | Rowwise, normalised: Columns
) -> Ledger:
    """The ledger of the edition: texts, observations and everything computed from them.

    Raises ConfigError E111 for a configured region or nation that is no subject.
    Raises DataError: E156 for subjects under ids that this project uses itself, E153 naming an
    observation that a computation needs and the data lack, and what ``complaint`` says.
    """
    rows = rowwise(tables)
    subjects = layout.name(layout.raw / "subjects.csv")
    if problems := list(subject_problems(rows, subjects)):
        raise DataError(problems)
    configured = read_document(layout.root / CONFIG, CONFIG)
    if problems := list(configured_problems(rows, config, configured, layout)):
        raise ConfigError(problems)
    ledger = Ledger(
        Codebook.from_tables(rows["indicators"], rows["units"]),
        OPERATIONS,
        texts=Texts(rows, {name: file_of(layout, name) for name in rows}),
    )
    try:
        return score(rows, normalised, ledger, config, layout)
    except LineageError as error:
        raise DataError(complaint(error, ledger, rows, layout)) from error


def complaint(error: LineageError, ledger: Ledger, tables: Rowwise, layout: Layout) -> Problem:
    """What data keep a value from being computed.

    E153 and E160 absent, a number or the text of a row, E155 out of bounds, E157 given by a row and
    elsewhere too, E154 other.
    """
    if isinstance(error, DuplicateValue):
        return given_twice(error.value_id, ledger, tables, layout)
    if isinstance(error, UnknownValue):
        table, _, rest = error.value_id.partition(".")
        column, _, row = rest.partition(".")
        if (
            table in tables and column in all_schemas(layout)[table].columns
        ):  # a text of a row that is not there
            return Problem("E160", file_of(layout, table), 0, column, row)
        return _absent(error.value_id, tables[OBSERVATIONS], layout)
    roots = sorted(
        {cell for parent in error.parents for cell in ledger.roots(parent)},
        key=lambda cell: (cell.source != OBSERVATIONS, cell.source, cell.key, cell.column),
    )
    keys = list(dict.fromkeys(cell.key for cell in roots))
    details = {"rows": listed(keys)}
    code = "E155" if isinstance(error, OutOfBounds) else "E154"
    if not roots:
        return Problem(code, file_of(layout, OBSERVATIONS), 1, "value", error.value_id, details)
    source = roots[0].source
    places = [(_line(tables[source], c.key), c.column) for c in roots if c.source == source]
    line, column = min(places, key=lambda place: (place[0], place[1] != "value", place[1]))
    return Problem(code, file_of(layout, source), line, column, error.value_id, details)


def _absent(value_id: str, observations: Records, layout: Layout) -> Problem:
    """E153 of the table whose row would give the value.

    It is one that has a word for what the value is of its subject, or else the observations: at the
    last of the same subject and indicator.
    """
    subject, _, rest = value_id.partition(".")
    indicator, _, _ = rest.partition(".")
    schemas = all_schemas(layout)
    for schema in schemas.values():
        if any(indicator in schema.column(name).enum for name in schema.joins):
            place = file_of(layout, schema.name), 0, schema.primary_key
            break
    else:
        like = [
            int(row[LINE])
            for row in observations
            if (row["subject_id"], row["indicator_id"]) == (subject, indicator)
        ]
        end = (like[-1], "qualifier") if like else (0, schemas[OBSERVATIONS].primary_key)
        place = file_of(layout, OBSERVATIONS), *end
    return Problem("E153", *place, value_id, {"table": place[0]})


def file_of(layout: Layout, table: str) -> str:
    """The file of a table, raw or of the configuration, as messages name it; '' for none."""
    paths = (folder / f"{table}.csv" for folder in (layout.raw, layout.config))
    return next((layout.name(path) for path in paths if path.is_file()), "")


def _line(table: Records, key: str) -> int:
    """The line of a row, which its key tells: the first column is the line number."""
    return next(int(row[LINE]) for row in table if list(row.values())[1] == key)


def given_twice(value_id: str, ledger: Ledger, tables: Rowwise, layout: Layout) -> Problem:
    """E157 at the row that a value goes back to which something else gives too."""
    cell = ledger.roots(value_id)[0]
    file, line = file_of(layout, cell.source), _line(tables[cell.source], cell.key)
    return Problem("E157", file, line, cell.column, value_id, {"key": cell.key})
