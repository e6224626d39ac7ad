"""Reading the table of data: which rows are units, and what their cells say.

Everything that is wrong is told in one go, each with its line and column. Cells of one column with
one fault between them are told together, with their lines.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
import pandas as pd

from suyuan.core.errors import DataError, Problem
from suyuan.core.names import nearest
from suyuan.index import asides
from suyuan.index.cells import NUMBER, PERCENT, Fault, Signs, Stored, number
from suyuan.index.reading import Declared, named, says
from suyuan.index.shapes import headless, long_by
from suyuan.index.sheets import HEAD, Record, Sheet, all_rows, sheet_of

UNIT = "unit"  # the column of units in the tables of results
LISTED = 8  # lines that a message names
ALIKE = 5  # faults of one kind in one column, beyond which they are told as one
LONGEST = 24  # characters of a unit that a remedy repeats
BY_COLUMN = ("E543", "E544", "E545")  # one declaration settles all cells of a column
Row = tuple[int, dict[str, str]]
Asked = Mapping[str, "Problem | None"]


@dataclass(frozen=True)
class Data:
    """Units × columns, indexed by unit: numbers as float64, groups as text, both NaN if empty.

    ``lines`` are the line numbers of the rows in ``file``, ``texts`` the cells of columns of
    numbers as they stand there. With a column of years a row is a unit in a year, labelled "Aster
    2020"; ``years`` has the year and ``units`` the unit of each label. Without, ``years`` is empty.
    ``columns`` are the places of the columns in ``file``, the first is 1.
    """

    frame: pd.DataFrame
    lines: Mapping[str, int]
    file: str
    texts: Mapping[str, Sequence[str]] = field(default_factory=dict)
    units: Mapping[str, str] = field(default_factory=dict)
    years: Mapping[str, int] = field(default_factory=dict)
    columns: Mapping[str, int] = field(default_factory=dict)

    def problem(self, code: str, unit: str, column: str, **details: str) -> Problem:
        """A problem with the number of ``unit`` in ``column``."""
        value = f"{self.frame.at[unit, column]:g}"
        return Problem(code, self.file, self.lines[unit], column, value, details)


def read_data(
    path: Path, name: str, numbers: Asked, groups: Asked, declared: Declared | None = None
) -> Data:
    """The columns ``numbers`` and ``groups`` of a table, as ``declared`` says it is written.

    Each column comes with the problem that it would be if the file lacked it, or None where it may.
    Other columns are not looked at. Raises DataError with all that is wrong: those problems, or
    E550 where a column is like it; what ``sheets`` and ``cells`` tell; E551 a header further down,
    E574 none, E576 a long table;
    E561 a first column that only counts; E552 to E554 and E570 rows that may be no units; E106 and
    E110 units without a name or with one that is taken, E563 no year; E549 per cent signs in some
    cells of a column only; E513 and E560 no rows; E555 and E562 what a recipe names and no row has.
    """
    declared = declared or Declared()
    rows = all_rows(path, name, declared)
    sheet = sheet_of(rows, name, declared)
    asked = {**numbers, **groups}
    if line := _header_below(rows, sheet, asked):
        raise DataError(Problem("E551", name, sheet.line, "", "", {"line": str(line)}))
    key = declared.unit or sheet.header[0]
    told = {column: declared.problem("E508", place, column, data=name)
            for place, column in declared.columns().items()}  # fmt: skip
    asked = {**told, **asked}
    problems = [_missing(problem, sheet.header) for column, problem in asked.items()
                if column not in sheet.header and problem]  # fmt: skip
    problems += [*repeated(sheet, name, dict.fromkeys([key, *asked])), *sheet.wrong]
    if declared.header is None and (told_by := [*headless(sheet, name)]):
        raise DataError(told_by)
    if declared.unit is None and counts_rows(sheet) and (names := _names(sheet)):
        problems.append(Problem("E561", name, sheet.line, "", "", {"column": names}))
    if key not in sheet.header:  # which rows are left out is not known either
        rows_of_it = [] if declared.drop or declared.where else list(sheet.cells())
        for column in set(numbers) & set(sheet.header):
            _column(name, column, rows_of_it, declared.signs, problems)
        raise DataError(_sorted(problems, name))
    chosen = _Choosing(sheet, name, declared, key, problems)
    kept = chosen.rows()
    labels = chosen.labels(kept)
    columns = {
        column: _column(name, column, kept, declared.signs, problems)
        for column in numbers
        if column in sheet.header
    }
    chosen.sums(kept, columns)
    if problems:
        raise DataError(_sorted(problems, name))
    texts = {column: [cells[column] for _, cells in kept] for column in columns}
    frame = pd.DataFrame(
        {
            **{column: np.array(values, dtype=np.float64) for column, values in columns.items()},
            **{column: [cells[column] or np.nan for _, cells in kept] for column in groups},
        },
        index=pd.Index(labels, name=key or UNIT),
    )
    lines = {label: line for label, (line, _) in zip(labels, kept, strict=True)}
    units = {label: cells[key] for label, (_, cells) in zip(labels, kept, strict=True)}
    places = {column: place for place, column in enumerate(sheet.header, start=1)}
    return Data(frame, lines, name, texts, units, chosen.years, places)


def _sorted(problems: Iterable[Problem], name: str) -> list[Problem]:
    """Those of the data by line, then those of other files."""
    return sorted(problems, key=lambda p: (p.file != name, p.file, p.row, p.column))


def repeated(sheet: Sheet, file: str, wanted: Iterable[str]) -> Iterator[Problem]:
    """E104: columns that are wanted and that the header has twice."""
    for column in wanted:
        if sheet.header.count(column) > 1:
            yield Problem("E104", file, sheet.line, column, column)


def _missing(problem: Problem, header: Sequence[str]) -> Problem:
    """The problem of a column that is not there; E550 where one is like it."""
    folded = {column.casefold(): column for column in header if column}
    like = folded.get(nearest(problem.value.casefold(), folded), "")
    if not like:
        return problem
    return replace(problem, code="E550", details={**problem.details, "nearest": like})


def _header_below(rows: Sequence[Record], sheet: Sheet, asked: Iterable[str]) -> int:
    """The line of a row that has more of the columns asked for than the header; 0 for none."""
    wanted = set(asked)
    found = len(wanted & set(sheet.header))
    if found == len(wanted):
        return 0
    for line, cells in rows[:HEAD]:
        if line > sheet.line and len(wanted & set(cells)) > max(found, len(wanted) // 2):
            return line
    return 0


def counts_rows(sheet: Sheet) -> bool:
    """Whether the first column has no name and only counts the rows, as pandas and R write it."""
    first = [cells[0] for _, cells in sheet.records]
    return not sheet.header[0] and any(
        first == [str(place) for place in range(start, start + len(first))] for start in (0, 1)
    )


def _names(sheet: Sheet) -> str:
    """The first column of texts, which may name the units; '' where there is none."""
    for place, column in enumerate(sheet.header):
        texts = [cells[place] for _, cells in sheet.records]
        if column.strip() and not any(NUMBER.fullmatch(text) for text in texts):
            return column
    return ""


@dataclass
class _Choosing:
    """Which rows are units, and under which label."""

    sheet: Sheet
    name: str
    declared: Declared
    key: str
    problems: list[Problem]
    years: dict[str, int] = field(default_factory=dict)
    asked: set[str] = field(default_factory=set)

    def rows(self) -> list[Row]:
        """The rows that the recipe does not leave out; notes and totals are asked about."""
        declared, kept, units = self.declared, list[Row](), list[str]()
        values: dict[str, set[str]] = {column: set() for column in declared.where}
        for line, cells in self.sheet.cells():
            unit = cells[self.key]
            units.append(unit)
            code = asides.by_name(unit, line in self.sheet.bare)
            chosen = self._chosen(cells, values) or code == asides.NOTE
            if not chosen or any(named(unit, wanted) for wanted in declared.drop):
                continue
            if code and not self._kept(unit):
                self._query(code, line, unit)
            else:
                kept.append((line, cells))
        self._unmatched(units, values)
        if not kept and not self.problems:
            code = "E560" if declared.where or declared.drop else "E513"
            self.problems.append(Problem(code, self.name, self.sheet.line, self.key))
        return kept

    def _chosen(self, cells: Mapping[str, str], values: dict[str, set[str]]) -> bool:
        chosen = True
        for column, wanted in self.declared.where.items():
            text = cells.get(column)
            if text is None:  # no such column: told already
                continue
            values[column].add(text)
            chosen &= any(says(text, one) for one in wanted)
        return chosen

    def _kept(self, unit: str) -> bool:
        return any(named(unit, wanted) for wanted in self.declared.keep)

    def _query(self, code: str, line: int, unit: str) -> None:
        if unit in self.asked:  # in every year
            return
        self.asked.add(unit)
        short = unit if len(unit) <= LONGEST else f"{unit[:LONGEST]}*"
        details = {"short": json.dumps(short, ensure_ascii=False)[1:-1]}  # as YAML takes it
        self.problems.append(Problem(code, self.name, line, self.key, unit, details))

    def _unmatched(self, units: Sequence[str], values: Mapping[str, set[str]]) -> None:
        for key in ("drop", "keep"):
            for wanted in getattr(self.declared, key):
                if not any(named(unit, wanted) for unit in units):
                    self.problems.append(self.declared.problem("E555", (key,), wanted))
        for column, wanted_ones in self.declared.where.items():
            for wanted in wanted_ones:
                seen = values[column]
                if column in self.sheet.header and not any(says(text, wanted) for text in seen):
                    place = ("where", column)
                    self.problems.append(self.declared.problem("E562", place, wanted, of=column))

    def labels(self, kept: Sequence[Row]) -> list[str]:
        """The name of each row: its unit, with a column of years its unit and year."""
        first: dict[str, int] = {}
        labels, again = [], list[Problem]()
        for line, cells in kept:
            label = self._label(line, cells)
            if label and label in first:
                details = {"first": str(first[label])}
                again.append(Problem("E110", self.name, line, self.key, label, details))
            first.setdefault(label, line)
            labels.append(label)
        of, some = self._long(kept, labels) if again else ("", "")
        if of:
            details = {**again[0].details, "of": of, "some": some}
            again = [replace(again[0], code="E576", details=details)]
        if len(again) > ALIKE:
            details = {**again[0].details, **_lines([problem.row for problem in again])}
            again = [replace(again[0], code="E573", details=details)]
        self.problems += again
        return labels

    def _long(self, kept: Sequence[Row], labels: Sequence[str]) -> tuple[str, str]:
        columns = {
            column: [cells[column] for _, cells in kept]
            for column in self.sheet.header
            if column not in (self.key, self.declared.year)
        }
        return long_by(labels, columns)

    def _label(self, line: int, cells: Mapping[str, str]) -> str:
        """The label of a row, '' for one that is told to have none."""
        unit, column = cells[self.key], self.declared.year
        if not unit:
            self.problems.append(Problem("E106", self.name, line, self.key))
        if not unit or column is None or column not in cells:
            return unit
        year = number(cells[column], Signs())
        if isinstance(year, Fault) or not year.is_integer():
            self.problems.append(Problem("E563", self.name, line, column, cells[column]))
            return ""
        label = f"{unit} {int(year)}"
        self.years[label] = int(year)
        return label

    def sums(self, kept: Sequence[Row], columns: Mapping[str, Sequence[float]]) -> None:
        """Ask about rows that are the sum or the mean of all others, in each year."""
        groups: dict[str, list[int]] = {}
        for place, (_, cells) in enumerate(kept):
            groups.setdefault(cells.get(self.declared.year or "", ""), []).append(place)
        for places in groups.values():
            within = {
                column: [values[place] for place in places] for column, values in columns.items()
            }
            for place, code in asides.by_sum(within):
                line, cells = kept[places[place]]
                if not self._kept(cells[self.key]):
                    self._query(code, line, cells[self.key])


def _column(
    file: str, column: str, rows: Sequence[Row], signs: Signs, problems: list[Problem]
) -> list[float]:
    """The numbers of a column, NaN where there is none; what is no number gets into problems."""
    values: list[float] = []
    wrong: dict[str, dict[str, list[tuple[int, str, Fault]]]] = {}
    signed: list[tuple[int, str]] = []
    unsigned: list[tuple[int, str]] = []
    for line, cells in rows:
        text = cells[column]
        value = number(text, signs)
        if isinstance(value, Fault):
            groups = wrong.setdefault(value.code, {})
            same = "" if value.code in BY_COLUMN or len(groups) > ALIKE else text
            groups.setdefault(same, []).append((line, text, value))
            value = np.nan
        elif signs.percent and value and not isinstance(text, Stored) and not np.isnan(value):
            (signed if PERCENT in text else unsigned).append((line, text))
        values.append(value)
    for code, cells_of_it in (
        (c, alike) for c, groups in wrong.items() for alike in groups.values()
    ):
        line, text, fault = cells_of_it[0]
        details = {**fault.details, **_lines([line for line, _, _ in cells_of_it])}
        problems.append(Problem(code, file, line, column, text, details))
    if signed and unsigned:
        line, text = unsigned[0]
        details = {"signed": signed[0][1], **_lines([line for line, _ in unsigned])}
        problems.append(Problem("E549", file, line, column, text, details))
    return values


def _lines(lines: Sequence[int]) -> dict[str, str]:
    """How many lines these are, and the first of them."""
    more = ", …" if len(lines) > LISTED else ""
    return {"count": str(len(lines)), "lines": ", ".join(map(str, lines[:LISTED])) + more}
