"""Cells of long tables written as XlsxWriter writes them, without asking what they cannot be.

A workbook has a quarter of a million cells, that of an index a million, of which a few are neither
text nor number.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import CellNumberTuple, CellStringTuple, Worksheet

BLOCK = 16  # rows that share a span
_column = cache(xl_col_to_name)


def put(sheet: Worksheet, row: int, cells: Mapping[int, Any]) -> None:
    """Put a row of cells into a sheet, columns in their order; nothing else is there yet."""
    sheet.table[row].update(cells)
    for column in (0, len(cells) - 1):
        sheet._check_dimensions(row, column)


def number(value: float, form: Any) -> Any:
    """A cell with a finite number."""
    return CellNumberTuple(value, form)


def text(sheet: Worksheet, value: str, form: Any) -> Any:
    """A cell with a text that is not too long for one."""
    return CellStringTuple(sheet.str_table._get_shared_string_index(value), form)


class QuickSheet(Worksheet):
    """A worksheet whose texts and numbers have a format each, and so nothing to be escaped."""

    def _calculate_spans(self) -> None:
        """The first and the last column of each block of rows."""
        if self.comments:
            super()._calculate_spans()
            return
        ends: dict[int, tuple[int, int]] = {}
        for row in range(self.dim_rowmin, self.dim_rowmax + 1):
            if cells := self.table.get(row):
                low, high = min(cells), max(cells)
                before = ends.get(row // BLOCK, (low, high))
                ends[row // BLOCK] = min(low, before[0]), max(high, before[1])
        self.row_spans = {block: f"{low + 1}:{high + 1}" for block, (low, high) in ends.items()}

    def _write_rows(self) -> None:
        if self.comments:
            super()._write_rows()
            return
        self._calculate_spans()
        for row in range(self.dim_rowmin, self.dim_rowmax + 1):
            span, cells = self.row_spans.get(row // BLOCK), self.table.pop(row, None)  # room
            shape = (self.row_info[row],) if row in self.row_info else ()
            if cells:
                self._write_row(row, span, *shape)
                self._write_cells(row, cells)
                self._xml_end_tag("row")
            elif shape:
                self._write_empty_row(row, span, *shape)

    def _write_cells(self, row: int, cells: Mapping[int, Any]) -> None:
        made: list[str] = []
        for column in sorted(cells):
            cell = cells[column]
            kind = type(cell) if cell.format else None  # without one its row may have it
            if kind is CellStringTuple:
                typed, said = ' t="s"', cell.string  # the place of the text among the shared ones
            elif kind is CellNumberTuple:
                typed, said = "", f"{cell.number:.16G}"
            else:
                self.fh.write("".join(made))
                made = []
                self._write_cell(row, column, cell)
                continue
            form = cell.format._get_xf_index()
            made.append(f'<c r="{_column(column)}{row + 1}" s="{form}"{typed}><v>{said}</v></c>')
        self.fh.write("".join(made))
