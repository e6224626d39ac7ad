"""The header of a table, held against its schema: what the file is, before any row is looked at.

A fault of the header is told once. It would otherwise be told again by every row below it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from suyuan.contract.schema import Schema
from suyuan.contract.tables import RawTable
from suyuan.contract.unseen import bare
from suyuan.core.errors import Problem
from suyuan.core.names import nearest

REMARK = "#"
WIDE = 3  # columns of a table in which one filled cell alone says nothing
PLAIN = re.compile(r"[A-Za-z\d]")  # what an id or a number holds, and a word of Chinese not
FEW = 3  # names that a message about several repeats
KNOWN = 2  # one in so many cells of a header are columns of the schema


def misplaced(raw: RawTable, schema: Schema, file: str) -> Problem | None:
    """E809 for a header that stands below other lines, E810 for a table that has none."""
    if _is_header(raw.header, schema):
        return None
    for place, (line, record) in enumerate(raw.records, start=1):
        if _is_header(record, schema):
            return Problem("E809", file, line, value=raw.header[0], details={"count": str(place)})
    return Problem(
        "E810", file, 1, value=raw.header[0], details={"header": ",".join(schema.columns)}
    )


def _is_header(cells: Sequence[str], schema: Schema) -> bool:
    """Whether at least half of the columns stand in a line, or of what stands there are columns."""
    names = {bare(cell).strip().casefold() for cell in cells}
    known = sum(name in schema.columns or nearest(name, schema.columns) != "" for name in names)
    return known * KNOWN >= min(len(cells), len(schema.columns))


def of_another(
    raw: RawTable, schema: Schema, schemas: Iterable[Schema], file: str
) -> Problem | None:
    """E883 for the very header of another table, and not of this one: a file in a wrong place."""
    header = set(raw.header)
    if header == set(schema.columns):
        return None
    for other in schemas:
        if header == set(other.columns):
            return Problem("E883", file, 1, value=f"{other.name}.csv")
    return None


def header_problems(header: Sequence[str], schema: Schema, file: str) -> Iterator[Problem]:
    """What is wrong with the columns: each fault once.

    E812 characters that are not seen in a name, E813 a name that is like a missing one, E102
    missing, E103 unknown, E104 twice, E867 names in other letters, small or capital.
    """
    if len(cased := _cased(header, schema)) > 1:
        header = [cased.get(name, name) for name in header]
        details = {"header": ",".join(header)}
        yield Problem("E867", file, 1, value="、".join(list(cased)[:FEW]), details=details)
    missing = [name for name in schema.columns if name not in header]
    meant, wrong = set[str](), list[Problem]()
    known = set(schema.columns)
    for position, name in enumerate(header):
        if name in header[:position] and name in known:
            wrong.append(Problem("E104", file, 1, name, name))
        elif name not in known:
            seen = bare(name).strip()
            like = seen if seen in missing else nearest(name.casefold(), missing)
            if like and like not in meant:
                meant.add(like)
                code = "E813" if seen == name else "E812"
                details = {"nearest": like}
                wrong.append(Problem(code, file, 1, like, name, details))
            else:
                wrong.append(Problem("E103", file, 1, name or str(position + 1), name))
    yield from (Problem("E102", file, 1, name) for name in missing if name not in meant)
    yield from wrong


def _cased(header: Sequence[str], schema: Schema) -> dict[str, str]:
    """Names that are columns but for small and capital letters, and the columns that they are."""
    columns = {column.casefold(): column for column in schema.columns if column not in header}
    names = (name for name in header if name not in schema.columns)
    return {name: columns[name.casefold()] for name in names if name.casefold() in columns}


def is_aside(record: Sequence[str], raw: RawTable, schema: Schema) -> bool:
    """Whether a line is none of the data: a title, a note, units, or a header once more.

    Of the first of several also: numbers of the columns, or their names in another language.
    """
    filled = [cell for cell in record if cell]
    if len(raw.header) >= WIDE and len(filled) == 1:
        return not record[0] or not record[0].isascii()
    if record[0].casefold() == raw.header[0].casefold():
        return _is_header(record, schema)
    if record is not raw.records[0][1] or len(raw.records) == 1:
        return False
    if record == [str(place) for place in range(1, len(record) + 1)]:
        return True
    return len(filled) == len(raw.header) >= WIDE and not any(map(PLAIN.search, record))


def is_remark(record: Sequence[str]) -> bool:
    """Whether a line is a remark, as programs write them."""
    return record[0].startswith(REMARK)
