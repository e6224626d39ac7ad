"""References: cells that name rows of other tables, held against the rows that are there."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from typing import TypeAlias

from suyuan.contract.schema import ForeignKey
from suyuan.contract.table import Table
from suyuan.core.errors import Problem
from suyuan.core.names import listed, nearest

Tables: TypeAlias = Mapping[str, Table]
Column: TypeAlias = tuple[str, str]  # a table and one of its columns
FEW = 3  # files that a message names
PARTING = re.compile(r"[；;，,、\s]+")  # signs by which people part what they list
SEVERAL = 2  # cells that are not all wrong in the same way
RARE = 4  # of so many rows one may be named by nobody
MANY = 3  # cells that name a row which is not there: it was rather lost, or never entered
LOST = frozenset({"E107", "E108", "E111", "E130"})
LOOKED_UP = 40  # names that are like an unknown one are looked for so often in a column


@dataclass(frozen=True)
class Named:
    """The names of a target's rows in the cells of one column, and how often each stands there."""

    table: Table
    key: ForeignKey
    target: Table
    counts: Counter[str]

    @property
    def column(self) -> Column:
        return self.key.resource, self.key.target


def reference_problems(tables: Tables, only: set[str] | None = None) -> Iterator[Problem]:
    """E111: cells that name a row of another table which is not there; E107 where one is like it.

    E130 and E108 say the same of units. A list is one problem for each part that leads nowhere; the
    problem's value is that part. Where several cells name what is not there, and none names the row
    that is like it, that row has the wrong key: E109 at it, and nothing at them.
    """
    every = list(_named(tables))
    known = {each.column: {r.cells[each.key.target] for r in each.target.rows} for each in every}
    lost = [each for each in every if each.counts.keys() - known[each.column]]
    renamed = {
        column: _renamed(column, every, known[column]) for column in {e.column for e in lost}
    }
    for column, keys in renamed.items():
        yield from _rekeyed(tables[column[0]], column[1], keys, lost)
    for each in lost:
        if only is None or each.table.schema.name in only:
            gone = each.counts.keys() - known[each.column] - set(renamed[each.column].values())
            yield from _lost(each, gone, known[each.column])


def told_as_missing(
    tables: Tables, problems: Iterable[Problem], stale: Set[str] = frozenset()
) -> list[Problem]:
    """``problems``, where many cells that name one row which is not there are one.

    E888 at the last line of the table that lacks it; E889 where a row that is there is like it.
    None of rows of files that are ``stale``: those lack many.
    """
    found = [p for p in problems if p.code not in LOST or p.details["target"] not in stale]
    by_row = defaultdict[Column, list[Problem]](list)
    for problem in found:
        if problem.code in LOST:
            by_row[problem.details["target"], problem.value].append(problem)
    many = {row: named for row, named in by_row.items() if len(named) >= MANY}
    kept = [p for p in found if p.code not in LOST or (p.details["target"], p.value) not in many]
    targets = {table.file: table for table in tables.values()}
    for (file, key), named in many.items():
        target = targets[file]
        line = target.rows[-1].line if target.rows else 1
        files = listed(dict.fromkeys(problem.file for problem in named), FEW)
        details = {"count": str(len(named)), "files": files}
        meant = named[0].details.get("nearest", "")
        details |= {"nearest": meant} if meant else {}
        code = "E889" if meant else "E888"
        kept.append(Problem(code, file, line, target.schema.primary_key, key, details))
    return kept


def _named(tables: Tables) -> Iterator[Named]:
    for table in tables.values():
        for key in table.schema.foreign_keys:
            target = tables.get(key.resource)
            if target is None:  # unreadable: reported where it was read
                continue
            cells = Counter(row.cells[key.field] for row in table.rows)
            counts = Counter[str]()
            for cell, count in cells.items():
                counts.update(dict.fromkeys(key.parts(cell), count))
            yield Named(table, key, target, counts)


def _renamed(column: Column, every: list[Named], known: set[str]) -> dict[str, str]:
    """Keys that no cell names, and like each one that several cells name in its place.

    None where rows that nobody names are nothing out of the way.
    """
    counts = sum((each.counts for each in every if each.column == column), Counter[str]())
    often = [part for part in counts if part not in known and counts[part] >= SEVERAL]
    idle = known - counts.keys()
    if len(idle) > max(len(known) // RARE, 1):
        return {}
    return {new: part for part in often[:LOOKED_UP] if (new := nearest(part, idle))}


def _rekeyed(
    target: Table, column: str, keys: Mapping[str, str], lost: list[Named]
) -> Iterator[Problem]:
    for row in target.rows if keys else ():
        if old := keys.get(row.cells[column]):
            places = {each.table.file: each.counts[old] for each in lost if each.counts[old]}
            details = {"old": old, "count": str(sum(places.values())), "files": listed(places, FEW)}
            yield target.problem("E109", row, column, **details)


def _is_list(part: str, known: set[str]) -> bool:
    """Whether a part of a list is none, or itself several that are known, between other signs."""
    within = [each for each in PARTING.split(part) if each]
    return not within or (within != [part] and known.issuperset(within) and len(within) > 1)


def _lost(each: Named, gone: set[str], known: set[str]) -> Iterator[Problem]:
    """What leads nowhere, cell by cell; E893 where it is the list that is parted otherwise."""
    meant = defaultdict[str, str](str)
    for part in sorted(gone)[:LOOKED_UP]:  # a long table may lead nowhere again and again
        meant[part] = nearest(part, known)
    unknown, alike = ("E130", "E108") if each.key.resource == "units" else ("E111", "E107")
    for row in each.table.rows if gone else ():
        for part in each.key.parts(row.cells[each.key.field]):
            if part in gone:
                details = {"target": each.target.file}
                details |= {"nearest": meant[part]} if meant[part] else {}
                code = alike if meant[part] else unknown
                if each.key.separator and _is_list(part, known):
                    code, details = "E893", {"separator": each.key.separator}
                yield Problem(code, each.table.file, row.line, each.key.field, part, details)
