"""report.xlsx read back: written once more from the rows and compared, cell by cell."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from xml.etree import ElementTree as ET

from suyuan.core.errors import Problem
from suyuan.lineage.build import Build
from suyuan.lineage.leading import listed
from suyuan.lineage.value import TEXT
from suyuan.outputs.verification.truth import Truth, otherwise
from suyuan.outputs.workbook.tables import report_tables
from suyuan.outputs.workbook.workbook import VALUE_HEADS, Words, workbook

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
BOOK, STRINGS = "xl/workbook.xml", "xl/sharedStrings.xml"
Cells = Mapping[str, str]  # the text of each cell that is filled, by its place, as A1


class Book:
    """A workbook's members. Raises BadZipFile, KeyError or ParseError for what is none."""

    def __init__(self, data: bytes) -> None:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            self.names = packed.namelist()
            self.members = {name: packed.read(name) for name in self.names}
        sheets = ET.fromstring(self.members[BOOK]).iter(f"{MAIN}sheet")
        # Ours are numbered in the order of the book: relations say nothing else.
        self.sheets = {
            sheet.attrib["name"]: f"xl/worksheets/sheet{number}.xml"
            for number, sheet in enumerate(sheets, start=1)
        }

    @cached_property
    def _strings(self) -> list[str]:
        strings = ET.fromstring(self.members[STRINGS])
        return ["".join(t.text or "" for t in si.iter(f"{MAIN}t")) for si in strings]

    def same(self, other: Book, sheet: str) -> bool:
        """Whether a sheet of the other, and all texts, are the same bytes as here."""
        ours, theirs = (book.sheets.get(sheet, "") for book in (self, other))
        return ours == theirs and all(
            self.members.get(name) == other.members.get(name) for name in (ours, STRINGS)
        )

    def cells(self, sheet: str) -> dict[str, str]:
        """The cells of a sheet."""
        found = {}
        for cell in ET.fromstring(self.members[self.sheets[sheet]]).iter(f"{MAIN}c"):
            text = cell.findtext(f"{MAIN}v", "")
            shared = cell.get("t") == "s"
            found[cell.attrib["r"]] = self._strings[int(text)] if shared else text
        return found


@dataclass(frozen=True)
class Rewritten:
    """What the workbook must hold; ``written`` gives its file as the rows make it."""

    truth: Truth
    words: Words
    written: Callable[[], bytes]

    @cached_property
    def book(self) -> Book:
        """The workbook of the rows."""
        return Book(self.written())


def rewrite(html: str, build: Build, words: Words) -> bytes:
    """The workbook written once more, from the page and the lineage made afresh."""
    return workbook(list(report_tables(html)), build, words)


def problems(rewritten: Rewritten, file: str, data: bytes) -> Iterator[Problem]:
    """E364 for each cell that differs, named by value or place; E361 for any other part."""
    book, right = Book(data), rewritten.book
    if (book.names, book.members) == (right.names, right.members):
        return
    found = list(_values(file, book, rewritten.words["workbook"]["values"], rewritten.truth))
    for sheet in right.sheets:
        if not right.same(book, sheet):
            found += _differing(file, sheet, book.cells(sheet), right.cells(sheet))
    yield from found
    if not found:
        changed = [n for n in right.names if book.members.get(n) != right.members[n]]
        extra = [name for name in book.names if name not in right.members]
        for name in changed or extra or [BOOK]:
            yield Problem("E361", f"{file}/{name}")


def _differing(file: str, sheet: str, found: Cells, expected: Cells) -> Iterator[Problem]:
    for place in dict.fromkeys((*expected, *found)):
        if found.get(place) != expected.get(place):
            name = f"{sheet}!{place}"
            yield otherwise(file, name, found.get(place, ""), expected.get(place, ""))


def _values(file: str, book: Book, sheet: str, truth: Truth) -> Iterator[Problem]:
    """The sheet of all numbers against the values themselves."""
    columns = {head: chr(ord("A") + n) for n, head in enumerate(VALUE_HEADS)}
    cells = book.cells(sheet)
    entries = ((name, truth.document["values"][name]) for name in listed(truth.document))
    numbers = {name: entry for name, entry in entries if entry["u"] != TEXT}
    rows = {cells.get(f"A{line}", ""): line for line in range(2, len(numbers) + 2)}
    for name, entry in numbers.items():
        if name not in rows:
            yield otherwise(file, name, "", entry["txt"])
            continue
        for head, right in (("printed", entry["txt"]), ("exact", entry["v"]), ("unit", entry["u"])):
            shown = cells.get(f"{columns[head]}{rows[name]}", "")
            if shown != right:
                yield otherwise(file, name, shown, right)
        shown = cells.get(f"{columns['number']}{rows[name]}", "")
        if float(shown) != float(f"{float(entry['v']):.16G}"):
            yield otherwise(file, name, shown, entry["v"])
