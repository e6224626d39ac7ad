"""The data contract: which rows are lawful, and what is wrong with those that are not.

Pure functions from tables and schemas to problems. Every problem is reported, not only the
first, so that one run shows an analyst all there is to mend.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from suyuan.contract.schema import Field, Schema
from suyuan.contract.tables import RawTable
from suyuan.core.errors import Problem

DIGITS = 30  # characters of a number; arithmetic is exact to 34
NUMBER = re.compile(r"-?\d+(\.\d+)?", re.ASCII)
POWER = re.compile(r"-?\d+(\.\d+)?[eE][+-]?\d+", re.ASCII)
_PART = r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?|Q[1-4]|H[12])?"
PERIOD = re.compile(rf"{_PART}(/{_PART})?", re.ASCII)


@dataclass(frozen=True)
class Row:
    """A record by column name, with its line number in the file."""

    line: int
    cells: Mapping[str, str]


@dataclass(frozen=True)
class Table:
    """The lawfully shaped rows of one raw file; ``file`` is the name messages print."""

    schema: Schema
    file: str
    rows: tuple[Row, ...]

    def problem(self, code: str, row: Row, column: str, **details: str) -> Problem:
        return Problem(code, self.file, row.line, column, row.cells[column], details)


def shape(raw: RawTable, schema: Schema, file: str) -> tuple[Table, list[Problem]]:
    """Rows by column name, and what is wrong with the header and the rows' lengths.

    E102 missing column, E103 unknown column, E104 column twice, E105 wrong number of cells.
    """
    problems = [Problem("E102", file, 1, name) for name in schema.columns if name not in raw.header]
    known = set(schema.columns)
    for position, name in enumerate(raw.header):
        if name not in known:
            problems.append(Problem("E103", file, 1, name or str(position + 1), name))
        elif name in raw.header[:position]:
            problems.append(Problem("E104", file, 1, name, name))
    rows = []
    width = len(raw.header)
    for line, record in raw.records:
        if len(record) == width:
            rows.append(Row(line, dict(zip(raw.header, record, strict=True))))
        else:
            at = raw.header[min(len(record), width) - 1]
            counts = {"found": str(len(record)), "expected": str(width)}
            problems.append(Problem("E105", file, line, at, "", counts))
    return Table(schema, file, tuple(rows) if not problems else ()), problems


def number_problem(text: str) -> tuple[str, dict[str, str]] | None:
    """What keeps ``text`` from being a number: code and details, or None when it is one.

    E121 full-width characters, E122 thousands separators, E123 unit inside, E134 a zero before
    other digits, E120 anything else.
    """
    if NUMBER.fullmatch(text):
        sign, digits = ("-", text[1:]) if text.startswith("-") else ("", text)
        bare = re.sub(r"^0+(?=\d)", "", digits)
        return None if bare == digits else ("E134", {"number": sign + bare})
    if POWER.fullmatch(text) and abs(Decimal(text).adjusted()) < DIGITS:
        return "E129", {"number": f"{Decimal(text):f}"}
    narrow = unicodedata.normalize("NFKC", text)
    bare = narrow.replace(",", "").replace(" ", "").replace("_", "")
    if found := re.match(NUMBER, bare):
        rest = bare[found.end() :]
        if rest:
            return "E123", {"number": found[0], "rest": rest}
        code = "E121" if narrow != text and "," not in narrow else "E122"
        return code, {"number": bare}
    return "E120", {}


def is_period(text: str) -> bool:
    """Whether ``text`` is a period whose days the calendar has."""
    if not PERIOD.fullmatch(text):
        return False
    days = (part for part in text.split("/") if len(part) == len("2026-03-31"))
    try:
        return all(date.fromisoformat(day) for day in days)
    except ValueError:
        return False


def _cell_problems(table: Table, row: Row, field: Field) -> Iterator[Problem]:
    text = row.cells[field.name]
    if not text:
        if field.required:
            yield table.problem("E106", row, field.name)
        return
    if field.type in {"number", "integer"}:
        if found := number_problem(text):
            yield table.problem(found[0], row, field.name, **found[1])
            return
        if len(text) > DIGITS:
            yield table.problem("E128", row, field.name, digits=str(DIGITS))
            return
        if field.type == "integer" and "." in text:
            yield table.problem("E124", row, field.name)
        if field.minimum is not None and Decimal(text) < field.minimum:
            yield table.problem("E131", row, field.name, bound=str(field.minimum))
        if field.maximum is not None and Decimal(text) > field.maximum:
            yield table.problem("E132", row, field.name, bound=str(field.maximum))
    elif field.type == "period" and not is_period(text):
        yield table.problem("E125", row, field.name)
    if field.enum and text not in field.enum:
        yield table.problem("E126", row, field.name, allowed="、".join(field.enum))
    if field.pattern and not field.regex.search(text):
        yield table.problem("E127", row, field.name, pattern=field.pattern)


def cell_problems(table: Table) -> Iterator[Problem]:
    """What is wrong with single cells, column by column."""
    for field in table.schema.fields:
        name, lawful = field.name, set[str]()  # a column says the same again and again
        for row in table.rows:
            if (text := row.cells[name]) not in lawful:
                found = list(_cell_problems(table, row, field))
                yield from found
                if not found:
                    lawful.add(text)


def key_problems(table: Table) -> Iterator[Problem]:
    """E110: rows whose key another row already has."""
    key = table.schema.primary_key
    first: dict[str, int] = {}
    for row in table.rows:
        text = row.cells[key]
        if text in first:
            yield table.problem("E110", row, key, first=str(first[text]))
        elif text:
            first[text] = row.line


def duplicate_problems(table: Table) -> Iterator[Problem]:
    """E112: a cell that its column holds already; E113: a record that repeats another's cells.

    Records are rows that cite a source; aliases of one unit may well say the same.
    """
    key = table.schema.primary_key
    cites = "source_id" in table.schema.columns
    first: dict[tuple[str, ...], int] = {}
    seen: set[str] = set()
    names = [field.name for field in table.schema.fields if field.unique]
    for row in table.rows:
        if row.cells[key] in seen:
            continue  # E110 says so already
        seen.add(row.cells[key])
        marks: list[tuple[str, tuple[str, ...]]]
        marks = [(name, (name, row.cells[name])) for name in names if row.cells[name]]
        if cites:
            marks.append(("", tuple(text for name, text in row.cells.items() if name != key)))
        for column, mark in marks:
            if mark in first:
                code = "E112" if column else "E113"
                yield table.problem(code, row, column or key, first=str(first[mark]))
            first.setdefault(mark, row.line)


def reference_problems(table: Table, tables: Mapping[str, Table]) -> Iterator[Problem]:
    """E111: cells that name a row of another table which is not there.

    A list is one problem for each part that leads nowhere; the problem's value is that part.
    """
    for key in table.schema.foreign_keys:
        target = tables.get(key.resource)
        if target is None:  # unreadable: reported where it was read
            continue
        known = {row.cells[key.target] for row in target.rows}
        for row in table.rows:
            for part in key.parts(row.cells[key.field]):
                if part not in known:
                    code = "E130" if key.resource == "units" else "E111"
                    details = {"target": target.file}
                    yield Problem(code, table.file, row.line, key.field, part, details)


def problems(tables: Mapping[str, Table], only: set[str] | None = None) -> list[Problem]:
    """Everything wrong within and between ``tables`` (reported for ``only`` when given)."""
    found: list[Problem] = []
    for name, table in tables.items():
        if only is None or name in only:
            found += [*cell_problems(table), *key_problems(table), *duplicate_problems(table)]
            found += reference_problems(table, tables)
    return found
