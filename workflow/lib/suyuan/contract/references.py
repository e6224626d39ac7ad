"""References: cells that name rows of other tables, held against the rows that are there."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePosixPath
from typing import TypeAlias

from suyuan.contract.schema import ForeignKey
from suyuan.contract.table import Table
from suyuan.core.errors import Problem
from suyuan.core.names import LISTED, listed, nearest, shortened

Tables: TypeAlias = Mapping[str, Table]
Column: TypeAlias = tuple[str, str]  # a table and one of its columns
FEW = 3  # files that a message names
PARTING = re.compile(r"[；;，,、\s]+")  # signs by which people part what they list
SEVERAL = 2  # cells that are not all wrong in the same way
FOR_ONE = 4  # rows that nobody names and that one cell may mean
SHORT = 4  # a name of fewer characters is one character off from too many
MANY = 3  # cells that name a row which is not there: it was rather lost, or never entered
LONG = 60  # characters of a key that a message shows among others
LOST = frozenset({"E107", "E108", "E111", "E130"})
INSTEAD = frozenset({"E109", "E894"})  # of the key of a row in the place of another
FORM = "E127"  # of how a name is written
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


@dataclass(frozen=True)
class Known:
    """The rows of a table by a key of theirs, and how often cells of all tables name each key."""

    table: Table
    column: str
    lines: Mapping[str, int]
    counts: Counter[str]
    twice: Set[str]

    @classmethod
    def of(cls, column: Column, every: list[Named]) -> Known:
        named = [each for each in every if each.column == column]
        table, name = named[0].target, column[1]
        lines = {row.cells[name]: row.line for row in table.rows}
        often = Counter(row.cells[name] for row in table.rows)
        twice = {key for key, count in often.items() if count > 1}
        return cls(table, name, lines, sum((each.counts for each in named), Counter[str]()), twice)

    @cached_property
    def idle(self) -> list[str]:
        """The keys that no cell names: those alone that are no lawful keys, where there are any."""
        idle = [key for key in self.lines if key not in self.counts]
        field = next(each for each in self.table.schema.fields if each.name == self.column)
        return [key for key in idle if field.pattern and not field.regex.search(key)] or idle

    @cached_property
    def plain(self) -> Mapping[str, list[str]]:
        """The keys that are the same but for case, width and spaces."""
        keys = defaultdict[str, list[str]](list)
        for key in self.lines:
            keys[_plain(key)].append(key)
        return keys

    def meant(self, part: str) -> list[str]:
        """The keys for which ``part``, which is none, may stand, or which stand in its place.

        Those which are the same but for case, width and spaces, or the one from which it is one
        character off; else the one that is like it. Where several cells name it, or none is so
        much alike, also those that nobody names, where they are few.
        """
        several = self.counts[part] >= SEVERAL
        sure = self.plain.get(_plain(part), [])
        if not sure:
            off = [key for key in self.lines if _one_off(key, part)]
            sure = off if len(off) == 1 else []
        if sure and not several:
            return sure
        like = sure or list(filter(None, [nearest(part, self.lines)]))
        idle = self.idle if len(self.idle) <= (LISTED if several else FOR_ONE) else []
        return list(dict.fromkeys([*like, *idle]))

    def renamed(self) -> dict[str, str]:
        """The key that alone no cell names, and what several cells name in its place alone.

        None where other rows are named by nobody, too: one that is like what they name may always
        have been so, and another, or a row that is no more, at fault.
        """
        often = [p for p, count in self.counts.items() if p not in self.lines and count >= SEVERAL]
        if len(self.idle) != 1 or self.idle[0] in self.twice:
            return {}
        meant = {part: self.meant(part) for part in often[:LOOKED_UP]}
        return {
            keys[0]: part for part, keys in meant.items() if len(keys) == 1 and keys[0] in self.idle
        }

    def places(self, keys: Iterable[str]) -> str:
        """Rows by their places and keys, as a message lists them."""
        return places_of(self.table, {key: self.lines[key] for key in keys})


def places_of(table: Table, lines: Mapping[str, int]) -> str:
    """Rows of a table by their places and keys, as a message lists them; ``lines`` by key."""
    name = PurePosixPath(table.file).name
    return listed([f"{name}:{line}“{shortened(key, LONG)}”" for key, line in lines.items()])


def reference_problems(tables: Tables, only: set[str] | None = None) -> Iterator[Problem]:
    """E111: cells that name a row of another table which is not there; E107: it may be these.

    E130 and E108 say the same of units. A list is one problem for each part that leads nowhere; the
    problem's value is that part. Where several cells name what is not there, and the one row that
    it may be is named by none, that row has the wrong key: E109 at it, and nothing at them.
    """
    every = list(_named(tables))
    keys = {each.column: {r.cells[each.key.target] for r in each.target.rows} for each in every}
    lost = [each for each in every if each.counts.keys() - keys[each.column]]
    known = {column: Known.of(column, every) for column in {each.column for each in lost}}
    renamed = {column: rows.renamed() for column, rows in known.items()}
    for column, others in renamed.items():
        yield from _rekeyed(known[column], others, lost)
    for each in lost:
        if only is None or each.table.schema.name in only:
            yield from _lost(each, known[each.column], set(renamed[each.column].values()))


def told_as_missing(
    tables: Tables, problems: Iterable[Problem], stale: Set[str] = frozenset()
) -> list[Problem]:
    """``problems``, where many cells that name one row which is not there are one.

    E888 of the table that lacks it; E889 with the rows that it may be.
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
        files = listed(dict.fromkeys(problem.file for problem in named), FEW)
        details = {"count": str(len(named)), "files": files}
        meant = max((problem.details.get("nearest", "") for problem in named), key=len)
        details |= {"nearest": meant} if meant else {}
        code = "E889" if meant else "E888"
        kept.append(Problem(code, file, 0, target.schema.primary_key, key, details))
    return kept


def told_once(problems: Iterable[Problem]) -> list[Problem]:
    """``problems`` without what is said again of a name: of one that leads nowhere how it is
    written, and of a key in the place of another also that it leads nowhere.
    """
    found = list(problems)
    instead = {(p.file, p.row, p.column) for p in found if p.code in INSTEAD}
    lost = {(p.file, p.row, p.column) for p in found if p.code in LOST} | instead
    return [
        p
        for p in found
        if not (p.code == FORM and (p.file, p.row, p.column) in lost)
        and not (p.code in LOST and (p.file, p.row, p.column) in instead)
    ]


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


def _rekeyed(known: Known, keys: Mapping[str, str], lost: list[Named]) -> Iterator[Problem]:
    for row in known.table.rows if keys else ():
        if old := keys.get(row.cells[known.column]):
            places = {each.table.file: each.counts[old] for each in lost if each.counts[old]}
            details = {"old": old, "count": str(sum(places.values())), "files": listed(places, FEW)}
            yield known.table.problem("E109", row, known.column, **details)


def _plain(name: str) -> str:
    """A name without what case, width and spaces make of it."""
    return "".join(unicodedata.normalize("NFKC", name).casefold().split())


def _one_off(key: str, part: str) -> bool:
    """Whether one character more, less or other makes ``key`` of ``part``."""
    short, long = sorted((key, part), key=len)
    if len(long) < SHORT or key == part:
        return False
    pairs = enumerate(zip(short, long, strict=False))
    at = next((place for place, (one, other) in pairs if one != other), len(short))
    return long[at + 1 :] == short[at + (len(short) == len(long)) :]


def _is_list(part: str, known: Set[str]) -> bool:
    """Whether a part of a list is none, or itself several that are known, between other signs."""
    within = [each for each in PARTING.split(part) if each]
    return not within or (within != [part] and known >= set(within) and len(within) > 1)


def _lost(each: Named, known: Known, renamed: Set[str]) -> Iterator[Problem]:
    """What leads nowhere, cell by cell; E893 where it is the list that is parted otherwise."""
    gone = each.counts.keys() - known.lines.keys() - renamed
    meant = defaultdict[str, list[str]](list)
    for part in sorted(gone)[:LOOKED_UP]:  # a long table may lead nowhere again and again
        meant[part] = known.meant(part)
    unknown, alike = ("E130", "E108") if each.key.resource == "units" else ("E111", "E107")
    for row in each.table.rows if gone else ():
        for part in each.key.parts(row.cells[each.key.field]):
            if part in gone:
                own = row.cells[known.column] if each.table is each.target else ""
                places = known.places(key for key in meant[part] if key != own)
                details = {"target": each.target.file}
                details |= {"nearest": places} if places else {}
                code = alike if places else unknown
                if each.key.separator and _is_list(part, known.lines.keys()):
                    code, details = "E893", {"separator": each.key.separator}
                yield Problem(code, each.table.file, row.line, each.key.field, part, details)
