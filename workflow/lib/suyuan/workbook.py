"""report.xlsx: the report's tables and all its numbers, for people who work in spreadsheets.

Each table of the report is a sheet, with the ids of its values and the documents it rests on. The
sheets after them hold every number, what it was made from, and the raw cells in the end. No cell
is ever a formula: all text is stored as text, and text that a spreadsheet would take for a formula
when somebody edits it is stored with the quote prefix as well.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Any
from unicodedata import east_asian_width

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from suyuan.evidence import TEXT, Evidence, RawCell
from suyuan.formats import MINUS
from suyuan.report_tables import PrintedCell, ReportTable

Words = Mapping[str, Mapping[str, str]]
Style = dict[str, Any]

# What starts a formula, also as typed with a Chinese keyboard, behind blanks or not.
FORMULA_STARTS = (*"=+-@\t\r\n＝＋－＠", MINUS)
BLANKS = " \u00a0\u3000"
LONGEST = 32_767  # characters that a cell can hold
FEW = 12  # inputs listed beside a value; all of them stand in a sheet of their own
WIDEST, NARROWEST = 60, 8
PLAIN: Style = {"text_wrap": True, "valign": "top"}
HEAD: Style = {"bold": True, "bg_color": "#E7EDF1", "bottom": 1, "text_wrap": True, "valign": "top"}
TITLE: Style = {"bold": True, "font_size": 13}
FAINT: Style = {"font_color": "#6B7B88", "font_size": 8, "valign": "top", "text_wrap": True}


class Book:
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
        self._formats: dict[str, Format] = {}
        self._names: set[str] = set()

    def style(self, style: Style) -> Format:
        """The format for a style, made once."""
        key = repr(sorted(style.items()))
        if key not in self._formats:
            self._formats[key] = self._book.add_format(style)
        return self._formats[key]

    def sheet(self, name: str) -> Worksheet:
        """A new sheet, called so as far as spreadsheets allow."""
        plain = "".join("·" if c in "[]:*?/\\" else c for c in name).strip("' ")
        wanted, number = plain[:31], 1
        while wanted.casefold() in self._names:
            number += 1
            wanted = f"{plain[: 31 - len(str(number)) - 1]} {number}"
        self._names.add(wanted.casefold())
        return self._book.add_worksheet(wanted)

    def text(self, sheet: Worksheet, row: int, column: int, text: str, style: Style) -> None:
        """Write a text that stays a text. Raises ValueError when no cell can hold it."""
        if len(text) > LONGEST:
            raise ValueError(f"{sheet.name}: a text of {len(text)} characters fits no cell")
        if text.lstrip(BLANKS).startswith(FORMULA_STARTS):
            style = style | {"quote_prefix": True}
        sheet.write_string(row, column, text, self.style(style))

    def number(
        self, sheet: Worksheet, row: int, column: int, number: Decimal, style: Style
    ) -> None:
        """Write a number as the nearest double."""
        sheet.write_number(row, column, float(number), self.style(style))

    def link(self, sheet: Worksheet, row: int, column: int, target: tuple[str, int]) -> None:
        """Make the cell that is written next lead to a row of another sheet."""
        name, line = target
        quoted = name.replace("'", "''")
        sheet.write_url(row, column, f"internal:'{quoted}'!A{line + 1}", None, "")

    def table(
        self, name: str, heads: Sequence[str], rows: Iterable[Sequence[str | int | Decimal]]
    ) -> Worksheet:
        """A sheet of its own for a long table, with its head kept in sight and a filter."""
        sheet = self.sheet(name)
        widths = [_width(head) for head in heads]
        for column, head in enumerate(heads):
            self.text(sheet, 0, column, head, HEAD)
        last = 0
        for last, row in enumerate(rows, start=1):
            for column, entry in enumerate(row):
                if isinstance(entry, str):
                    self.text(sheet, last, column, entry, PLAIN)
                else:
                    self.number(sheet, last, column, Decimal(entry), {"valign": "top"})
                widths[column] = max(widths[column], _width(str(entry)))
        _set_widths(sheet, widths)
        sheet.freeze_panes(1, 1)
        sheet.autofilter(0, 0, last, len(heads) - 1)
        return sheet

    def close(self) -> bytes:
        """The finished file."""
        self._book.close()
        return self._bytes.getvalue()


def _width(text: str) -> int:
    """Columns that a text takes, Chinese characters taking two."""
    wide = sum(east_asian_width(character) in "WF" for character in text)
    return len(text) + wide


def _set_widths(sheet: Worksheet, widths: Iterable[int]) -> None:
    for column, width in enumerate(widths):
        sheet.set_column(column, column, min(max(width + 2, NARROWEST), WIDEST))


def numeric(cell: PrintedCell, evidence: Evidence) -> tuple[Decimal, str] | None:
    """The number that a table cell shows and the format that shows it as printed.

    None when the cell holds anything but one number and words around it. The number is the exact
    value where the report prints that value rounded, else, as for 亿, the number as printed.
    """
    if len(cell.facts) != 1:
        return None
    value_id, printed = cell.facts[0]
    entry = evidence.value(value_id)
    before, _, after = cell.text.partition(printed)
    words = before + after
    digits, percent = printed.replace(MINUS, "-").removesuffix("%"), printed.endswith("%")
    try:
        shown = Decimal(digits).scaleb(-2 if percent else 0)
    except InvalidOperation:
        return None
    if entry["u"] == TEXT or '"' in words or any(character.isdigit() for character in words):
        return None
    exact = Decimal(entry["v"])
    rounded = exact.quantize(shown, rounding=ROUND_HALF_UP)
    decimals = len(digits.partition(".")[2])
    shape = "0" + ("." + "0" * decimals if decimals else "") + ("%" if percent else "")
    quoted = (f'"{part}"' if part else "" for part in (before, after))
    first, last = quoted
    return (exact if rounded == shown else shown), f"{first}{shape}{last}"


def write_report_table(
    book: Book,
    table: ReportTable,
    evidence: Evidence,
    words: Words,
    lines: Mapping[str, tuple[str, int]],
) -> Worksheet:
    """A table of the report: cells as printed, ids beside them, documents below."""
    said = words["workbook"]
    sheet = book.sheet(table.caption)
    book.text(sheet, 0, 0, table.caption, TITLE)
    rows = [*table.head, *table.body]
    width = max(map(len, rows), default=0)
    facts = [{n for n, cell in enumerate(row) if cell and cell.facts} for row in table.body]
    identified = sorted(set().union(*facts))
    widths = [0] * (width + 1 + len(identified))
    for line, row in enumerate(rows, start=2):
        head = line < 2 + len(table.head)
        for column, cell in enumerate(row):
            if cell is not None:
                _write_cell(book, sheet, (line, column), cell, head, evidence, lines)
                widths[column] = max(widths[column], _width(cell.text) // cell.columns)
        for column, place in enumerate(identified, start=width + 1):
            cell = row[place]
            ids = " ".join(dict.fromkeys(name for name, _ in cell.facts)) if cell else ""
            text = said["ids"].format(cell.text if cell else "") if head else ids
            book.text(sheet, line, column, text, HEAD if head else FAINT)
            widths[column] = max(widths[column], min(_width(text), 40))
    used = [name for row in table.body for cell in row if cell for name, _ in cell.facts]
    _write_documents(book, sheet, len(rows) + 3, evidence, used, words)
    _set_widths(sheet, widths)
    sheet.freeze_panes(2 + len(table.head), 1)
    return sheet


def _write_cell(
    book: Book,
    sheet: Worksheet,
    place: tuple[int, int],
    cell: PrintedCell,
    head: bool,
    evidence: Evidence,
    lines: Mapping[str, tuple[str, int]],
) -> None:
    row, column = place
    found = None if head else numeric(cell, evidence)
    if found is None:
        book.text(sheet, row, column, cell.text, HEAD if head else PLAIN)
        return
    number, shape = found
    book.link(sheet, row, column, lines[cell.facts[0][0]])
    book.number(sheet, row, column, number, {"num_format": shape, "valign": "top"})


def _write_documents(
    book: Book,
    sheet: Worksheet,
    row: int,
    evidence: Evidence,
    value_ids: Iterable[str],
    words: Words,
) -> None:
    """The documents that the values rest on, under a table."""
    book.text(sheet, row, 0, words["workbook"]["sources"], {"bold": True})
    for below, document in enumerate(evidence.documents(evidence.roots(value_ids)), start=1):
        parts = [document["title"], document["publisher"], document["published"]]
        parts += [words["grade"][document["grade"]], document["url"]]
        book.text(sheet, row + below, 0, " · ".join(filter(None, parts)), {"valign": "top"})


def value_rows(evidence: Evidence, words: Words) -> list[list[str | Decimal]]:
    """Every number: as printed, exact, how and from what it was made, and where it is printed."""
    said = words["workbook"]
    places: dict[str, list[str]] = {}
    for use in evidence.lineage["uses"]:
        places.setdefault(use["v"], []).append(f"{use['sec']}#{use['anchor']}")
    rows: list[list[str | Decimal]] = []
    for name, entry in evidence.numbers.items():
        roots = evidence.roots([name])
        documents = [row["title"] for row in evidence.documents(roots)]
        lines = [f"{cell.source.path}:{cell.line}:{cell.column}" for cell in roots]
        inputs = entry.get("in") or [cell.id for cell in evidence.cells(name)]
        row = [
            name,
            entry["txt"],
            entry["v"],
            Decimal(entry["v"]),
            entry["u"],
            words["op"][entry["op"]],
        ]
        rest = (inputs, lines, documents, places.get(name, []))
        rows.append([*row, *(abridged(items, said["more"]) for items in rest)])
    return rows


def abridged(items: Sequence[str], more: str) -> str:
    """A list in one cell, its tail replaced by the count of all when it is long."""
    return "\n".join([*items[:FEW], *([more.format(len(items))] if len(items) > FEW else [])])


def derivation_rows(evidence: Evidence) -> list[list[str | int]]:
    """One row per number and input, inputs in the order of the operation."""
    rows: list[list[str | int]] = []
    for name, entry in evidence.numbers.items():
        cells = [(cell.id, cell.text) for cell in evidence.cells(name)]
        inputs = [(parent, evidence.value(parent)["txt"]) for parent in entry.get("in", ())]
        for order, (source, printed) in enumerate(cells + inputs, start=1):
            rows.append([name, entry["op"], order, source, printed])
    return rows


def cell_rows(evidence: Evidence, words: Words) -> list[list[str | int]]:
    """Every raw cell that a number rests on, with its row's qualifiers and its document."""
    register = evidence.sources["sources"].rows

    def described(cell: RawCell) -> list[str | int]:
        row = cell.row
        of_number = row if cell.column == "value" else {}  # its unit qualifies no other column
        _, document = register.get(cell.document, (0, {}))
        grades = words["grade"], words["confidence"]
        return [
            cell.id, cell.source.id, cell.source.path, cell.line, cell.key, cell.column, cell.text,
            of_number.get("unit", ""), of_number.get("comparator", ""),
            words["kind"].get(row.get("kind", ""), ""), row.get("as_of", ""),
            grades[1].get(row.get("grade", ""), ""), row.get("locator", ""),
            *(document.get(name, "") for name in ("title", "publisher", "published")),
            grades[0].get(document.get("grade", ""), ""), document.get("url", ""),
        ]  # fmt: skip

    return [described(cell) for cell in evidence.roots(evidence.numbers)]


VALUE_HEADS = (
    "id", "printed", "exact", "number", "unit", "operation", "inputs", "files", "documents", "uses",
)  # fmt: skip
DERIVATION_HEADS = ("id", "operation", "order", "input", "input_printed")
CELL_HEADS = (
    "id", "source", "file", "line", "key", "column", "value", "cell_unit", "comparator", "kind",
    "as_of", "confidence", "locator", "title", "publisher", "date", "grade", "url",
)  # fmt: skip


def workbook(tables: Sequence[ReportTable], evidence: Evidence, words: Words) -> bytes:
    """The file. Its date is the edition's."""
    said, edition = words["workbook"], evidence.edition
    properties = {"title": edition["title"], "author": words["package"]["author"]}
    book = Book(datetime.fromisoformat(edition["published"]), properties)
    cover = book.sheet(said["about"])
    lines = {name: (said["values"], row) for row, name in enumerate(evidence.numbers, start=1)}
    listed = [
        (write_report_table(book, table, evidence, words, lines), len(table.body))
        for table in tables
    ]
    for name, heads, rows in (
        ("values", VALUE_HEADS, value_rows(evidence, words)),
        ("derivations", DERIVATION_HEADS, derivation_rows(evidence)),
        ("cells", CELL_HEADS, cell_rows(evidence, words)),
    ):
        listed.append((book.table(said[name], [said[head] for head in heads], rows), len(rows)))
    _write_cover(book, cover, edition, listed, said)
    return book.close()


def _write_cover(
    book: Book,
    sheet: Worksheet,
    edition: Mapping[str, str],
    listed: Iterable[tuple[Worksheet, int]],
    said: Mapping[str, str],
) -> None:
    """What the workbook is, and a linked list of its sheets."""
    book.text(sheet, 0, 0, edition["title"], TITLE)
    book.text(sheet, 1, 0, f"{edition['label']} · {edition['subtitle']}", {})
    for row, name in enumerate(("published", "cutoff"), start=2):
        book.text(sheet, row, 0, f"{said[name]} {edition[name]}", {})
    book.text(sheet, 5, 0, said["how"], PLAIN)
    book.text(sheet, 7, 0, said["sheet"], HEAD)
    book.text(sheet, 7, 1, said["count"], HEAD)
    for row, (other, count) in enumerate(listed, start=8):
        book.link(sheet, row, 0, (other.name, 0))
        book.text(sheet, row, 0, other.name, {"font_color": "#1F7A9C", "underline": 1})
        book.number(sheet, row, 1, Decimal(count), {})
    sheet.set_column(0, 0, WIDEST)
