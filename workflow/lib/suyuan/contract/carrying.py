"""Carrying over: which rows an edition took from the one before it unseen, held by their digests.

A row of the register vouches for nothing but this: its cells are still those that were carried
over. Whoever confirms or replaces a row takes it out of the register.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import replace

from suyuan.contract.references import LOST
from suyuan.contract.table import Row, Table
from suyuan.core.errors import Problem
from suyuan.core.files import dump_json
from suyuan.core.names import in_time, is_edition

CARRIED, REVISIONS, ANSWERS = "carried", "revisions", "answers"
OWN = frozenset(
    {"edition", CARRIED, REVISIONS, ANSWERS}
)  # what speaks of the edition is never carried over
HEADER = ("carried_id", "table", "row", "since", "digest")
DIGITS = 12
GONE, ELSEWHERE = "E174", "E897"  # of a carried row: not there, there under another key
RENAMED = "E109"  # of the one row that nobody names
LOOKED_UP = 40  # rows of a table that are not there; where more are, all of it is another


def digest_of(cells: Mapping[str, str]) -> str:
    """12 hex digits over a row's cells by column; empty ones do not count: columns may be added."""
    said = {column: text for column, text in cells.items() if text}
    return hashlib.sha256(dump_json(said).encode()).hexdigest()[:DIGITS]


def carried_rows(tables: Mapping[str, Table], edition: str) -> Iterator[tuple[str, ...]]:
    """Every row of raw tables as a row of the register of the edition after ``edition``.

    What was carried over into ``edition`` already stays as old as it is there.
    """
    known = {}
    if CARRIED in tables:
        known = {row.cells["carried_id"]: row.cells["since"] for row in tables[CARRIED].rows}
    for name, table in tables.items():
        if name in OWN:
            continue
        for row in table.rows:
            key = row.cells[table.schema.primary_key]
            carried_id = f"{name}.{key}"
            since = known.get(carried_id, edition)
            yield carried_id, name, key, since, digest_of(row.cells)


def judgeable(tables: Mapping[str, Table], unread: Set[str]) -> dict[str, Table]:
    """The tables; registers without what they say of ``unread`` ones, whose rows nobody knows."""
    found = dict(tables)
    for name in {CARRIED, REVISIONS} & found.keys():
        rows = tuple(r for r in found[name].rows if r.cells["table"] not in unread)
        found[name] = replace(found[name], rows=rows)
    return found


def carrying_problems(
    tables: Mapping[str, Table], wrong: Set[tuple[str, int]] = frozenset()
) -> Iterator[Problem]:
    """E167 an id of another row, E174 a row that is not there, E175 one that was changed.

    E897: a row that is there under another key.
    E890: carried over since an edition that is not before this one, once where all rows are. Of
    rows that are ``wrong``, by file and line, other messages say what was changed.
    """
    if CARRIED not in tables:
        return
    register = tables[CARRIED]
    rows = {name: table.keyed() for name, table in tables.items() if name not in OWN}
    late = list(_late(register, tables))
    lost = defaultdict[str, list[str]](list)
    for row in register.rows:
        if row.cells["row"] not in rows.get(row.cells["table"], [row.cells["row"]]):
            lost[row.cells["table"]].append(row.cells["row"])
    listed = {(row.cells["table"], row.cells["row"]) for row in register.rows} if lost else set()
    yield from late[:1] if len(late) == len(register.rows) else late
    for row in register.rows:
        name, key = row.cells["table"], row.cells["row"]
        if row.cells["carried_id"] != f"{name}.{key}":
            yield register.problem("E167", row, "carried_id", expected=f"{name}.{key}")
        elif name not in tables or name in OWN:
            yield register.problem("E174", row, "table", what=f"{name}.csv")
        elif (carried := rows[name].get(key)) is None:
            table = tables[name]
            new = (r for k, r in rows[name].items() if (name, k) not in listed)
            other = _rekeyed(table, row.cells, new) if len(lost[name]) <= LOOKED_UP else None
            if other:
                yield table.problem("E897", other, table.schema.primary_key, missing=key)
            else:
                yield register.problem("E174", row, "row", what=table.file)
        elif {(tables[name].file, carried.line), (register.file, row.line)} & wrong:
            continue
        elif digest_of(carried.cells) != row.cells["digest"]:
            yield register.problem("E175", row, "digest", carried=f"{name}.{key}")


def _rekeyed(table: Table, carried: Mapping[str, str], new: Iterable[Row]) -> Row | None:
    """The row that says under another key what was carried over."""
    key = {table.schema.primary_key: carried["row"]}
    same = (row for row in new if digest_of({**row.cells, **key}) == carried["digest"])
    return next(same, None)


def told_of_rows(
    cells: Iterable[Problem], carried: Iterable[Problem]
) -> tuple[list[Problem], list[Problem]]:
    """Both without what is said of a row that is not there again.

    Where it is there under another key nothing else is said of it; else cells that name it say so.
    """
    cells, carried = list(cells), list(carried)
    rekeyed = {(p.file, p.details["missing"]) for p in carried if p.code == ELSEWHERE}
    places = {(p.file, p.row, p.column) for p in carried if p.code == ELSEWHERE}
    kept = [
        p
        for p in cells
        if not (p.code in LOST and (p.details.get("target", ""), p.value) in rekeyed)
        and (p.file, p.row, p.column) not in places
    ]
    lost = {(p.details["target"], p.value) for p in kept if p.code in LOST}
    lost |= {(p.file, p.details["old"]) for p in kept if p.code == RENAMED}
    left = [
        p for p in carried if p.code != GONE or (p.details.get("what", ""), p.value) not in lost
    ]
    return kept, left


def _late(register: Table, tables: Mapping[str, Table]) -> Iterator[Problem]:
    """E890 at each row that was carried over since this edition or one after it."""
    own = [row.cells["edition"] for row in tables["edition"].rows] if "edition" in tables else []
    for row in register.rows if own and is_edition(own[0]) else ():
        since = row.cells["since"]
        if is_edition(since) and in_time(since) >= in_time(own[0]):
            yield register.problem("E890", row, "since", edition=own[0])


def by_key(table: Table) -> dict[str, Mapping[str, str]]:
    """The cells of each row by its key."""
    return {key: row.cells for key, row in table.keyed().items()}
