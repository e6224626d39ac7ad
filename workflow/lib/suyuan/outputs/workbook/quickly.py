"""Cells of long tables written as XlsxWriter writes them, without asking what they cannot be.

A workbook has a quarter of a million cells, of which a few are neither text nor number.
"""

from __future__ import annotations

from typing import Any

from xlsxwriter.utility import xl_rowcol_to_cell_fast
from xlsxwriter.worksheet import Worksheet


class QuickSheet(Worksheet):
    """A worksheet whose texts and numbers have a format each, and so nothing to be escaped."""

    def _write_cell(self, row: int, col: int, cell: Any) -> None:
        kind = type(cell).__name__ if cell.format else ""  # without one its row may have it
        if kind == "String":
            typed, said = ' t="s"', cell.string  # the place of the text among the shared ones
        elif kind == "Number":
            typed, said = "", f"{cell.number:.16G}"
        else:
            super()._write_cell(row, col, cell)
            return
        place = xl_rowcol_to_cell_fast(row, col)
        form = cell.format._get_xf_index()
        self.fh.write(f'<c r="{place}" s="{form}"{typed}><v>{said}</v></c>')
