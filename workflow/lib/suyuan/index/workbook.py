"""Reading a sheet of an .xlsx workbook: the cells as they are stored, without another library.

A cell that Excel shows as 70% is stored as 0.7, and a day as a number: days come as texts such as
2026-03-31, so that none is taken for a measurement.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import PurePosixPath
from typing import Any
from xml.etree import ElementTree

from suyuan.core.errors import DataError, Problem
from suyuan.index.cells import Stored

SIGNATURE = b"PK\x03\x04"
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
OFFICE = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
BOOK = "xl/workbook.xml"
WIDEST = 1 << 14  # columns that a sheet can have
LARGEST = 1 << 28  # bytes of a part, unpacked
DAYS = {*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)}  # formats that Excel has
QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')
DATED = re.compile(r"[ymdhs]", re.IGNORECASE)
LETTERS = re.compile(r"[A-Z]+")
Row = tuple[int, list[str]]


def rows(data: bytes, name: str, sheet: str | None) -> list[Row]:
    """The rows of a sheet by number, each up to its last cell that is not empty. Raises DataError.

    E556 several sheets have cells and none is chosen, E557 no such sheet, E558 no whole workbook,
    E559 formulas whose results were not stored.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            return _Book(parts, name).rows(sheet)
    except (zipfile.BadZipFile, ElementTree.ParseError, KeyError, ValueError, IndexError) as error:
        raise DataError(Problem("E558", name)) from error


class _Book:
    def __init__(self, parts: zipfile.ZipFile, name: str) -> None:
        self.parts, self.name = parts, name
        book = self._xml(BOOK)
        relations = {
            one.get("Id"): one.get("Target", "") for one in self._xml("xl/_rels/workbook.xml.rels")
        }
        self.sheets = {
            str(one.get("name")): _within(relations[one.get(f"{OFFICE}id")])
            for one in book.iter(f"{MAIN}sheet")
        }
        start = next((one.get("date1904") for one in book.iter(f"{MAIN}workbookPr")), None)
        self.zero = datetime(1904, 1, 1) if start in ("1", "true") else datetime(1899, 12, 30)
        self.texts = [_text(one) for one in self._xml("xl/sharedStrings.xml", optional=True)]
        self.dated = [*self._dated()]

    def rows(self, sheet: str | None) -> list[Row]:
        if sheet is not None and sheet not in self.sheets:
            details = {"allowed": ", ".join(self.sheets)}
            raise DataError(Problem("E557", self.name, 1, "", sheet, details))
        wanted = [sheet] if sheet is not None else list(self.sheets)
        read = {each: [*self._rows(self.sheets[each])] for each in wanted}
        full = [each for each, found in read.items() if found] or wanted[:1]
        if len(full) > 1:
            details = {"allowed": ", ".join(full)}
            raise DataError(Problem("E556", self.name, 1, "", full[0], details))
        return read[full[0]]

    def _rows(self, part: str) -> Iterator[Row]:
        number, unstored = 0, []
        for row in self._xml(part).iter(f"{MAIN}row"):
            number = int(row.get("r", number + 1))
            cells: list[str] = []
            for cell in row.iter(f"{MAIN}c"):
                column = _column(cell.get("r", "")) if cell.get("r") else len(cells)
                cells += [""] * (column + 1 - len(cells))
                cells[column] = self._cell(cell)
                stored = cell.findtext(f"{MAIN}v") or cell.get("t") in ("str", "inlineStr")
                if cell.find(f"{MAIN}f") is not None and not stored:
                    unstored.append(Problem("E559", self.name, number, str(column + 1)))
            while cells and not cells[-1]:
                cells.pop()
            if cells:
                yield number, cells
        if unstored:
            raise DataError(unstored)

    def _cell(self, cell: Any) -> str:
        kind, found = cell.get("t", "n"), cell.find(f"{MAIN}v")
        if kind == "inlineStr":
            return _plain(_text(cell))
        text = (found.text or "") if found is not None else ""
        if kind == "s":
            return _plain(self.texts[int(text)])
        if kind == "b":
            return "TRUE" if text == "1" else "FALSE"
        if kind != "n" or not text:
            return text.strip()  # results of formulas, errors such as #N/A, ISO days
        style = int(cell.get("s", 0))
        if style < len(self.dated) and self.dated[style]:
            day = self.zero + timedelta(days=float(text))
            return day.isoformat(sep=" ").removesuffix(" 00:00:00")
        return Stored(repr(float(text)).removesuffix(".0"))

    def _dated(self) -> Iterator[bool]:
        """For each style, whether it shows numbers as days or times."""
        styles = self._xml("xl/styles.xml", optional=True)
        own = {
            int(one.get("numFmtId", 0)): bool(
                DATED.search(QUOTED.sub("", one.get("formatCode", "")))
            )
            for one in styles.iter(f"{MAIN}numFmt")
        }
        for style in styles.findall(f"{MAIN}cellXfs/{MAIN}xf"):
            form = int(style.get("numFmtId", 0))
            yield own.get(form, form in DAYS)

    def _xml(self, part: str, optional: bool = False) -> Any:
        if optional and part not in self.parts.namelist():
            return ElementTree.Element("none")
        if self.parts.getinfo(part).file_size > LARGEST:
            raise ValueError(part)
        content = self.parts.read(part)
        if b"<!DOCTYPE" in content[:1000] or b"<!ENTITY" in content[:1000]:
            raise ValueError(part)  # no program writes them, and they can exhaust a machine
        return ElementTree.fromstring(content)


def _within(target: str) -> str:
    """The name of a part, of which a relation tells the way from the workbook."""
    path = (
        PurePosixPath(target.lstrip("/"))
        if target.startswith("/")
        else "xl" / PurePosixPath(target)
    )
    return str(path)


def _plain(text: str) -> str:
    return " ".join(text.split())


def _column(place: str) -> int:
    """0 for A1, 27 for AB3."""
    number = 0
    letters = LETTERS.match(place)
    for letter in letters[0] if letters else "":
        number = number * 26 + ord(letter) - ord("A") + 1
    if not 0 < number <= WIDEST:
        raise ValueError(place)
    return number - 1


def _text(element: Any) -> str:
    """The text of a cell, without how it is to be pronounced."""
    plain = (one for one in element if one.tag in (f"{MAIN}t", f"{MAIN}r", f"{MAIN}is"))
    return "".join((one.text or "") if one.tag == f"{MAIN}t" else _text(one) for one in plain)
