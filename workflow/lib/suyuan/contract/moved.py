"""Cells that stand in other columns than theirs: told as what happened, not cell by cell.

A row that slipped by a column, or two columns that changed places, would be told as many cells
with remedies of their own, none of which leads back.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from suyuan.contract.rows import problems_of_cell
from suyuan.contract.table import Row, Table
from suyuan.core.errors import Problem

SLIPPED = 3  # cells of a row that do not fit where they stand
SEVERAL = 2  # rows in which two columns changed places
MOST = 2  # one in so many filled cells of a column do not fit there
OWN = frozenset({"E110", "E112", "E113"})  # of rows beside others, wherever the cells stand
RIGHT, LEFT, COLUMNS, CELLS = "E884", "E885", "E886", "E887"


@dataclass(frozen=True)
class _Fits:
    """Which texts may stand in which column of a table, by themselves and by what they name."""

    table: Table
    known: Mapping[str, set[str]]  # keys that a column may name

    @classmethod
    def of(cls, table: Table, tables: Mapping[str, Table]) -> _Fits:
        known = {}
        for key in table.schema.foreign_keys:
            if key.resource in tables:
                rows = tables[key.resource].rows
                known[key.field] = {row.cells[key.target] for row in rows}
        return cls(table, known)

    def __call__(self, column: str, text: str) -> bool:
        schema = self.table.schema
        field = schema.column(column)
        if any(problems_of_cell(self.table, Row(0, {column: text}), field)):
            return False
        keys = (key for key in schema.foreign_keys if key.field == column)
        return all(set(key.parts(text)) <= self.known.get(column, set()) for key in keys)


def told_as_moved(tables: Mapping[str, Table], problems: Iterable[Problem]) -> list[Problem]:
    """``problems`` of cells, where those of cells in other columns than theirs are one each.

    E884 a row that slipped to the right, E885 to the left, E886 two columns that changed places,
    E887 two cells of a row.
    """
    found = list(problems)
    for table in tables.values():
        wrong = defaultdict[int, dict[str, None]](dict)
        for problem in found:
            own = problem.file == table.file and problem.code not in OWN
            if own and problem.column in table.schema.columns:
                wrong[problem.row][problem.column] = None
        if all(len(columns) < SEVERAL for columns in wrong.values()) and len(wrong) < SEVERAL:
            continue
        for told, rows, columns in _moved(table, wrong, _Fits.of(table, tables)):
            found = [
                each
                for each in found
                if each.file != table.file or each.row not in rows or each.column not in columns
            ]
            found.append(told)
    return found


Told = tuple[Problem, set[int], Sequence[str]]  # in place of those at these rows and columns


def _moved(table: Table, wrong: Mapping[int, Mapping[str, None]], fits: _Fits) -> Iterator[Told]:
    rows = {row.line: row for row in table.rows if row.line in wrong}
    columns = table.schema.columns
    told = set[str]()
    for column in columns:
        lines = [line for line in rows if column in wrong[line]]
        if column not in told and (other := _other(table, column, lines, rows, wrong, fits)):
            told |= {column, other}
            details = {"other": other, "count": str(len(lines)), "line": str(lines[0])}
            problem = Problem(COLUMNS, table.file, 1, column, column, details)
            yield problem, set(rows), [column, other]
    for line, row in rows.items():
        own = [column for column in columns if column in wrong[line] and column not in told]
        if len(own) >= SLIPPED and (code := _slip(row, own[0], columns, fits)):
            details = {"count": str(len(own))}
            yield table.problem(code, row, own[0], **details), {line}, columns
        elif len(own) == SEVERAL and _exchanged(row, fits, *own):
            details = {"other": own[1], "that": row.cells[own[1]]}
            yield table.problem(CELLS, row, own[0], **details), {line}, own


def _exchanged(row: Row, fits: _Fits, one: str, other: str) -> bool:
    """Whether two cells of a row, both filled, fit in each other's place."""
    first, second = row.cells[one], row.cells[other]
    return first != "" != second and fits(one, second) and fits(other, first)


def _other(
    table: Table, column: str, lines: Sequence[int], rows: Mapping[int, Row],
    wrong: Mapping[int, Mapping[str, None]], fits: _Fits,
) -> str:  # fmt: skip
    """The one column that a column has changed places with, '' where there is none or a choice."""
    filled = sum(row.cells[column] != "" for row in table.rows)
    if len(lines) < SEVERAL or len(lines) * MOST < filled:
        return ""
    could = [
        other
        for other in table.schema.columns
        if other != column
        and any(rows[line].cells[other] for line in lines)
        and all(
            fits(column, rows[line].cells[other]) and fits(other, rows[line].cells[column])
            for line in lines
        )
    ]
    both = [other for other in could if any(other in wrong[line] for line in lines)]
    return could[0] if len(could) == 1 else both[0] if len(both) == 1 else ""


def _slip(row: Row, first: str, columns: Sequence[str], fits: _Fits) -> str:
    """The code of the way by which a row slipped by one column, '' where none explains it.

    It did so at ``first``, the first cell that does not fit, or before.
    """
    texts = [row.cells[column] for column in columns]
    for place, text in enumerate(texts[: columns.index(first) + 1]):
        back = [*texts[:place], *texts[place + 1 :], ""]
        if not text and all(map(fits, columns[place:-1], back[place:-1])):
            return RIGHT
        forth = [*texts[:place], "", *texts[place:-1]]
        if not texts[-1] and all(map(fits, columns[place + 1 :], forth[place + 1 :])):
            return LEFT
    return ""
