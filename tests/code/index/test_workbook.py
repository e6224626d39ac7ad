"""Sheets of .xlsx workbooks, under whatever name: as stored, and nothing taken for a number."""

from __future__ import annotations

import io
import math
import zipfile
from datetime import datetime

import openpyxl
import pytest
import xlsxwriter
from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900

from tests.code.index.foreign import frame, told

HEADER = ("u", "a", "b")


def saved(*sheets, formats=()):
    """A workbook of sheets, each a list of rows; ``formats`` are (sheet, cell, number format)."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for number, rows in enumerate(sheets, 1):
        sheet = book.create_sheet(f"S{number}")
        for row in rows:
            sheet.append(row)
    for sheet, cell, form in formats:
        book[sheet][cell].number_format = form
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def test_a_workbook_is_read_as_stored(tmp_path):
    rows = [HEADER, ("Aster", 0.1, 1e-7), ("007", 3, None), (12, "4.5", "NA")]
    data = saved(rows, formats=[("S1", "B2", "0%")])
    got = frame(tmp_path, data, "data: {missing: [NA]}\n")
    assert list(got.index) == ["Aster", "007", "12"]
    assert got["a"].tolist() == [0.1, 3, 4.5]
    assert got["b"].tolist()[0] == 1e-7
    assert all(map(math.isnan, got["b"].tolist()[1:]))


def test_declared_signs_are_for_typed_numbers_only(tmp_path):
    rows = [HEADER, ("x", 0.5, "1,5"), ("y", 1234.5, "2,5")]
    got = frame(tmp_path, saved(rows), 'data: {decimal: ",", thousands: "."}\n')
    assert got.to_numpy().tolist() == [[0.5, 1.5], [1234.5, 2.5]]


def test_what_another_program_writes(tmp_path):
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream) as book:
        sheet = book.add_worksheet("Data")
        sheet.write_row(2, 1, HEADER)
        sheet.write_rich_string(3, 1, "As", book.add_format({"bold": True}), "ter")
        sheet.write_row(3, 2, (1, 2))
        sheet.write(4, 1, "Birch")
        sheet.write_formula(4, 2, "=1+1", None, 2)
        sheet.write(4, 3, True)
    # the first column is empty, and named by nobody
    assert told(tmp_path, stream.getvalue(), "data: {unit: u}\n") == [("data.csv:5:b", "E520")]


def test_a_formula_without_result_and_an_error(tmp_path):
    rows = [HEADER, ("x", "=1+1", 2), ("y", "#N/A", "#DIV/0!")]
    assert told(tmp_path, saved(rows)) == [("data.csv:2:2", "E559")]
    rows[1] = ("x", 1, 2)
    assert told(tmp_path, saved(rows)) == [("data.csv:3:a", "E520"), ("data.csv:3:b", "E520")]


@pytest.mark.parametrize("form", ["yyyy-mm-dd", "d.m.yy", "h:mm", "mm-dd-yy", '"on" d mmm'])
def test_a_day_is_no_number(tmp_path, form):
    rows = [HEADER, ("x", datetime(2020, 3, 31), 2), ("y", 2, 2)]
    found = told(tmp_path, saved(rows, formats=[("S1", "B2", form)]))
    assert found == [("data.csv:2:a", "E546")]


@pytest.mark.parametrize("epoch", [CALENDAR_WINDOWS_1900, CALENDAR_MAC_1904])
def test_a_day_is_that_day(tmp_path, epoch):
    book = openpyxl.Workbook()
    book.epoch = epoch
    for row in (("u", "day", "a", "b"), ("x", datetime(2020, 3, 31), 1, 2), ("y", None, 1, 2)):
        book.active.append(row)
    stream = io.BytesIO()
    book.save(stream)
    got = frame(tmp_path, stream.getvalue(), 'data: {where: {day: "2020-03-31"}}\n')
    assert list(got.index) == ["x"]


@pytest.mark.parametrize("form", ["0.00", "#,##0", '0.0 "days"', "[Red]0", "0.00E+00"])
def test_a_number_is_no_day(tmp_path, form):
    rows = [HEADER, ("x", 43921, 2), ("y", 2, 2)]
    assert frame(tmp_path, saved(rows, formats=[("S1", "B2", form)]))["a"].iloc[0] == 43921


def test_which_sheet(tmp_path):
    one, two = [HEADER, ("x", 1, 2), ("y", 2, 2)], [HEADER, ("z", 1, 2)]
    assert told(tmp_path, saved(one, two)) == [("data.csv:1:1", "E556")]
    assert list(frame(tmp_path, saved(one, two), "data: {sheet: S2}\n").index) == ["z"]
    assert told(tmp_path, saved(one, two), "data: {sheet: S3}\n") == [("data.csv:1:1", "E557")]
    assert list(frame(tmp_path, saved([], one)).index) == ["x", "y"]
    assert told(tmp_path, saved([])) == [("data.csv:1:1", "E141")]


def changed(data, part, old, new):
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as before, zipfile.ZipFile(stream, "w") as after:
        for name in before.namelist():
            content = before.read(name)
            if name == part:
                assert old in content
                content = content.replace(old, new)
            after.writestr(name, content)
    return stream.getvalue()


def test_no_whole_workbook(tmp_path):
    data = saved([HEADER, ("x", 1, 2)])
    sheet = "xl/worksheets/sheet1.xml"
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaa">]><worksheet '
    for broken in (
        data[:-100],
        changed(data, sheet, b"</worksheet>", b""),
        changed(data, sheet, b"<worksheet ", bomb),
        changed(data, sheet, b'r="A1"', b'r="1"'),
        changed(data, sheet, b'r="A1"', b'r="ZZZZ1"'),
        changed(data, "xl/_rels/workbook.xml.rels", b"Id=", b"id="),
    ):
        assert told(tmp_path, broken) == [("data.csv:1:1", "E558")]
