"""What can be seen of a table before anybody has said a word about it: for a first recipe.

Nothing here is a guess at a number: what is seen is written into the recipe, where it is read by
people, and what may be two things is left for them to say.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from suyuan.core.errors import DataError, Problem
from suyuan.index.asides import by_name
from suyuan.index.cells import PERCENT, Fault, Signs, number
from suyuan.index.reading import Declared
from suyuan.index.shapes import YEARS, all_years, headless, long_by, names_are_data
from suyuan.index.sheets import HEAD, Record, Sheet, all_rows, sheet_of
from suyuan.index.table import counts_rows
from suyuan.index.words import is_missing, plain, words

UNSAID = {"E543", "E544"}  # signs that people must declare
LIKE_NUMBERS = {*UNSAID, "E547", "E121", "E123", "E128", "E548"}


@dataclass(frozen=True)
class Seen:
    """A table as it looks; ``others`` are no indicators, ``asked`` rows that may be no units."""

    declared: Declared
    indicators: tuple[str, ...]
    others: tuple[str, ...]
    asked: tuple[str, ...]
    unsaid: tuple[str, ...]
    units: int
    twice: tuple[str, ...] = field(default=())


def seen(path: Path, name: str, given: Declared) -> Seen:
    """What a table looks like. Raises DataError: as ``sheets`` does, E105, E513 no rows.

    E104 columns that the header has twice and E567 none of numbers, where that leaves no indicator;
    E574 to E576 a table of another shape.
    """
    rows = all_rows(path, name, given)
    line = given.header or _header(rows)
    sheet = sheet_of(rows, name, Declared(header=line, file=name))
    if wrong := [*sheet.wrong, *(headless(sheet, name) if given.header is None else ())]:
        raise DataError(wrong)
    if not sheet.records:
        raise DataError(Problem("E513", name, sheet.line, sheet.header[0]))
    twice = [c for c, count in Counter(sheet.header).items() if count > 1 and c.strip()]
    columns = [_Column.of(place, sheet) for place in range(len(sheet.header))]
    usable = [
        column for column in columns if column.name.strip() and sheet.header.count(column.name) == 1
    ]
    numeric = [column for column in usable if column.numeric]
    unit = _unit(usable, sheet)
    year = _year([column for column in numeric if column is not unit], unit)
    indicators = [column for column in numeric if column not in (unit, year) and column.varies]
    if not indicators:
        same = [Problem("E104", name, sheet.line, column, column) for column in twice]
        raise DataError(same or [Problem("E567", name, sheet.line)])
    if all_years(across := [column.name for column in indicators]):
        raise DataError(Problem("E575", name, sheet.line, "", f"{across[0]} … {across[-1]}"))
    firsts = unit.texts if unit else [cells[0] for _, cells in sheet.records]
    labels = [f"{u} {y}" for u, y in zip(firsts, year.texts, strict=True)] if year else firsts
    kinds = {column.name: column.texts for column in usable if column is not unit}
    of, some = long_by(labels, kinds)
    if of:
        again = next(label for label, count in Counter(labels).items() if count > 1)
        details = {"of": of, "some": some}
        raise DataError(Problem("E576", name, sheet.line, of, again, details))
    asked = [
        first
        for first, (number_, _) in zip(firsts, sheet.records, strict=True)
        if by_name(first, number_ in sheet.bare)
    ]
    panel = year is not None and len(set(firsts)) < len(firsts)
    missing = dict.fromkeys(text for column in indicators for text in column.missing)
    percent = any(column.percent for column in indicators)
    return Seen(
        Declared(
            signs=Signs(missing=frozenset(missing), percent=percent),
            unit=unit.name if unit else None,
            year=year.name if year and panel else None,
            encoding=given.encoding,
            sheet=given.sheet,
            header=line if line != rows[0][0] else None,
        ),
        indicators=tuple(column.name for column in indicators),
        others=tuple(column.name for column in usable if not column.numeric and column is not unit)
        + tuple(
            column.name
            for column in numeric
            if column not in (unit, year if panel else None, *indicators)
        ),
        asked=tuple(dict.fromkeys(asked)),
        unsaid=tuple(column.name for column in indicators if UNSAID & set(column.faults)),
        units=len(set(firsts) - set(asked)),
        twice=tuple(twice),
    )


def _header(rows: Sequence[Record]) -> int:
    """The line of the first row with two thirds of the cells of any; titles have fewer.

    Where that is a row of data, half of the cells are enough.
    """
    filled = [(record, sum(map(bool, record[1]))) for record in rows[:HEAD]]
    most = max(count for _, count in filled)
    line, cells = next(record for record, count in filled if 3 * count >= 2 * most)
    if names_are_data(cells):
        line, _ = next(record for record, count in filled if 2 * count >= most)
    return line


@dataclass(frozen=True)
class _Column:
    """A column, with what in it stands for no value, and how often each fault keeps a number."""

    name: str
    texts: list[str]
    missing: tuple[str, ...]
    numbers: int
    faults: Counter[str]
    percent: bool

    @property
    def numeric(self) -> bool:
        """Whether most of it are numbers, or would be if more were declared, and none is a code."""
        like = self.numbers + sum(self.faults[code] for code in LIKE_NUMBERS)
        return 2 * like > self.numbers + self.faults.total() and not self.faults["E134"]

    @property
    def varies(self) -> bool:
        """Whether it can tell rows apart; among fewer than two nothing is known of that."""
        return len(self.texts) < 2 or len(set(filter(None, self.texts))) > 1

    @property
    def distinct(self) -> bool:
        return all(self.texts) and len(set(self.texts)) == len(self.texts)

    @classmethod
    def of(cls, place: int, sheet: Sheet) -> _Column:
        texts = [cells[place] for _, cells in sheet.records]
        kept = [
            cells[place]
            for line, cells in sheet.records
            if cells[place] and line not in sheet.bare and not by_name(cells[0], False)
        ]
        read = {text: number(text, Signs(percent=True)) for text in dict.fromkeys(kept)}
        missing = tuple(t for t, v in read.items() if isinstance(v, Fault) and is_missing(t))
        values = [read[text] for text in kept if text not in missing]
        faults = Counter(value.code for value in values if isinstance(value, Fault))
        percent = any(text.endswith(PERCENT) for text in kept)
        known = len(values) - faults.total()
        return cls(sheet.header[place], texts, missing, known, faults, percent)


def _unit(columns: Sequence[_Column], sheet: Sheet) -> _Column | None:
    """The column that names the units: the first of texts, rather one without repetitions.

    One that is called so may repeat over years.

    None: the first column, which has no name of its own.
    """
    texts = [column for column in columns if not column.numeric]
    if not sheet.header[0] and (not counts_rows(sheet) or not texts):
        return None
    called = [column for column in texts if plain(column.name) in words()["units"]]
    for choice in (*called, *texts):
        if choice.distinct or (choice in called and _year(columns, choice)):
            return choice
    return next(iter((*called, *texts, *columns)), None)


def _year(columns: Sequence[_Column], unit: _Column | None) -> _Column | None:
    """The column of years, by its name or by telling rows of one unit apart."""
    for column in columns:
        values = [number(text, Signs()) for text in column.texts if text]
        if column is unit or not all(isinstance(v, float) and v in YEARS for v in values):
            continue
        pairs = list(zip(unit.texts, column.texts, strict=True)) if unit else []
        parts = unit is not None and not unit.distinct and len(set(pairs)) == len(pairs)
        if plain(column.name) in words()["years"] or parts:
            return column
    return None
