"""A table as read: CSV in any of the ways programs write it, or a sheet of a workbook.

What R, pandas and Excel write is read as they mean it: quotes, BOM and CRLF, cells of several
lines, a header that lacks the name of the first column or has no cell for it, columns apart by
semicolons or tabs.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from suyuan.core.errors import DataError, Problem
from suyuan.index.encoding import text_of
from suyuan.index.reading import DELIMITERS, Declared
from suyuan.index.words import is_footnote, is_note
from suyuan.index.workbook import SIGNATURE, rows

HEAD = 30  # lines in which a header is looked for
SEPARATED = re.compile(r'"?sep=([,;|\t])"?(?=\n)')  # how Excel is told of a delimiter
SHOWN = 40  # characters of a line that a message repeats
Record = tuple[int, list[str]]


@dataclass(frozen=True)
class Sheet:
    """A header, and records of the same width with their line numbers.

    ``bare`` are the lines of notes: a first cell and no others, or words of a note. ``wrong`` are
    records of another width: E105.
    """

    header: list[str]
    records: list[Record]
    bare: frozenset[int]
    wrong: list[Problem]
    line: int = 1  # of the header

    def cells(self) -> Iterator[tuple[int, dict[str, str]]]:
        """The records by column name."""
        for line, record in self.records:
            yield line, dict(zip(self.header, record, strict=True))


def read_sheet(path: Path, name: str, declared: Declared) -> Sheet:
    """The table of a file. Raises DataError.

    E514 no such file, E141 empty, E142 an open quote, E571 nothing where the header is said to be;
    those of ``encoding`` and ``workbook``.
    """
    return sheet_of(all_rows(path, name, declared), name, declared)


class Rows(list[Record]):
    """Rows with their lines; ``by_comma`` where a comma in a number would make two cells of it."""

    by_comma = False
    of_sheet = False  # of a workbook, where a row has its cells up to the last that is not empty


def all_rows(path: Path, name: str, declared: Declared) -> Rows:
    """Every row that has a cell, before anything is known of a header. Raises as above."""
    if not path.is_file():
        raise DataError(Problem("E514", name))
    data = path.read_bytes()
    if not data.strip():
        raise DataError(Problem("E141", name))
    if data.startswith(SIGNATURE):
        found = Rows(rows(data, name, declared.sheet))
        found.of_sheet = True
    else:
        text = text_of(data, name, declared.encoding)
        if told := SEPARATED.match(text):
            text = text[told.end() :]
        delimiter = declared.delimiter or (told[1] if told else delimiter_of(text))
        found = Rows(_records(text, name, delimiter))
        found.by_comma = delimiter == ","
    if not found:
        raise DataError(Problem("E141", name))
    return found


def delimiter_of(text: str) -> str:
    """What parts the columns: what is in the first line that has any such sign, first a comma.

    No number depends on it: a comma anywhere in that line leaves it at the comma.
    """
    for line in text.split("\n", HEAD)[:HEAD]:
        inside = "".join(line.split('"')[::2])
        if found := next((sign for sign in DELIMITERS.values() if sign in inside), ""):
            return found
    return ","


def _records(text: str, name: str, delimiter: str) -> list[Record]:
    reader = csv.reader(io.StringIO(text), delimiter=delimiter, strict=True)
    found: list[Record] = []
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader, None)
        except csv.Error as error:
            begun = text.split("\n")[line - 1][:SHOWN]
            raise DataError(Problem("E142", name, line, "", begun)) from error
        if cells is None:
            return found
        plain = [" ".join(cell.split()) for cell in cells]  # blanks of any kind and ends of lines
        if any(plain):
            found.append((line, plain))


def sheet_of(found: Rows, name: str, declared: Declared) -> Sheet:
    """Those rows as a table, whose header is the first, or the one declared.

    Where every row has one cell more than the header, the first has names of rows, as R's
    write.table has it. Raises DataError E572 where it may as well be a number with a comma.
    """
    start = declared.header or found[0][0]
    if start not in (line for line, _ in found):
        raise DataError(declared.problem("E571", ("header",), str(start)))
    below = [record for record in found if record[0] >= start]
    header = list(below[0][1])
    one_more = all(len(cells) == len(header) + 1 for _, cells in below[1:])
    if below[1:] and one_more and not found.of_sheet:
        if found.by_comma:
            raise DataError(Problem("E572", name, start))
        header = ["", *header]
    header[1:] = [
        column or " " * place for place, column in enumerate(header[1:], 1)
    ]  # each its own
    records, bare, wrong = [], set(), []
    width = len(header)
    for line, given in below[1:]:
        cells = given + [""] * (width - len(given)) if found.of_sheet else given
        alone = not any(cells[1:]) and (len(cells) < width or is_footnote(cells[0]))
        if alone or is_note(cells[0]):
            bare.add(line)
            cells = given[:width]
        elif len(cells) != width:
            counts = {"found": str(len(cells)), "expected": str(width)}
            wrong.append(Problem("E105", name, line, header[0], "", counts))
            continue
        records.append((line, cells + [""] * (width - len(cells))))
    return Sheet(header, records, frozenset(bare), wrong, start)
