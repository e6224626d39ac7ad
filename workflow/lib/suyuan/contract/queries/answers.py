"""Answers to queries: which of them still hold, and which queries are open.

An answer was given for what stood in a cell and beside it. It holds as long as both do, and up to
the cutoff that it names; the day of a build does not count.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from suyuan.contract.carrying import ANSWERS
from suyuan.contract.queries.seen import BESIDE, EDITION, Cells, Seen, key_of
from suyuan.contract.tables import LINE
from suyuan.core.errors import Problem
from suyuan.core.periods import last_day

OTHER = "other"  # detail of a query: the key of a row of the same table that speaks against it
OF_ANSWERS = frozenset({"W197", "W198", "W199"})  # what is asked of answers themselves
Place = tuple[str, ...]


@dataclass(frozen=True)
class Asked:
    """Open queries, how many are answered, and of which edition."""

    open: Sequence[Problem]
    answered: int
    seen: Seen

    def drafts(self) -> Iterator[list[str]]:
        """For each open query an answer without what a person has to say, as answers.csv has it."""
        rows = _Rows(self.seen)
        taken = [int(key_of(row)[1:]) for row in self.seen.tables.get(ANSWERS, ())]
        asked = [problem for problem in self.open if problem.code not in OF_ANSWERS]
        for number, problem in enumerate(asked, start=max(taken, default=0) + 1):
            place = rows.place(problem)
            yield [f"N{number:03}", *place, problem.value, rows.beside(problem)]


@dataclass
class _Rows:
    """Rows of tables by line and by key, each looked up when it is asked for."""

    seen: Seen
    by_line: dict[str, dict[int, Cells]] = field(default_factory=dict)
    by_key: dict[str, dict[str, Cells]] = field(default_factory=dict)

    def at(self, table: str, line: int) -> Cells:
        if table not in self.by_line:
            self.by_line[table] = {int(row[LINE]): row for row in self.seen.tables[table]}
        return self.by_line[table][line]

    def called(self, table: str, key: str) -> Cells | None:
        if table not in self.by_key:
            self.by_key[table] = {key_of(row): row for row in self.seen.tables[table]}
        return self.by_key[table].get(key)

    def place(self, problem: Problem) -> Place:
        """Code, table, row and column of a query."""
        table = PurePosixPath(problem.file).stem
        return problem.code, table, key_of(self.at(table, problem.row)), problem.column

    def beside(self, problem: Problem) -> str:
        """What a query compares its cell with."""
        other = problem.details.get(OTHER, "")
        if BESIDE in problem.details or not other:
            return problem.details.get(BESIDE, "")
        table = PurePosixPath(problem.file).stem
        row = self.called(table, other)
        return f"{other}={row[problem.column]}" if row else ""


def asked(seen: Seen, found: Sequence[Problem], unasked: Collection[str]) -> Asked:
    """The queries that no answer settles, and what is to be said of answers.

    W197 an answer to nothing, W198 one that was given for another cell, W199 one that is over.
    Answers to codes ``unasked`` here are let be.
    """
    answers: dict[Place, list[Cells]] = defaultdict(list)
    for row in seen.tables.get(ANSWERS, ()):
        answers[(row["code"], row["table"], row["row"], row["column"])].append(row)
    if not answers:
        return Asked(found, 0, seen)
    cutoff, rows = last_day(seen.tables[EDITION][-1]["cutoff"]), _Rows(seen)
    settled: set[str] = set()
    lapsed: dict[str, Problem] = {}
    left = []
    for problem in found:
        given = answers.get(rows.place(problem), [])
        beside = rows.beside(problem)
        exact = [row for row in given if (row["value"], row["beside"]) == (problem.value, beside)]
        if exact and last_day(exact[0]["until"]) >= cutoff:
            settled.add(key_of(exact[0]))
            continue
        left.append(problem)
        for row in exact or given:
            code = "W199" if exact else "W198"
            column = "until" if exact else "value" if row["value"] != problem.value else BESIDE
            told = {"that": problem.value if column == "value" else beside or "-"}
            lapsed[key_of(row)] = seen.query(code, ANSWERS, row, column, **_of(row), **told)
    of_answers = _told(seen, answers, settled, lapsed, unasked)
    return Asked([*left, *of_answers], len(settled), seen)


def _of(row: Cells) -> dict[str, str]:
    return {"query": ".".join(row[column] for column in ("code", "table", "row", "column"))}


def _told(
    seen: Seen,
    answers: Mapping[Place, Sequence[Cells]],
    settled: Collection[str],
    lapsed: Mapping[str, Problem],
    unasked: Collection[str],
) -> Iterator[Problem]:
    """What is to be said of answers that settle nothing."""
    for (code, *_), given in answers.items():
        for row in given:
            key = key_of(row)
            if key in settled or code in unasked:
                continue
            nothing = seen.query("W197", ANSWERS, row, "row", **_of(row))
            yield lapsed.get(key, nothing)
