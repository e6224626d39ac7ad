"""The data contract: which rows are lawful, and what is wrong with those that are not.

Pure functions from tables and schemas to problems. Every problem is reported, not only the
first, so that one run shows an analyst all there is to mend.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from suyuan.contract.headers import REMARK, header_problems, is_aside, is_remark, misplaced
from suyuan.contract.numerals import DIGITS, number_problem, share_of
from suyuan.contract.periods import are_days, period_problems
from suyuan.contract.references import places_of, reference_problems, told_once
from suyuan.contract.schema import Field, Schema
from suyuan.contract.shapes import KEY, unlisted
from suyuan.contract.table import Row, Table
from suyuan.contract.tables import RawTable
from suyuan.core.errors import Problem
from suyuan.core.names import listed

NOTHING = frozenset({"E120", "E125", "E825"})  # of what is no number, no time, no days at all
INSTEAD = frozenset({"E821", "E866"})  # placeholders and formulas
NEEDED = {"E821": "E827"}  # where a cell cannot be left empty


def shape(raw: RawTable, schema: Schema, file: str) -> tuple[Table, list[Problem]]:
    """Rows by column name, and what is wrong with the header and the rows' lengths.

    Errors of ``header_problems``; else of each row E814 a remark, E815 a total, E818 no data, E105
    wrong number of cells.
    """
    if found := misplaced(raw, schema, file):
        return Table(schema, file, ()), [found]
    problems = list(header_problems(raw.header, schema, file))
    rows = []
    width = len(raw.header)
    for line, record in raw.records:
        if is_remark(record) and not schema.texts.is_gap(record[0].lstrip(" ")):
            problems.append(Problem("E814", file, line, raw.header[0], record[0]))
        elif schema.texts.is_total(record[0]):
            problems.append(Problem("E815", file, line, raw.header[0], record[0]))
        elif is_aside(record, raw, schema):
            said = next(filter(None, record))
            problems.append(Problem("E818", file, line, raw.header[0], said))
        elif len(record) == width:
            rows.append(Row(line, dict(zip(raw.header, record, strict=True))))
        else:
            at = raw.header[min(len(record), width) - 1]
            counts = {"found": str(len(record)), "expected": str(width)}
            problems.append(Problem("E105", file, line, at, "", counts))
    return Table(schema, file, tuple(rows) if not problems else ()), problems


def problems_of_cell(table: Table, row: Row, field: Field) -> Iterator[Problem]:
    """What is wrong with one cell, which need not be all of its row."""
    text = row.cells[field.name]
    if not text:
        if field.required:
            yield table.problem("E106", row, field.name)
        return
    wrong = list(_faults(text, field, table.schema))
    for code, details in wrong:
        needed = NEEDED if field.required else {}
        yield table.problem(needed.get(code, code), row, field.name, **details)
    if wrong:
        return
    for word in field.words(text) if field.enum else ():
        if word not in field.enum:
            details = {"allowed": "、".join(field.enum)}
            yield Problem("E126", table.file, row.line, field.name, word, details)
    if field.pattern and not field.regex.search(text):
        yield table.problem("E127", row, field.name, pattern=field.pattern)


def _faults(text: str, field: Field, schema: Schema) -> Iterator[tuple[str, dict[str, str]]]:
    """What keeps a text from being what its column holds: code and details."""
    if field.type == "string":
        names = field.name in schema.keys or field.enum or field.pattern or schema.register
        free = names and (schema.register or not text.startswith(REMARK))  # no name is #N/A
        yield from schema.texts.problems(text, (text,) if free else field.placeholders)
        return
    found = list(_readings(text, field))
    if found and found[0][0] in NOTHING:
        said = (each for each in schema.texts.problems(text, ()) if each[0] in INSTEAD)
        found = list(said) or found
    yield from found


def _readings(text: str, field: Field) -> Iterator[tuple[str, dict[str, str]]]:
    """The same of what is read as a number or as a time."""
    if field.type == "period":
        yield from period_problems(text)
    elif field.type == "days":
        if not are_days(text):
            yield "E825", {}
    elif found := number_problem(text):
        share = share_of(text) if field.maximum == 1 else ""
        yield ("E826", {"number": share}) if share else found
    elif len(text) > DIGITS:
        yield "E128", {"digits": str(DIGITS)}
    else:
        if field.type == "integer" and "." in text:
            yield "E124", {}
        if field.minimum is not None and Decimal(text) < field.minimum:
            yield "E131", {"bound": str(field.minimum)}
        if field.maximum is not None and Decimal(text) > field.maximum:
            yield "E132", {"bound": str(field.maximum)}


def cell_problems(table: Table) -> Iterator[Problem]:
    """What is wrong with single cells, column by column.

    A column says the same again and again: what it says is looked at once, then where it is wrong.
    Cells of single rows are left to ``row_problems``.
    """
    schema = table.schema
    for field in schema.fields:
        own = {key for key, special in schema.rows.items() if special.name == field.name}
        rows = [row for row in table.rows if not own or row.cells[schema.primary_key] not in own]
        said = dict(zip((row.cells[field.name] for row in rows), rows, strict=True))
        wrong = {text for text, row in said.items() if any(problems_of_cell(table, row, field))}
        for row in rows if wrong else ():
            if row.cells[field.name] in wrong:
                yield from problems_of_cell(table, row, field)


def row_problems(table: Table) -> Iterator[Problem]:
    """What is wrong with cells of single rows, and which rows must be there.

    E842: some that are not; E896 where others stand in their place, E894 at it where it is one for
    one. E195 and E196: rows that nothing asks for, where all are known.
    """
    key, rows = table.schema.primary_key, table.schema.rows
    asked = [*rows, *table.schema.needed]
    for row in table.rows if rows else ():
        if field := rows.get(row.cells[key]):
            yield from problems_of_cell(table, row, field)
    there = {row.cells[key] for row in table.rows} if asked else set()
    others = [row for row in table.rows if row.cells[key] not in asked] if asked else []
    lost = [name for name in asked if name not in there]
    if len(lost) == len(others) == 1:
        yield table.problem("E894", others[0], key, missing=lost[0])
        return
    if lost and others and not rows:
        places = places_of(table, {row.cells[key]: row.line for row in others})
        yield Problem("E896", table.file, 0, key, listed(lost), {"others": places})
    elif lost:
        yield Problem("E842", table.file, 0, key, listed(lost))
    for row in others if rows else ():
        code, details = unlisted(row.cells[key], lost or asked, KEY)
        yield table.problem(code, row, key, **details)


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


def problems(tables: Mapping[str, Table], only: set[str] | None = None) -> list[Problem]:
    """Everything wrong within and between ``tables`` (reported for ``only`` when given)."""
    found: list[Problem] = []
    for name, table in tables.items():
        if only is None or name in only:
            found += [*cell_problems(table), *row_problems(table)]
            found += [*key_problems(table), *duplicate_problems(table)]
    return told_once([*found, *reference_problems(tables, only)])
