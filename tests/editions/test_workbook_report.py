"""The workbook: the report's tables, all numbers, and the way from them to raw cells."""

from __future__ import annotations

import csv
import io
import re
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.cell import Cell
from openpyxl.workbook import Workbook

from tests.editions.html_tree import Element

VALUES, DERIVATIONS, CELLS = "数值", "推导", "原始单元格"


@pytest.fixture(scope="module")
def book(report: Path) -> Workbook:
    return openpyxl.load_workbook(report / "report.xlsx")


def records(book: Workbook, sheet: str) -> list[dict[str, Any]]:
    head, *rows = book[sheet].iter_rows(values_only=True)
    return [dict(zip(head, row, strict=True)) for row in rows]


def report_cells(book: Workbook) -> Iterator[Cell]:
    """The cells of the sheets that are tables of the report."""
    for sheet in book.worksheets[1:-3]:
        for row in sheet.iter_rows(min_row=3):
            yield from row


def test_every_number_is_there_as_lineage_has_it(book: Workbook, numbers: dict[str, Any]) -> None:
    rows = {row["编号"]: row for row in records(book, VALUES)}
    assert list(rows) == list(numbers)
    for name, entry in numbers.items():
        row = rows[name]
        assert (row["所载"], row["精确值"], row["单位"]) == (entry["txt"], entry["v"], entry["u"])
        assert row["数值（近似）"] == pytest.approx(float(entry["v"]), rel=1e-15)


def test_every_input_of_every_number_is_listed_in_order(
    book: Workbook, made: dict[str, Any]
) -> None:
    listed: dict[str, list[str]] = {name: [] for name in made}
    for row in records(book, DERIVATIONS):
        listed[row["编号"]].append(row["输入编号"])
    for name, entry in made.items():
        cells = [f"{s}.{column}.{key}" for s, column, keys in entry.get("src", ()) for key in keys]
        assert listed[name] == cells + entry.get("in", [])


def test_raw_cells_stand_in_the_file_and_line_that_are_named(book: Workbook, built: Path) -> None:
    rows = records(book, CELLS)
    assert rows
    for row in rows:
        lines = (built / row["文件"]).read_text(encoding="utf-8").split("\n")
        head, cells = next(csv.reader([lines[0]])), next(csv.reader([lines[row["行号"] - 1]]))
        found = dict(zip(head, cells, strict=True))
        assert found[row["列"]] == row["单元格原文"]
        assert cells[0] == row["行键"]


@pytest.mark.known
def test_a_raw_cell_has_its_unit_and_document(book: Workbook) -> None:
    rows = records(book, CELLS)
    source = next(row for row in rows if row["编号"] == "observations.value.F046")
    assert (source["单元格原文"], source["所载单位"], source["定位"]) == ("131.0", "Eflops", "L269")
    assert source["题名"] == "2026年中国第三方普惠智算云市场专题报告（西北篇）"


def test_each_table_of_the_report_is_a_sheet(book: Workbook, html: Element) -> None:
    tables = [e for e in html.walk() if e.attributes.get("id", "").startswith("tab-")]
    captions = [
        " ".join(next(e for e in table.walk() if e.tag == "caption").text.split())
        for table in tables
    ]
    names = book.sheetnames
    assert names[0] == "说明"
    assert names[-3:] == [VALUES, DERIVATIONS, CELLS]
    assert [name[:31].replace("/", "·") for name in captions] == names[1:-3]
    assert [book[name]["A1"].value for name in names[1:-3]] == captions


def shown(cell: Cell) -> str:
    """What a spreadsheet shows for a number in one of our formats."""
    before, shape, after = re.fullmatch(
        r'("[^"]*")?((?:#,##)?0[.0]*%?)("[^"]*")?', cell.number_format
    ).groups()
    number = Decimal(repr(cell.value)) * (100 if shape.endswith("%") else 1)
    decimals = len(shape.rstrip("%").partition(".")[2])
    rounded = number.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)  # as spreadsheets do
    text = f"{rounded:{',' if ',' in shape else ''}f}".replace("-", "\u2212") + (
        "%" if shape.endswith("%") else ""
    )
    return (before or "").strip('"') + text + (after or "").strip('"')


def test_numbers_in_tables_show_what_is_printed_and_lead_to_their_row(
    book: Workbook, numbers: dict[str, Any]
) -> None:
    ids = [row["编号"] for row in records(book, VALUES)]
    linked = [cell for cell in report_cells(book) if isinstance(cell.value, int | float)]
    assert linked
    for cell in linked:
        sheet, row = re.fullmatch(r"'(.+)'!A(\d+)", cell.hyperlink.location).groups()
        assert sheet == VALUES
        name = ids[int(row) - 2]
        assert numbers[name]["txt"] in shown(cell), (cell.parent.title, cell.coordinate)
        beside = {str(other.value) for other in cell.parent[cell.row][cell.column :]}
        assert name in beside


@pytest.mark.known
def test_the_tiers_as_they_are_printed(book: Workbook) -> None:
    (sheet,) = (sheet for sheet in book if sheet["B3"].value == "梯队")
    rows = {row[0].value: row for row in sheet.iter_rows(min_row=4, max_row=9)}
    assert [cell.value for cell in rows["宁夏"][:5]] == ["宁夏", "第一梯队", 1, 131, 65.5]
    assert rows["西北合计"][3].value == 316.8
    # 190.2 / 316.8 = 0.600378…, exact and not as printed
    assert rows["西北合计"][5].value == pytest.approx(190.2 / 316.8, rel=1e-15)
    assert [shown(cell) for cell in rows["西北合计"][3:6]] == ["316.8", "190.2", "60.0%"]
    assert rows["宁夏"][13].value == "ningxia.compute_total"
    below = [row[0].value for row in sheet.iter_rows(min_row=10) if row[0].value]
    assert below[0] == "数据来源"
    assert below[1].startswith("2026年中国第三方普惠智算云市场专题报告（西北篇） · 易观分析")


@pytest.mark.known
def test_words_around_a_number_stay_with_it(book: Workbook) -> None:
    cells = [cell for cell in report_cells(book) if str(cell.number_format).startswith('"超过')]
    assert cells
    assert all(shown(cell).startswith("超过") for cell in cells)


def test_the_workbook_computes_nothing_and_loads_nothing(report: Path, book: Workbook) -> None:
    assert {cell.data_type for sheet in book for row in sheet for cell in row} <= {"s", "n"}
    with zipfile.ZipFile(report / "report.xlsx") as archive:
        for name in archive.namelist():
            text = archive.read(name).decode()
            assert not re.search(r"<f[ >]", text), name
            assert "TargetMode" not in text, name


@pytest.mark.slow
def test_libreoffice_opens_the_workbook(
    report: Path, book: Workbook, values: dict[str, Any], tmp_path: Path
) -> None:
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if not office:
        pytest.skip("LibreOffice is not installed")
    every_sheet = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"
    for form in (every_sheet, "pdf"):
        profile = f"-env:UserInstallation=file://{tmp_path}/profile"
        command = [office, profile, "--headless", "--convert-to", form, "--outdir", str(tmp_path)]
        done = subprocess.run(
            [*command, str(report / "report.xlsx")], capture_output=True, timeout=240, check=False
        )
        assert done.returncode == 0, done.stderr
    assert (tmp_path / "report.pdf").read_bytes().startswith(b"%PDF-")
    tables = sorted(path.stem for path in tmp_path.glob("report-*.csv"))
    assert tables == sorted(f"report-{name}" for name in book.sheetnames)
    text = (tmp_path / f"report-{VALUES}.csv").read_text(encoding="utf-8")
    rows = {row["编号"]: row for row in csv.DictReader(io.StringIO(text))}
    assert len(rows) == book[VALUES].max_row - 1
    assert rows["nw.compute_total"]["精确值"] == values["nw.compute_total"]["v"]
