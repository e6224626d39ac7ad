"""Reading the table of the tree: all that is wrong with it, with line and column.

The table of data is read by ``suyuan.index.table``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from suyuan.core.errors import DataError, Problem
from suyuan.index import scoring
from suyuan.index.aggregations import AGGREGATIONS, ARITHMETIC, aggregation
from suyuan.index.cells import Fault, Signs, number
from suyuan.index.reading import Declared, says
from suyuan.index.sheets import Sheet, read_sheet
from suyuan.index.table import UNIT, Data, read_data, repeated
from suyuan.index.tree import SCALES, Node, Tree

__all__ = ["UNIT", "Data", "leaves_named", "read_data", "read_tree"]

REQUIRED = ("node_id", "parent_id", "weight")
FOR_LEAVES = (
    "direction",
    "low",
    "high",
    "target",
    "scale",
    "normalise",
    "optimum_low",
    "optimum_high",
    "clip",
)
FOR_NODES = ("aggregation", "coverage", "available")
FLAGS = ("", "yes", "no")
TREE_COLUMNS = (*REQUIRED, "name", *FOR_NODES, *FOR_LEAVES)
DIRECTIONS = ("1", "-1")

Row = tuple[int, dict[str, str]]


def read_tree(path: Path, name: str, declared: Declared | None = None) -> Tree:
    """The tree of a CSV file; ``name`` is what messages call it.

    Signs of numbers and the encoding may be those that are ``declared`` for the data, or plain.

    Raises DataError with all that is wrong: E514 no such file, E510 missing column, E511 unknown
    column, E501 to E509 and others of ``Tree``, E519 a cell that does not apply to its node, E524 a
    name that is taken, and numbers as ``cells.number``.
    """
    declared = declared or Declared()
    sheet = _sheet(path, name, declared)
    problems = [
        *(Problem("E510", name, 1, column) for column in REQUIRED if column not in sheet.header),
        *repeated(sheet, name, TREE_COLUMNS),
        *(Problem("E511", name, 1, c, c) for c in sheet.header if c not in TREE_COLUMNS),
        *sheet.wrong,
    ]
    whole = not any(problem.code in ("E510", "E104", "E105") for problem in problems)
    rows = list(sheet.cells())
    if not rows and not sheet.wrong:
        problems.append(Problem("E513", name, 1, sheet.header[0]))
    written = _Written(name, problems, declared.signs)
    nodes = [_node(written, line, cells) for line, cells in rows]
    if whole and rows:  # else rows are missing, and their children would be told to have no parent
        problems += _misplaced(name, rows)
        try:
            tree = Tree(nodes, name)
        except DataError as error:
            problems += error.problems
    if problems:
        raise DataError(sorted(problems, key=lambda problem: problem.row))
    return tree


def _sheet(path: Path, name: str, declared: Declared) -> Sheet:
    try:
        return read_sheet(path, name, Declared())
    except DataError as error:
        if declared.encoding and error.problems[0].code == "E541":
            return read_sheet(path, name, Declared(encoding=declared.encoding))
        raise


def leaves_named(path: Path, name: str) -> list[str]:
    """What seem to be indicators in a file that is no whole tree; none where it is no table."""
    try:
        rows = [cells for _, cells in read_sheet(path, name, Declared()).cells()]
    except DataError:
        return []
    parents = {cells.get("parent_id") for cells in rows}
    nodes = dict.fromkeys(cells.get("node_id", "") for cells in rows)
    return [node for node in nodes if node and node not in parents]


@dataclass(frozen=True)
class _Written:
    """Cells of the tree as what they must be; what is wrong with them gets into ``problems``."""

    file: str
    problems: list[Problem]
    signs: Signs

    def number(self, line: int, column: str, cells: Mapping[str, str]) -> float | None:
        text = cells.get(column, "")
        value = number(text, Signs(frozenset(), self.signs.percent, *_marks(self.signs)))
        if isinstance(value, Fault):  # not as in the data: then plainly, or not at all
            value = number(text, Signs(percent=self.signs.percent))
        if isinstance(value, Fault):
            details = {"count": "1", "lines": str(line), **value.details}
            self.problems.append(Problem(value.code, self.file, line, column, text, details))
            return None
        return None if np.isnan(value) else value


def _marks(signs: Signs) -> tuple[str, str]:
    return signs.decimal, signs.thousands


def _choice(
    written: _Written, line: int, column: str, cells: dict[str, str], allowed: tuple[str, ...]
) -> str:
    """The text of a cell, the first of ``allowed`` for an empty one."""
    text = cells.get(column, "")
    meant = next((choice for choice in allowed if says(text, choice)), "")  # 1.0 is 1
    if text and not meant:
        details = {"allowed": ", ".join(allowed)}
        written.problems.append(Problem("E126", written.file, line, column, text, details))
    return meant or allowed[0]


def _node(written: _Written, line: int, cells: dict[str, str]) -> Node:
    def number(column: str) -> float | None:
        return written.number(line, column, cells)

    def choice(column: str, allowed: tuple[str, ...]) -> str:
        return _choice(written, line, column, cells, allowed)

    def share(column: str) -> float | None:
        value = number(column)
        if value is not None and not 0 <= value <= 1:
            report("E131" if value < 0 else "E132", column, cells[column], bound=f"{value > 1:d}")
            return None
        return value

    def report(code: str, column: str, value: str = "", **details: str) -> None:
        written.problems.append(Problem(code, written.file, line, column, value, details))

    if not cells.get("node_id", "?"):
        report("E106", "node_id")
    if cells.get("node_id") == UNIT:
        report("E524", "node_id", UNIT)
    if not cells.get("weight", "?") and cells.get("parent_id"):
        report("E106", "weight")
    weight = number("weight")
    return Node(
        id=cells.get("node_id", ""),
        parent=cells.get("parent_id", ""),
        weight=1.0 if weight is None else weight,  # a root has no siblings to weigh against
        name=cells.get("name", ""),
        aggregation=_aggregation(written, line, cells),
        direction=int(choice("direction", DIRECTIONS)),
        low=number("low"),
        high=number("high"),
        target=number("target"),
        scale=choice("scale", SCALES),
        normalise=choice("normalise", ("", *scoring.METHODS)),
        optimum_low=number("optimum_low"),
        optimum_high=number("optimum_high"),
        clip={"yes": True, "no": False}.get(choice("clip", FLAGS)),
        coverage=share("coverage"),
        available=share("available") or 0.0,
        line=line,
    )


def _aggregation(written: _Written, line: int, cells: dict[str, str]) -> str:
    text = cells.get("aggregation", "") or ARITHMETIC
    try:
        return aggregation(text).name
    except ValueError:
        details = {"allowed": ", ".join([*AGGREGATIONS, "power:2"])}
        problem = Problem("E126", written.file, line, "aggregation", text, details)
        written.problems.append(problem)
        return ARITHMETIC


def _misplaced(file: str, rows: list[Row]) -> Iterator[Problem]:
    """E519: what only indicators have at another node, or the other way round."""
    parents = {cells["parent_id"] for _, cells in rows}
    for line, cells in rows:
        leaf = cells["node_id"] not in parents
        for column in FOR_NODES if leaf else FOR_LEAVES:
            if cells.get(column):
                yield Problem("E519", file, line, column, cells[column])
