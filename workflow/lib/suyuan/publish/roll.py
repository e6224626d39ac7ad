"""Roll: the folder of the next edition, made from the last; every row marked as carried over."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path

from suyuan.contract import edition as editions
from suyuan.contract.carrying import ANSWERS, CARRIED, HEADER, OWN, REVISIONS, carried_rows
from suyuan.contract.config import check_edition, edition_layout
from suyuan.contract.queries.rules import OF_TWO
from suyuan.contract.schema import Schema, read_schemas
from suyuan.contract.table import Table
from suyuan.contract.tables import write_rows
from suyuan.contract.words import edition_label, read_words
from suyuan.core.errors import LookupFailed, whole
from suyuan.core.layout import Layout
from suyuan.core.names import QUARTER
from suyuan.core.periods import last_day
from suyuan.publish.due import Due, due

NEW, OLD = "NEW", "--from"  # where the names of the editions stand on the command line


def roll(root: Path, new: str, old: str) -> tuple[Layout, Mapping[str, Table], Due]:
    """Make data/raw/<new>/ from data/raw/<old>/; the tables it was made from, and what is due.

    Raises ConfigError E198 for what is no edition's name; LookupFailed E100 where the old one is
    not there, E205 where the new one is, E206 where it would not come later, E207 for a revision
    of an edition; DataError where the old one is not lawful. Then nothing is written.
    """
    for name, where in ((new, NEW), (old, OLD)):
        check_edition(name, where, 1)
        if not QUARTER.fullmatch(name):
            raise LookupFailed(whole("E207", where, name))
    before, layout = edition_layout(root, old), Layout(root, new)
    if layout.raw.exists():
        raise LookupFailed(whole("E205", NEW, new, {"folder": layout.name(layout.raw)}))
    if new <= old:  # a year and a quarter: the order of the letters is that of time
        raise LookupFailed(whole("E206", NEW, new, {"old": old}))
    tables, cutoff = editions.check(before), str(last_day(new))
    raw = {name: tables[name] for name in editions.raw_schemas(before)}
    known = read_schemas(layout.schemas / "raw")
    part = layout.raw.with_name(f".{new}.part")
    shutil.rmtree(part, ignore_errors=True)
    try:
        _write(part, before, layout, raw, known)
        part.rename(layout.raw)
    except BaseException:  # whatever it was, and whoever broke it off
        shutil.rmtree(part, ignore_errors=True)
        raise
    return layout, raw, due(before, tables, cutoff)


def _write(
    folder: Path,
    before: Layout,
    layout: Layout,
    tables: Mapping[str, Table],
    schemas: Mapping[str, Schema],
) -> None:
    """All raw tables of the new edition: what is carried over byte by byte, the rest anew."""
    folder.mkdir(parents=True)
    for name in tables.keys() - OWN:
        shutil.copyfile(before.raw / f"{name}.csv", folder / f"{name}.csv")
    row = _edition_row(layout, before.edition, tables["edition"])
    write_rows(list(row), [list(row.values())], folder / "edition.csv")
    write_rows(HEADER, carried_rows(tables, before.edition), folder / f"{CARRIED}.csv")
    write_rows(schemas[REVISIONS].columns, [], folder / f"{REVISIONS}.csv")
    write_rows(schemas[ANSWERS].columns, _answers(tables), folder / f"{ANSWERS}.csv")


def _answers(tables: Mapping[str, Table]) -> list[list[str]]:
    """Answers to queries, those that are over among them: a check says so, and what was decided.

    What was asked of the last edition beside the one before it is not asked again.
    """
    known = tables[ANSWERS].rows if ANSWERS in tables else ()
    of_two = {rule.code for rule in OF_TWO}
    return [list(row.cells.values()) for row in known if row.cells["code"] not in of_two]


def _edition_row(layout: Layout, previous: str, table: Table) -> dict[str, str]:
    """The edition's own row: its quarter gives name and days, the last edition all else."""
    words, day = read_words(layout), str(last_day(layout.edition))
    label = edition_label(layout.edition, words)
    return {
        **table.rows[-1].cells,
        "edition": layout.edition, "label": label, "cutoff": day, "published": day,
        "previous": previous,
    }  # fmt: skip
