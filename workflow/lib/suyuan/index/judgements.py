"""Weights that people give, from files: as they are, by pairwise comparisons, as experts' budgets.

Nodes of which a file does not speak keep the weights of the tree.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from math import fsum, isfinite
from pathlib import Path

import numpy as np

from suyuan.contract.strays import LEFT
from suyuan.core.errors import DataError, Problem, whole
from suyuan.index.pairwise import Contradiction, completed, typed
from suyuan.index.reading import Declared
from suyuan.index.sheets import Sheet, read_sheet
from suyuan.index.tree import Tree
from suyuan.index.weighting import CONSISTENT, RANDOM_INDEX, ahp

FILE, AHP, BUDGET = "file", "ahp", "budget"
SUFFIXES = (".csv", ".xlsx")
MOST = len(RANDOM_INDEX["saaty1980"])


@dataclass(frozen=True)
class Judgement:
    """How one node's children were weighted: their ``weights``, by name.

    Of comparisons there is a consistency ratio, of budgets how many gave one, and each child's
    least and greatest share of them.
    """

    file: str
    weights: dict[str, float]
    ratio: float | None = None
    experts: int | None = None
    low: dict[str, float] = field(default_factory=dict)
    high: dict[str, float] = field(default_factory=dict)

    @property
    def consistent(self) -> bool:
        return self.ratio is None or self.ratio <= CONSISTENT


Judged = dict[str, Judgement]  # by node
Reading = Callable[[Path, str, Tree], Judged]


@dataclass(frozen=True)
class Kind:
    """A way to give weights by files: what reads them, and where the method is from."""

    name: str
    source: str
    read: Reading


def weighed(tree: Tree, judged: Judged) -> Tree:
    """The tree with those weights."""
    given = {child: w for one in judged.values() for child, w in one.weights.items()}
    return tree.reweighted(given)


def files(path: Path) -> list[Path]:
    """The files of weights that a recipe names: one, or all tables of a folder.

    What a program leaves there while it has one open is none of them.
    """
    if not path.is_dir():
        return [path]
    tables = (own for own in path.iterdir() if own.suffix.lower() in SUFFIXES)
    return sorted(own for own in tables if not LEFT.fullmatch(own.name))


def read(kind: str, path: Path, name: str, tree: Tree) -> Judged:
    """The judgements of the file or folder ``path``; ``name`` is what messages call it.

    Raises DataError with all that is wrong: E514 no such file, E510 a missing column, E110 a node
    twice, E718 no such node, E504 no weight, E505 weights that sum to zero, E714 labels that are
    not the children of one node, E711 comparisons that contradict each other, E712 missing ones,
    E715 no comparison, E716 too many criteria, E717 a budget that leaves something out, E722 a node
    of which two files speak.
    """
    found: Judged = {}
    problems: list[Problem] = []
    for own in files(path):
        label = name if own == path else f"{name}/{own.name}"
        try:
            judged = KINDS[kind].read(own, label, tree)
        except DataError as error:
            problems += error.problems
            continue
        for node, one in judged.items():
            if (first := found.setdefault(node, one)) is not one:
                problems.append(whole("E722", label, value=node, details={"first": first.file}))
    if not problems and not found:
        problems.append(Problem("E514", name))
    if problems:
        raise DataError(problems)
    return found


def _sheet(path: Path, name: str) -> Sheet:
    sheet = read_sheet(path, name, Declared())
    if sheet.wrong:
        raise DataError(sheet.wrong)
    return sheet


def _weights(path: Path, name: str, tree: Tree) -> Judged:
    """A table of ``node_id`` and ``weight``."""
    sheet = _sheet(path, name)
    problems = [
        Problem("E510", name, sheet.line, column)
        for column in ("node_id", "weight")
        if column not in sheet.header
    ]
    if problems:
        raise DataError(problems)
    lines: dict[str, int] = {}
    given: dict[str, float] = {}
    for line, cells in sheet.cells():
        node, text = cells["node_id"], cells["weight"]
        if node not in tree.nodes:
            problems.append(Problem("E718", name, line, "node_id", node))
        elif node in lines:
            details = {"first": str(lines[node])}
            problems.append(Problem("E110", name, line, "node_id", node, details))
        lines.setdefault(node, line)
        weight = _amount(text)
        if weight is None:
            problems.append(Problem("E504", name, line, "weight", text))
        given[node] = weight or 0.0
    if problems:
        raise DataError(problems)
    found: Judged = {}
    for parent in tree.upward:
        children = tree.children(parent)
        own = {child: given.get(child, tree.nodes[child].weight) for child in children}
        if not any(child in given for child in children):
            continue
        if not fsum(own.values()) > 0:
            first = next(child for child in children if child in given)
            problems.append(
                Problem("E505", name, lines[first], "weight", first, {"parent": parent})
            )
        found[parent] = Judgement(name, own)
    if problems:
        raise DataError(problems)
    return found


def _amount(text: str) -> float | None:
    try:
        value = float(text)
    except ValueError:
        return None
    return value if isfinite(value) and value >= 0 else None


def _node_of(tree: Tree, labels: list[str]) -> str | None:
    """The node whose children these are."""
    return next((n for n in tree.upward if sorted(tree.children(n)) == sorted(labels)), None)


def _comparisons(path: Path, name: str, tree: Tree) -> Judged:
    """A square table: how many times as important the row is as the column."""
    sheet = _sheet(path, name)
    labels = sheet.header[1:]
    node = _node_of(tree, labels)
    rows = {record[0]: (line, record[1:]) for line, record in sheet.records}
    if node is None or sorted(rows) != sorted(labels):
        raise DataError(Problem("E714", name, sheet.line, sheet.header[0], ", ".join(labels)))
    if len(labels) > MOST:
        value, most = str(len(labels)), {"most": str(MOST)}
        raise DataError(Problem("E716", name, sheet.line, sheet.header[0], value, most))
    problems = []
    for label in labels:
        line, cells = rows[label]
        for column, text in zip(labels, cells, strict=True):
            try:
                typed(text)
            except ValueError:
                problems.append(Problem("E715", name, line, column, text))
    if problems:
        raise DataError(problems)
    try:
        matrix = completed([rows[label][1] for label in labels])
    except Contradiction as error:
        raise DataError(_contradiction(name, labels, rows, error)) from error
    found = ahp(matrix)
    weights = dict(zip(labels, found.weights.tolist(), strict=True))
    return {node: Judgement(name, weights, ratio=found.consistency_ratio)}


def _contradiction(
    name: str,
    labels: list[str],
    rows: dict[str, tuple[int, list[str]]],
    error: Contradiction,
) -> Problem:
    row, column = labels[error.row], labels[error.column]
    details = {"row": row, "column": column, "other": error.lower}
    code = "E711" if error.upper else "E712"
    return Problem(code, name, rows[row][0], column, error.upper, details)


def _budgets(path: Path, name: str, tree: Tree) -> Judged:
    """A row per expert: points for the children of one node or of several, of any sum."""
    sheet = _sheet(path, name)
    columns = sheet.header[1:]
    problems = [
        Problem("E718", name, sheet.line, column, column)
        for column in columns
        if column not in tree.nodes
    ]
    parents = dict.fromkeys(tree.nodes[c].parent for c in columns if c in tree.nodes)
    for parent in parents:
        children = tree.children(parent)
        absent = [child for child in children if child not in columns]
        problems += [Problem("E510", name, sheet.line, child) for child in absent]
    if problems:
        raise DataError(problems)
    found = {
        parent: _budget(sheet, name, sorted(tree.children(parent)), problems)
        for parent in parents
        if parent
    }
    if problems:
        raise DataError(problems)
    return found


def _budget(sheet: Sheet, name: str, children: list[str], problems: list[Problem]) -> Judgement:
    told = len(problems)
    shares = [*_shares(sheet, name, children, problems)]
    if not shares and len(problems) > told:
        return Judgement(name, {})
    if not shares:
        problems.append(Problem("E717", name, sheet.line, children[0], ", ".join(children)))
        return Judgement(name, {})
    table = np.array(shares)
    columns = list(zip(children, table.T, strict=True))
    return Judgement(
        name,
        {child: fsum(own.tolist()) / len(own) for child, own in columns},
        experts=len(table),
        low={child: float(own.min()) for child, own in columns},
        high={child: float(own.max()) for child, own in columns},
    )


def _shares(
    sheet: Sheet, name: str, children: list[str], problems: list[Problem]
) -> Iterator[list[float]]:
    """Each expert's shares of one node; who gives none of its children any has no part in it."""
    for line, cells in sheet.cells():
        texts = [cells[child] for child in children]
        if not any(texts):
            continue
        points = [_amount(text) for text in texts]
        wrong = [c for c, own in zip(children, points, strict=True) if own is None]
        if wrong:
            code = "E717" if not cells[wrong[0]] else "E504"
            problems.append(Problem(code, name, line, wrong[0], cells[wrong[0]]))
            continue
        known = [own for own in points if own is not None]
        total = fsum(known)
        if total > 0:
            yield [own / total for own in known]
        else:
            parent = {"parent": ", ".join(children)}
            problems.append(Problem("E505", name, line, children[0], "0", parent))


KINDS = {
    each.name: each
    for each in (
        Kind(FILE, "as given", _weights),
        Kind(AHP, "Saaty 1980; Saaty 2008, doi:10.1504/IJSSCI.2008.017590", _comparisons),
        Kind(
            BUDGET,
            "OECD/JRC, Handbook on Constructing Composite Indicators, 2008, §6.4",
            _budgets,
        ),
    )
}
