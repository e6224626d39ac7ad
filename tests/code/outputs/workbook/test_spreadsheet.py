"""A spreadsheet in which nothing computes, written the same way each time."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import datetime
from decimal import Decimal
from itertools import cycle

import openpyxl
import pytest
from xlsxwriter.worksheet import Worksheet

from suyuan.outputs.workbook import spreadsheet
from suyuan.outputs.workbook.spreadsheet import LINK, LONGEST, TOP, WRAPPED, Spreadsheet

HOSTILE = [
    '=HYPERLINK("http://evil.example","打开")',
    "=1+1",
    "+1+1",
    "-1+1",
    "@SUM(A1:A9)",
    "\t=1+1",
    "\r=1+1",
    " =1+1",
    "\u3000=1+1",
    "＝1+1",
    "＋1",
    "－1",
    "＠SUM(A1)",
    "\u2212" + "3.5%",
    "=cmd|' /C calc'!A0",
]
HARMLESS = ["宁夏", "131.0", "60.04%", "a=b", "www.example.com", "http://example.com/", "1-2", ""]


def new() -> Spreadsheet:
    return Spreadsheet(datetime(2026, 3, 31), {"title": "题"})


def written(*texts: str) -> bytes:
    book = new()
    sheet = book.sheet("表")
    for row, text in enumerate(texts):
        sheet.text(row, 0, text, TOP)
    sheet.finish(kept=0)
    return book.close()


def parts(data: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


def test_cells_are_written_as_the_library_writes_them(monkeypatch: pytest.MonkeyPatch) -> None:
    def bytes_of_all() -> bytes:
        book = new()
        numbers = (0, -3, 10**17, Decimal("0.1"), Decimal("1e-9"), Decimal("0.3333333333333333"))
        rows = [(*pair, "<&>", "") for pair in zip(HOSTILE, cycle(numbers), strict=False)]
        book.listing("长表", ["甲", "乙", "丙", "丁"], rows)
        sheet = book.sheet("表")
        sheet.link(0, 0, "长表", 1)
        sheet.text(0, 0, "去", LINK)
        sheet.number(1, 30, Decimal("2.5"))
        sheet.finish(kept=0)
        return book.close()

    quick = bytes_of_all()
    monkeypatch.setattr(spreadsheet, "QuickSheet", Worksheet)
    assert bytes_of_all() == quick


@pytest.mark.parametrize("text", HOSTILE + HARMLESS)
def test_a_text_stays_the_text_it_is(text: str) -> None:
    cell = openpyxl.load_workbook(io.BytesIO(written(text))).active["A1"]
    assert (cell.value or "") == text.replace("\r", "_x000D_")  # OOXML's way to write a CR
    assert cell.data_type in "sn"
    assert cell.hyperlink is None


@pytest.mark.parametrize("text", HOSTILE)
def test_what_looks_like_a_formula_is_quoted(text: str) -> None:
    cell = openpyxl.load_workbook(io.BytesIO(written(text))).active["A1"]
    assert cell.quotePrefix


@pytest.mark.parametrize("text", HARMLESS)
def test_other_texts_are_not_quoted(text: str) -> None:
    assert not openpyxl.load_workbook(io.BytesIO(written(text))).active["A1"].quotePrefix


def test_the_file_holds_no_formula_and_no_link_outside() -> None:
    files = parts(written(*HOSTILE, *HARMLESS))
    sheets = [text for name, text in files.items() if name.startswith("xl/worksheets/")]
    assert sheets
    for text in files.values():
        assert not re.search(r"<f[ >]", text)
        assert "TargetMode" not in text


def test_equal_calls_give_equal_bytes_whenever(monkeypatch: pytest.MonkeyPatch) -> None:
    first = written(*HARMLESS)
    monkeypatch.setenv("TZ", "Pacific/Kiritimati")
    assert written(*HARMLESS) == first
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert "2026-03-31T00:00:00Z" in parts(first)["docProps/core.xml"]


def test_a_text_too_long_for_a_cell_is_refused_not_dropped() -> None:
    sheet = new().sheet("表")
    sheet.text(0, 0, "x" * LONGEST, TOP)
    with pytest.raises(ValueError, match="32768"):
        sheet.text(1, 0, "x" * (LONGEST + 1), TOP)


def test_sheets_get_names_that_spreadsheets_allow_and_tell_apart() -> None:
    book = new()
    names = [book.sheet(name).name for name in ("a/b:c", "长" * 40, "长" * 40, "A·B·C")]
    assert names == ["a·b·c", "长" * 31, "长" * 29 + " 2", "A·B·C 2"]


def test_a_number_leads_to_its_row() -> None:
    book = new()
    sheet = book.sheet("数 '值'")
    sheet.link(0, 0, sheet.name, 4)
    sheet.number(0, 0, Decimal("0.6004"), "0.00%")
    sheet.finish(kept=0)
    cell = openpyxl.load_workbook(io.BytesIO(book.close())).active["A1"]
    assert (cell.value, cell.number_format) == (0.6004, "0.00%")
    assert cell.hyperlink.location == "'数 ''值'!A5"


def test_rows_are_tall_enough_for_wrapped_text() -> None:
    book = new()
    sheet = book.sheet("表")
    sheet.text(0, 0, "字" * 59, WRAPPED)  # 118 columns of text, 59 to the line: 2 lines
    sheet.text(1, 0, "字", WRAPPED)
    sheet.finish(kept=0)
    rows = openpyxl.load_workbook(io.BytesIO(book.close())).active.row_dimensions
    assert rows[1].height == 30
    assert rows[2].height is None
