"""Reading what an index is computed from: the table of data and the table of the tree.

Cells are checked one by one, so that one run tells every problem with its file, line and column.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from suyuan.contract.numerals import DIGITS, number_problem
from suyuan.contract.tables import RawTable, read_raw
from suyuan.core.errors import DataError, Problem
from suyuan.index.tree import AGGREGATIONS, SCALES, Node, Tree

REQUIRED = ("node_id", "parent_id", "weight")
FOR_LEAVES = ("direction", "low", "high", "target", "scale")
TREE_COLUMNS = (*REQUIRED, "name", "aggregation", *FOR_LEAVES)
UNIT = "unit"  # the column of units in the tables of results
DIRECTIONS = ("1", "-1")

Row = tuple[int, dict[str, str]]


@dataclass(frozen=True)
class Data:
    """Units × columns, indexed by unit: numbers as float64, groups as text, both NaN if empty.

    ``lines`` are the line numbers of the units in ``file``.
    """

    frame: pd.DataFrame
    lines: Mapping[str, int]
    file: str

    def problem(self, code: str, unit: str, column: str, **details: str) -> Problem:
        """A problem with the number of ``unit`` in ``column``."""
        value = f"{self.frame.at[unit, column]:g}"
        return Problem(code, self.file, self.lines[unit], column, value, details)


def read_tree(path: Path, name: str) -> Tree:
    """The tree of a CSV file; ``name`` is what messages call it.

    Raises DataError: E514 no such file, E510 missing column, E511 unknown column, E506 to E509
    and others of ``Tree``, E519 a cell that does not apply to its node, E524 a name that is
    taken, E120 to E135 numbers.
    """
    raw = _read(path, name)
    problems = [
        *(Problem("E510", name, 1, column) for column in REQUIRED if column not in raw.header),
        *_repeated(raw, name),
        *(Problem("E511", name, 1, c, c) for c in raw.header if c not in TREE_COLUMNS),
    ]
    rows = _rows(raw, name, problems)
    nodes = [_node(name, line, cells, problems) for line, cells in rows]
    problems += _misplaced(name, rows)
    if problems:
        raise DataError(problems)
    return Tree(nodes, name)


def read_data(
    path: Path, name: str, numbers: Mapping[str, Problem], groups: Mapping[str, Problem]
) -> Data:
    """The columns ``numbers`` and ``groups`` of a CSV file whose first column names the units.

    Each column comes with the problem that it would be if the file lacked it. Other columns are
    not looked at. Raises DataError: those problems, E514 no such file, E513 no rows, E106 and
    E110 units without a name or with one that is taken, and for what is not a number E520 and
    E121 to E135.
    """
    raw = _read(path, name)
    wanted = {**numbers, **groups}
    problems = [problem for column, problem in wanted.items() if column not in raw.header]
    problems += _repeated(raw, name)
    rows = _rows(raw, name, problems)
    key = raw.header[0]
    lines: dict[str, int] = {}
    for line, cells in rows:
        unit = cells[key]
        if not unit:
            problems.append(Problem("E106", name, line, key))
        elif unit in lines:
            problems.append(Problem("E110", name, line, key, unit, {"first": str(lines[unit])}))
        lines.setdefault(unit, line)
    columns: dict[str, object] = {
        column: [_number(name, line, column, cells, problems) for line, cells in rows]
        for column in numbers
    }
    columns |= {column: [cells[column] or np.nan for _, cells in rows] for column in groups}
    if problems:
        raise DataError(sorted(problems, key=lambda problem: problem.row))
    units = pd.Index([cells[key] for _, cells in rows], name=key)
    frame = pd.DataFrame(columns, index=units)
    return Data(frame.astype(dict.fromkeys(numbers, np.float64)), lines, name)


def _read(path: Path, name: str) -> RawTable:
    if not path.is_file():
        raise DataError(Problem("E514", name))
    return read_raw(path, name)


def _repeated(raw: RawTable, file: str) -> Iterator[Problem]:
    """E104: columns that the header has twice."""
    for position, column in enumerate(raw.header):
        if column and column in raw.header[:position]:
            yield Problem("E104", file, 1, column, column)


def _rows(raw: RawTable, file: str, problems: list[Problem]) -> list[Row]:
    """The records by column name. Raises DataError where ``problems`` or E105 or E513 stop it."""
    width = len(raw.header)
    for line, record in raw.records:
        if len(record) != width:
            counts = {"found": str(len(record)), "expected": str(width)}
            problems.append(Problem("E105", file, line, raw.header[0], "", counts))
    if not raw.records:
        problems.append(Problem("E513", file, 1, raw.header[0]))
    if problems:
        raise DataError(problems)
    return [(line, dict(zip(raw.header, record, strict=True))) for line, record in raw.records]


def _number(
    file: str, line: int, column: str, cells: dict[str, str], problems: list[Problem]
) -> float:
    """The number in a cell; NaN for an empty one and for one that gets into ``problems``."""
    text = cells.get(column, "")
    if not text:
        return float("nan")
    if found := number_problem(text):
        code, details = found
        code = "E520" if code == "E120" else code
        problems.append(Problem(code, file, line, column, text, details))
        return float("nan")
    if len(text) > DIGITS:
        problems.append(Problem("E128", file, line, column, text, {"digits": str(DIGITS)}))
    return float(text)


def _choice(
    file: str,
    line: int,
    column: str,
    cells: dict[str, str],
    allowed: tuple[str, ...],
    problems: list[Problem],
) -> str:
    """The text of a cell, the first of ``allowed`` for an empty one."""
    text = cells.get(column, "")
    if text and text not in allowed:
        details = {"allowed": "、".join(allowed)}
        problems.append(Problem("E126", file, line, column, text, details))
    return text if text in allowed else allowed[0]


def _node(file: str, line: int, cells: dict[str, str], problems: list[Problem]) -> Node:
    def number(column: str) -> float | None:
        value = _number(file, line, column, cells, problems)
        return None if np.isnan(value) else value

    def choice(column: str, allowed: tuple[str, ...]) -> str:
        return _choice(file, line, column, cells, allowed, problems)

    if not cells["node_id"]:
        problems.append(Problem("E106", file, line, "node_id"))
    if cells["node_id"] == UNIT:
        problems.append(Problem("E524", file, line, "node_id", UNIT))
    if not cells["weight"] and cells["parent_id"]:
        problems.append(Problem("E106", file, line, "weight"))
    weight = number("weight")
    return Node(
        id=cells["node_id"],
        parent=cells["parent_id"],
        weight=1.0 if weight is None else weight,  # a root has no siblings to weigh against
        name=cells.get("name", ""),
        aggregation=choice("aggregation", AGGREGATIONS),
        direction=int(choice("direction", DIRECTIONS)),
        low=number("low"),
        high=number("high"),
        target=number("target"),
        scale=choice("scale", SCALES),
        line=line,
    )


def _misplaced(file: str, rows: list[Row]) -> Iterator[Problem]:
    """E519: what only indicators have at another node, or the other way round."""
    parents = {cells["parent_id"] for _, cells in rows}
    for line, cells in rows:
        leaf = cells["node_id"] not in parents
        for column in ("aggregation",) if leaf else FOR_LEAVES:
            if cells.get(column):
                yield Problem("E519", file, line, column, cells[column])
