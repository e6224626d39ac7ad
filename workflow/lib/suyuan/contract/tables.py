"""Reading and writing tables: the only module that touches CSV files.

Cells stay text from the raw file to the first computation, so that a printed ``131.0`` is
never a float on the way.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from sys import intern
from typing import TYPE_CHECKING, TypeAlias

from suyuan.contract.encodings import cells_begun, decode
from suyuan.contract.merging import unmerged
from suyuan.core.errors import DataError, Problem
from suyuan.core.files import write_text

if TYPE_CHECKING:
    import pandas as pd  # half a second to import: those who read raw cells only do not pay it

Tables: TypeAlias = "Mapping[str, pd.DataFrame]"  # the tables of an edition, by name
Columns: TypeAlias = "Mapping[str, Iterable[str]] | pd.DataFrame"  # cells by column name
Records: TypeAlias = Sequence[Mapping[str, str]]  # rows of text cells by column name

LONGEST = 100_000  # characters in a line; csv refuses cells of 131072
SHOWN = 40  # characters of a line that a message repeats
TOGETHER = 50  # lines of one cell
TAB = "Tab"  # as people call it
OTHER_ENDS = "\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"  # of lines, to other programs
DELIMITED = re.compile(r"\ufeff?\"?\w+\"?([;\t|，；、])(\"?\w+\"?\1)*\"?\w*\"?")
CELL = r'(?:[^",]*|[ ]*"(?:[^"]|"")*"[ ]*)'
WELL_QUOTED = re.compile(rf"{CELL}(?:,{CELL})*")
LINE = "line"  # column of ingested tables: the row's line number in its raw file


@dataclass(frozen=True)
class RawTable:
    """A raw file as read: its header and its records with their line numbers."""

    header: list[str]
    records: list[tuple[int, list[str]]]


def _check_lines(text: str, name: str) -> None:
    """Raise DataError for what no line of a table may be.

    E807 marks of a merge, E808 another delimiter, E865 lines that end in something else, E823 a
    cell of several lines, E142 an open quote, E811 a quote within a cell, E144 a line no table of
    ours can hold.
    """
    ending = max(OTHER_ENDS, key=text.count)
    if text.count(ending) > text.rstrip("\n").count("\n"):
        raise DataError(Problem("E865", name, value=f"U+{ord(ending):04X}"))
    if found := unmerged(text, name):
        raise DataError(found)
    head = text.lstrip().partition("\n")[0].strip()
    if delimited := DELIMITED.fullmatch(head):
        raise DataError(Problem("E808", name, value=delimited[1].replace("\t", TAB)))
    width = len(next(csv.reader([head]), ()))
    for number, ended in enumerate(_lines(text), start=1):
        line = ended.removesuffix("\n")
        if len(line) > LONGEST:
            raise DataError(Problem("E144", name, number, "1", str(len(line))))
        if '"' in line and not WELL_QUOTED.fullmatch(line):
            code, end = "E142", line.rfind('"')
            if line.count('"') % 2 == 0:
                code, end = "E811", (begun.end() if (begun := WELL_QUOTED.match(line)) else 0)
            column = str(cells_begun(line[:end]))
            if code == "E142" and (broken := _broken(text, number, width)):
                code, column, line = "E823", next(csv.reader([head]))[int(column) - 1], broken
            raise DataError(Problem(code, name, number, column, line[:SHOWN]))


def _broken(text: str, number: int, width: int) -> str:
    """The first cell of several lines in the row that begins at a line.

    '' where lines from there on are no row of ``width`` cells together: then a quote is missing.
    """
    lines = text.split("\n")[number - 1 :][:TOGETHER]
    for count in range(2, len(lines) + 1):
        row = "\n".join(lines[:count])
        if row.count('"') % 2 == 0:
            cells = next(csv.reader(io.StringIO(row, newline="")), [])
            whole = len(cells) == width and WELL_QUOTED.fullmatch(row)
            return next((cell for cell in cells if "\n" in cell), "") if whole else ""
    return ""


def _lines(text: str) -> Iterator[str]:
    """The lines of a text with their ends, one after the other: a large table is held once."""
    start = 0
    while start < len(text):
        end = text.find("\n", start) + 1 or len(text)
        yield text[start:end]
        start = end


def raw_text(path: Path, name: str) -> str:
    """Text of a raw file with LF line ends. Raises DataError E101 missing, and as ``decode``."""
    if not path.is_file():
        raise DataError(Problem("E101", name))
    return decode(path.read_bytes(), name).replace("\r\n", "\n").replace("\r", "\n")


def read_raw(path: Path, name: str) -> RawTable:
    """A raw CSV file, cells untouched but for surrounding blanks; ``name`` is for messages.

    Raises DataError as ``raw_text`` and ``parsed`` do.
    """
    return parsed(raw_text(path, name), name)


def parsed(text: str, name: str) -> RawTable:
    """The table that a text of CSV is. Raises DataError: E141 empty, and as ``_check_lines``."""
    _check_lines(text, name)
    rows = csv.reader(_lines(text))
    records = [(rows.line_num, [intern(cell.strip()) for cell in row]) for row in rows if any(row)]
    if not records:
        raise DataError(Problem("E141", name))
    return RawTable(records[0][1], records[1:])


def keyed(raw: RawTable, key: str) -> dict[str, tuple[int, dict[str, str]]]:
    """Line number and cells of every row, by its key."""
    rows = ((line, dict(zip(raw.header, cells, strict=True))) for line, cells in raw.records)
    return {cells[key]: (line, cells) for line, cells in rows}


def keyed_rows(path: Path, name: str, key: str) -> dict[str, tuple[int, dict[str, str]]]:
    """The same of a raw CSV file. Errors as ``read_raw``."""
    return keyed(read_raw(path, name), key)


class Keyed(Mapping[str, tuple[int, dict[str, str]]]):
    """The same, where the cells of few rows are asked for: each row is made then."""

    def __init__(self, raw: RawTable, key: str) -> None:
        place = raw.header.index(key)
        self._header = raw.header
        self._cells = {cells[place]: (line, cells) for line, cells in raw.records}
        self._made: dict[str, tuple[int, dict[str, str]]] = {}

    def __getitem__(self, key: str) -> tuple[int, dict[str, str]]:
        if key not in self._made:
            line, cells = self._cells[key]
            self._made[key] = line, dict(zip(self._header, cells, strict=True))
        return self._made[key]

    def __contains__(self, key: object) -> bool:
        return key in self._cells

    def __iter__(self) -> Iterator[str]:
        return iter(self._cells)

    def __len__(self) -> int:
        return len(self._cells)


def read_table(path: Path) -> pd.DataFrame:
    """A table written by this package: all cells text, empty cells ''.

    Cells are objects to pandas, which takes them out of its own kind of text six times slower.
    """
    import pandas as pd

    return pd.read_csv(path, dtype=object, keep_default_na=False, encoding="utf-8")


def read_columns(path: Path, names: Sequence[str]) -> dict[str, list[str]]:
    """The cells of some columns, for those who do without pandas."""
    with path.open(encoding="utf-8", newline="") as lines:
        rows = csv.reader(lines)
        header = next(rows)
        places = [(name, header.index(name)) for name in names]
        found: dict[str, list[str]] = {name: [] for name in names}
        for row in rows:
            for name, place in places:
                found[name].append(intern(row[place]))
    return found


def read_records(path: Path) -> list[dict[str, str]]:
    """The same cells as ``read_table`` gives, for those who read rows and compute no columns.

    What many cells say is held once.
    """
    with path.open(encoding="utf-8", newline="") as lines:
        rows = csv.reader(lines)
        columns = [intern(column) for column in next(rows, [])]
        return [dict(zip(columns, map(intern, row), strict=True)) for row in rows]


@dataclass(frozen=True)
class Rowwise(Mapping[str, Records]):
    """Tables row by row, each read when somebody asks for it, and once."""

    names: Sequence[str]
    read: Callable[[str], Records]
    _known: dict[str, Records] = field(default_factory=dict, repr=False)

    def __getitem__(self, name: str) -> Records:
        if name not in self._known:
            if name not in self.names:
                raise KeyError(name)
            self._known[name] = self.read(name)
        return self._known[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self.names)

    def __len__(self) -> int:
        return len(self.names)

    def __contains__(self, name: object) -> bool:
        return name in self.names


def rowwise(tables: Tables | Rowwise) -> Rowwise:
    """The tables of an edition row by row."""
    if isinstance(tables, Rowwise):
        return tables
    return Rowwise(tuple(tables), lambda name: records(tables[name]))


def records(table: Columns) -> list[dict[str, str]]:
    """The rows of a table that is known by its columns."""
    names = list(table)
    cells = zip(*(table[name] for name in names), strict=True)
    return [dict(zip(names, row, strict=True)) for row in cells]


def columns(names: Iterable[str], rows: Records) -> dict[str, list[str]]:
    """The cells of rows by the columns of those names."""
    return {name: [row[name] for row in rows] for name in names}


def table_text(table: pd.DataFrame) -> str:
    """``table`` as CSV with LF line ends."""
    return table.to_csv(index=False, lineterminator="\n")


def write_table(table: pd.DataFrame, path: Path) -> None:
    """Write ``table`` as UTF-8 CSV with LF line ends, atomically."""
    write_text(path, table_text(table))


def rows_text(header: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """The same text as ``table_text`` gives, from rows of cells in the order of ``header``."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return text.getvalue()


def columns_text(table: Columns) -> str:
    """The same text of a table whose cells are text."""
    names = list(table)
    return rows_text(names, zip(*(table[name] for name in names), strict=True))


def write_columns(table: Columns, path: Path) -> None:
    """The same file as ``write_table`` writes, of a table whose cells are text."""
    write_text(path, columns_text(table))


def write_rows(header: Sequence[str], rows: Iterable[Sequence[object]], path: Path) -> None:
    """The same file as ``write_table`` writes, from rows of cells in the order of ``header``."""
    write_text(path, rows_text(header, rows))


def frame(header: Sequence[str], rows: Iterable[Mapping[str, str]]) -> pd.DataFrame:
    """Rows as a text table with exactly the columns of ``header``, '' where a row has no cell."""
    import pandas as pd

    listed = list(rows)
    cells = {column: [row.get(column, "") for row in listed] for column in header}
    return pd.DataFrame(cells, columns=list(header), dtype=object)
