"""Revisions: what an edition says it changes, against its own rows and those of the edition before.

Within one edition a revision must name what there is and have changed it. Beside the edition
before, nothing else may differ: a cell that moved without a revision is named.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from suyuan.contract.carrying import CARRIED, OWN, REVISIONS, by_key
from suyuan.contract.table import Row, Table
from suyuan.core.errors import Problem

ADDITION, WITHDRAWAL = "addition", "withdrawal"  # kinds of a whole row; the others are of a cell
STALE = "E891"
UNBORNE = frozenset({"E176", "E177"})
MANY = 3  # revisions of a table: that it bears out none is no slip
Cells = Mapping[str, str]
Keyed = Mapping[str, Mapping[str, Cells]]  # rows by key, by table


def revision_problems(tables: Mapping[str, Table]) -> Iterator[Problem]:
    """What the edition's own rows refute.

    E176 no such table, row or column; E177 nothing changed; E179 a column or a text too many or too
    few for the kind; E178 the same cell twice; E168 a row that the register of carried rows lists.
    E891 a table that bears out none of its revisions, E892 a register that most tables do not: they
    are of different editions.
    """
    if REVISIONS not in tables:
        return
    found = list(_refuted(tables))
    rows = tables[REVISIONS].rows
    stale = dict(_unborne(tables, rows, found))
    if len(stale) > max(1, len({row.cells["table"] for row in rows}) // 2):
        details = {"count": str(len(rows))}
        yield tables[REVISIONS].problem("E892", rows[0], "revision_id", **details)
        return
    for name, count in stale.items():
        table = tables[name]
        details = {"count": str(count)}
        yield Problem(STALE, table.file, 1, table.schema.primary_key, name, details)
    lines = {row.line for row in rows if row.cells["table"] in stale}
    yield from (problem for problem in found if problem.row not in lines)


def _unborne(
    tables: Mapping[str, Table], rows: Sequence[Row], found: Iterable[Problem]
) -> Iterator[tuple[str, int]]:
    """Tables that bear out none of their revisions, and how many these are."""
    refused = {problem.row for problem in found if problem.code in UNBORNE}
    by_table = defaultdict[str, list[bool]](list)
    for row in rows:
        by_table[row.cells["table"]].append(row.line in refused)
    for name, each in by_table.items():
        if name in tables and len(each) >= MANY and all(each):
            yield name, len(each)


def _refuted(tables: Mapping[str, Table]) -> Iterator[Problem]:
    register = tables[REVISIONS]
    rows = {name: by_key(table) for name, table in tables.items() if name not in OWN}
    carried = by_key(tables[CARRIED]) if CARRIED in tables else {}
    first: dict[tuple[str, str, str], int] = {}
    for row in register.rows:
        place = (row.cells["table"], row.cells["row"], row.cells["column"])
        if place in first:
            yield register.problem("E178", row, "row", first=str(first[place]))
            continue
        first[place] = row.line
        found = _named(register, row, tables, rows)
        if found:
            yield found
        elif f"{place[0]}.{place[1]}" in carried:
            yield register.problem("E168", row, "row", carried=f"{place[0]}.{place[1]}")


def _named(register: Table, row: Row, tables: Mapping[str, Table], rows: Keyed) -> Problem | None:
    """What is wrong with the place that a revision names."""
    name, key, column = (row.cells[part] for part in ("table", "row", "column"))
    if name not in rows:
        return register.problem("E176", row, "table", what=f"{name}.csv")
    kind, there = row.cells["kind"], key in rows[name]
    if there == (kind == WITHDRAWAL):
        return register.problem("E177" if there else "E176", row, "row", what=tables[name].file)
    if kind in (ADDITION, WITHDRAWAL):
        extra = next((part for part in ("column", "before") if row.cells[part]), "")
        return register.problem("E179", row, extra, kind=kind) if extra else None
    if column not in tables[name].schema.columns or column == tables[name].schema.primary_key:
        return register.problem("E176", row, "column", what=tables[name].file)
    if rows[name][key][column] == row.cells["before"]:
        return register.problem("E177", row, "before", what=f"{name}.{column}.{key}")
    return None


def unrevised(tables: Mapping[str, Table], before: Mapping[str, Table]) -> Iterator[Problem]:
    """What differs from the edition before, in cells, and no revision says so.

    E164 a cell that differs, E165 a row that is new, E166 a row that is gone, E163 a revision whose
    ``before`` is not what stood there. A column that ``before`` does not have is none of a row.
    """
    said = {}
    if REVISIONS in tables:
        for row in tables[REVISIONS].rows:
            said[(row.cells["table"], row.cells["row"], row.cells["column"])] = row
    register = tables.get(REVISIONS)
    for name, table in tables.items():
        if name in OWN or name not in before:
            continue
        old = by_key(before[name])
        for row in table.rows:
            key = row.cells[table.schema.primary_key]
            if key not in old:
                if (name, key, "") not in said:
                    yield table.problem("E165", row, table.schema.primary_key)
                continue
            for column, text in row.cells.items():
                was = old[key].get(column, text)
                revision = said.get((name, key, column))
                if revision and register and revision.cells["before"] != was:
                    yield register.problem("E163", revision, "before", was=was)
                elif was != text and not revision:
                    yield table.problem("E164", row, column, was=was)
        now = by_key(table)
        for row in before[name].rows:
            key = row.cells[table.schema.primary_key]
            if key not in now and (name, key, "") not in said:
                yield Problem("E166", table.file, 1, table.schema.primary_key, key)
