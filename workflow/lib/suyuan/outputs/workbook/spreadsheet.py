"""Spreadsheet: an .xlsx file that is written the same way each time and computes nothing.

No cell is ever a formula: all text is stored as text, and text that a spreadsheet would take for
a formula when somebody edits it is stored with the quote prefix as well.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from functools import cache, cached_property
from typing import Any
from unicodedata import east_asian_width

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from suyuan.core.formulas import is_formula
from suyuan.outputs.workbook import quickly
from suyuan.outputs.workbook.quickly import QuickSheet

Style = dict[str, Any]
Row = Sequence[str | int | float | Decimal]

LONGEST = 32_767  # characters that a cell can hold
WIDEST, NARROWEST = 60, 8  # columns, in characters
DIGITS = 12  # of a number, that its column has room for
GENERAL = "General"  # the format of a number without one
LINE_HEIGHT, TALLEST = 15, 409  # points
TOP: Style = {"valign": "top"}
QUOTED: Style = {"quote_prefix": True}
WRAPPED: Style = TOP | {"text_wrap": True}
HEAD: Style = WRAPPED | {"bold": True, "bg_color": "#E7EDF1", "bottom": 1}
TITLE: Style = {"bold": True, "font_size": 13}
FAINT: Style = WRAPPED | {"font_color": "#6B7B88", "font_size": 8}
LINK: Style = {"font_color": "#1F7A9C", "underline": 1}


@cache
def _width(text: str) -> int:
    """Columns that a text takes; a Chinese character takes two."""
    if text.isascii():
        return len(text)
    return len(text) + sum(east_asian_width(character) in "WF" for character in text)


_starts_formula = cache(is_formula)


class Spreadsheet:
    """A workbook being written; equal calls give equal bytes."""

    def __init__(self, created: datetime, properties: Mapping[str, str]) -> None:
        self._bytes = io.BytesIO()
        options = {
            "in_memory": True, "strings_to_formulas": False, "strings_to_numbers": False,
            "strings_to_urls": False,
            "default_format_properties": {"font_name": "Microsoft YaHei", "font_size": 10},
        }  # fmt: skip
        self._book = xlsxwriter.Workbook(self._bytes, options)
        self._book.set_properties({**properties, "created": created})
        self._formats: dict[tuple[tuple[str, Any], ...], Format] = {}
        self._names: set[str] = set()

    def sheet(self, name: str) -> Sheet:
        """A new sheet, called so as far as spreadsheets allow; no two share a name."""
        plain = "".join("·" if c in "[]:*?/\\" else c for c in name).strip("' ")
        wanted, number = plain[:31], 1
        while wanted.casefold() in self._names:
            number += 1
            wanted = f"{plain[: 31 - len(str(number)) - 1]} {number}"
        self._names.add(wanted.casefold())
        return Sheet(self, self._book.add_worksheet(wanted, QuickSheet))

    def listing(self, name: str, heads: Sequence[str], rows: Iterable[Row]) -> tuple[Sheet, int]:
        """A sheet for a long table and its rows: a line each, a head in sight, with a filter."""
        sheet = self.sheet(name)
        for column, head in enumerate(heads):
            sheet.text(0, column, head, HEAD)
        last = 0
        for last, row in enumerate(rows, start=1):
            sheet.row(last, row)
        sheet.finish(kept=1)
        sheet.filter(last, len(heads))
        return sheet, last

    def format(self, style: Style) -> Format:
        """The format for a style, made once."""
        key = tuple(style.items())
        if key not in self._formats:
            self._formats[key] = self._book.add_format(style)
        return self._formats[key]

    def close(self) -> bytes:
        """The finished file."""
        self._book.close()
        return self._bytes.getvalue()


class Sheet:
    """A sheet; rows and columns count from 0."""

    def __init__(self, book: Spreadsheet, sheet: Worksheet) -> None:
        self._book, self._sheet = book, sheet
        self._widths: dict[int, int] = {}
        self._wrapped: dict[int, list[tuple[int, int]]] = {}  # column and width of texts, by row

    @property
    def name(self) -> str:
        return self._sheet.name

    def text(self, row: int, column: int, text: str, style: Style, *, spills: bool = False) -> None:
        """Write a text that stays a text; one that ``spills`` may run over its neighbours.

        Raises ValueError when no cell can hold it.
        """
        self._held(text)
        if not spills:
            self._measure(row, column, text, style)
        if _starts_formula(text):
            style = style | QUOTED
        self._sheet.write_string(row, column, text, self._book.format(style))

    def row(self, row: int, entries: Row) -> None:
        """Write a row of a long table: each text and number as the methods beside would."""
        plain, quoted, general = self._listed
        cells: dict[int, Any] = {}
        for column, entry in enumerate(entries):
            widest = self._widths.get(column, 0)
            if isinstance(entry, str):
                self._held(entry)
                wide, form = _width(entry), quoted if _starts_formula(entry) else plain
                cells[column] = quickly.text(self._sheet, entry, form)
            else:
                wide = len(str(entry)[:DIGITS]) if widest < DIGITS else 0
                cells[column] = quickly.number(float(entry), general)
            if wide > widest:
                self._widths[column] = wide
        quickly.put(self._sheet, row, cells)

    @cached_property
    def _listed(self) -> tuple[Format, Format, Format]:
        """Formats of a long table's texts, of those like formulas, and of its numbers."""
        plain, quoted, general = (
            self._book.format(TOP | more) for more in ({}, QUOTED, {"num_format": GENERAL})
        )
        return plain, quoted, general

    def _held(self, text: str) -> None:
        if len(text) > LONGEST:
            raise ValueError(f"{self.name}: a text of {len(text)} characters fits no cell")

    def number(self, row: int, column: int, number: Decimal, shape: str = GENERAL) -> None:
        """Write a number as the nearest double, shown in the format ``shape``."""
        self._measure(row, column, str(number)[:DIGITS], TOP)
        style = self._book.format(TOP | {"num_format": shape})
        self._sheet.write_number(row, column, float(number), style)

    def link(self, row: int, column: int, target: str, line: int) -> None:
        """Make the cell that is written next lead to a row of the sheet ``target``."""
        quoted = target.replace("'", "''")
        self._sheet.write_url(row, column, f"internal:'{quoted}'!A{line + 1}")

    def filter(self, last: int, columns: int) -> None:
        """Filters on the first row, for the rows below it."""
        self._sheet.autofilter(0, 0, last, columns - 1)

    def finish(self, *, kept: int) -> None:
        """Fit columns, rows and the printed page; keep the first rows and column in sight."""
        widths = {c: min(max(w + 2, NARROWEST), WIDEST) for c, w in self._widths.items()}
        for column, width in sorted(widths.items()):
            self._sheet.set_column(column, column, width)
        for row, texts in sorted(self._wrapped.items()):
            # Spreadsheets do not measure the rows of a file that they have not written.
            lines = max(-(-width // (widths[column] - 1)) for column, width in texts)
            if lines > 1:
                self._sheet.set_row(row, min(lines * LINE_HEIGHT, TALLEST))
        self._sheet.freeze_panes(kept, 1)
        self._sheet.set_landscape()
        self._sheet.set_paper(9)  # A4
        self._sheet.fit_to_pages(1, 0)

    def _measure(self, row: int, column: int, text: str, style: Style) -> None:
        wide = _width(text)
        self._widths[column] = max(self._widths.get(column, 0), wide)
        if style.get("text_wrap"):
            self._wrapped.setdefault(row, []).append((column, wide))
