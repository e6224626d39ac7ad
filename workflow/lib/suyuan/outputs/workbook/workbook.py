"""report.xlsx: the report's tables and all its numbers, for people who work in spreadsheets.

Each table of the report is a sheet, with the ids of its values beside it and the documents that it
rests on below. The sheets after them hold every number, each input of each number, and the raw
cells in the end.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from decimal import Decimal, InvalidOperation
from itertools import islice

from suyuan.contract.words import Words
from suyuan.core.numbers import MINUS, half_up, ungrouped
from suyuan.lineage.build import Build, RawCell
from suyuan.lineage.facets import DOCUMENTS, said_of
from suyuan.lineage.value import TEXT
from suyuan.outputs.workbook.spreadsheet import (
    FAINT,
    HEAD,
    LINK,
    TITLE,
    TOP,
    WRAPPED,
    Row,
    Sheet,
    Spreadsheet,
)
from suyuan.outputs.workbook.tables import PrintedCell, ReportTable

FEW = 12  # inputs listed beside a value; all of them stand in a sheet of their own
COUNT = "report.value_count"  # of the numbers that data give
VALUE_HEADS = (
    "id", "printed", "exact", "number", "unit", "operation", "inputs", "files", "documents", "uses",
)  # fmt: skip
DERIVATION_HEADS = ("id", "operation", "order", "input", "input_printed")
CELL_HEADS = (
    "id", "source", "file", "line", "key", "column", "value", "cell_unit", "comparator", "kind",
    "as_of", "confidence", "locator", "title", "publisher", "date", "grade", "url",
)  # fmt: skip


def workbook(tables: Sequence[ReportTable], build: Build, words: Words) -> bytes:
    """The file. Its date is the edition's."""
    said, edition = words["workbook"], build.edition
    properties = {"title": edition["title"], "author": words["package"]["author"]}
    book = Spreadsheet(datetime.fromisoformat(edition["published"]), properties)
    cover = book.sheet(said["about"])
    places = {name: row for row, name in enumerate(build.numbers, start=1)}
    listed = [(report_sheet(book, t, build, words, places), len(t.body)) for t in tables]
    for name, heads, rows in (
        ("values", VALUE_HEADS, value_rows(build, words)),
        ("derivations", DERIVATION_HEADS, derivation_rows(build, words)),
        ("cells", CELL_HEADS, cell_rows(build, words)),
    ):
        listed.append(book.listing(said[name], [said[head] for head in heads], rows))
    counted = build.value(COUNT)
    numbers = sum(entry["u"] != TEXT for entry in build.values.values())
    tallies = numbers - int(counted["v"])
    how = said["how"].format(count=counted["txt"], tallies=tallies)
    write_cover(cover, edition, listed, said | {"how": how})
    return book.close()


def write_cover(
    sheet: Sheet,
    edition: Mapping[str, str],
    listed: Iterable[tuple[Sheet, int]],
    said: Mapping[str, str],
) -> None:
    """What the workbook is, and a linked list of its sheets with their numbers of rows."""
    sheet.text(0, 0, edition["title"], TITLE, spills=True)
    lines = [f"{edition['label']} · {edition['subtitle']}"]
    lines += [f"{said[name]} {edition[name]}" for name in ("published", "cutoff")]
    for row, line in enumerate(lines, start=1):
        sheet.text(row, 0, line, TOP, spills=True)
    sheet.text(5, 0, said["how"], WRAPPED)
    sheet.text(7, 0, said["sheet"], HEAD)
    sheet.text(7, 1, said["count"], HEAD)
    for row, (other, count) in enumerate(listed, start=8):
        sheet.link(row, 0, other.name, 0)
        sheet.text(row, 0, other.name, LINK)
        sheet.number(row, 1, Decimal(count))
    sheet.finish(kept=0)


def report_sheet(
    book: Spreadsheet,
    table: ReportTable,
    build: Build,
    words: Words,
    places: Mapping[str, int],
) -> Sheet:
    """A table of the report. ``places`` are the rows of the numbers in their own sheet."""
    said = words["workbook"]
    sheet = book.sheet(table.caption)
    sheet.text(0, 0, table.caption, TITLE, spills=True)
    rows = [*table.head, *table.body]
    width = max(map(len, rows), default=0)
    with_facts = ({n for n, c in enumerate(row) if c and c.facts} for row in table.body)
    identified = sorted(set[int]().union(*with_facts))
    for line, row in enumerate(rows, start=2):
        head = line < 2 + len(table.head)
        for column, cell in enumerate(row):
            number = numeric(cell, build) if cell and not head else None
            if cell and number:
                sheet.link(line, column, said["values"], places[cell.facts[0][0]])
                sheet.number(line, column, *number)
            elif cell:
                sheet.text(line, column, cell.text, HEAD if head else WRAPPED)
        for column, place in enumerate(identified, start=width + 1):
            text = ids_beside(row[place], said["ids"], head)
            sheet.text(line, column, text, HEAD if head else FAINT)
    used = [name for row in table.body for cell in row if cell for name, _ in cell.facts]
    for line, text in enumerate(documents_below(build, used, words), start=len(rows) + 3):
        sheet.text(line, 0, text, TOP, spills=True)
    sheet.finish(kept=2 + len(table.head))
    return sheet


def ids_beside(cell: PrintedCell | None, heading: str, head: bool) -> str:
    """The ids of the values in a cell, or what stands over such ids."""
    if cell is None:
        return ""
    return heading.format(cell.text) if head else " ".join(dict(cell.facts))


def documents_below(build: Build, value_ids: Iterable[str], words: Words) -> list[str]:
    """The documents that the values rest on, a line each, under their heading."""
    lines = []
    for row in build.documents(build.roots(value_ids)):
        grade = words["grade"][row["grade"]]
        parts = (row["title"], row["publisher"], row["published"], grade, row["url"])
        lines.append(" · ".join(filter(None, parts)))
    return [words["workbook"]["sources"], *lines] if lines else []


def numeric(cell: PrintedCell, build: Build) -> tuple[Decimal, str] | None:
    """The number that a table cell shows, and the format that shows it as printed.

    None when the cell holds anything but one number and words around it. The number is the exact
    value where the report prints that value rounded, else, as for 亿, the number as printed.
    """
    if len(cell.facts) != 1:
        return None
    value_id, printed = cell.facts[0]
    entry = build.value(value_id)
    before, _, after = cell.text.partition(printed)
    words = before + after
    plain, percent = ungrouped(printed).replace(MINUS, "-"), printed.endswith("%")
    digits = plain.removesuffix("%")
    try:
        shown = Decimal(digits).scaleb(-2 if percent else 0)
    except InvalidOperation:
        return None
    if entry["u"] == TEXT or '"' in words or any(character.isdigit() for character in words):
        return None
    exact = Decimal(entry["v"])
    decimals = len(digits.partition(".")[2])
    rounded = half_up(exact, decimals + 2 if percent else decimals)
    whole = "0" if ungrouped(printed) == printed else "#,##0"
    shape = whole + ("." + "0" * decimals if decimals else "") + ("%" if percent else "")
    first, last = (f'"{part}"' if part else "" for part in (before, after))
    return (exact if rounded == shown else shown), f"{first}{shape}{last}"


def value_rows(build: Build, words: Words) -> Iterator[Row]:
    """Every number: as printed, exact, how and from what it was made, and where it is printed."""
    printed_at: dict[str, list[str]] = {}
    for use in build.lineage["uses"]:
        printed_at.setdefault(use["v"], []).append(f"{use['sec']}#{use['anchor']}")
    more = words["workbook"]["more"]
    for name, entry in build.numbers.items():
        roots = build.roots_of(name, FEW)
        inputs = entry.get("in") or [cell.id for cell in build.cells(name)]
        titles, places = [row["title"] for row in roots.documents], printed_at.get(name, ())
        yield [
            name, entry["txt"], entry["v"], Decimal(entry["v"]), entry["u"],
            words["op"][entry["op"]],
            abridged(inputs, len(inputs), more),
            abridged(map(place_of, roots.first), roots.count, more),
            abridged(titles, len(titles), more),
            abridged(places, len(places), more),
        ]  # fmt: skip


def abridged(items: Iterable[str], count: int, more: str) -> str:
    """A list in one cell; the tail of a long one is replaced by the ``count`` of all."""
    tail = [more.format(count)] if count > FEW else []
    return "; ".join([*islice(items, FEW), *tail])


def place_of(cell: RawCell) -> str:
    """Where a raw cell stands: file, line and column."""
    return f"{cell.source.path}:{cell.line}:{cell.column}"


def derivation_rows(build: Build, words: Words) -> Iterator[Row]:
    """A row for each input of each computed value, inputs in the order of the operation."""
    for name, entry in build.made.items():
        cells = [(cell.id, cell.text) for cell in build.cells(name)]
        parents = [(parent, build.value(parent)["txt"]) for parent in build.inputs(name)]
        for order, inputs in enumerate(cells + parents, start=1):
            yield [name, words["op"][entry["op"]], order, *inputs]


def cell_rows(build: Build, words: Words) -> Iterator[Row]:
    """Every raw cell that a number rests on, with its row's qualifiers and its document."""
    register = build.sources[DOCUMENTS].rows

    def described(cell: RawCell) -> Row:
        row = said_of(cell.row, cell.column)
        _, document = register.get(cell.document, (0, {}))
        return [
            cell.id, cell.source.id, cell.source.path, cell.line, cell.key, cell.column, cell.text,
            row.get("unit", ""), row.get("comparator", ""),
            words["kind"].get(row.get("kind", ""), ""), row.get("as_of", ""),
            words["confidence"].get(row.get("grade", ""), ""), row.get("locator", ""),
            *(document.get(name, "") for name in ("title", "publisher", "published")),
            words["grade"].get(document.get("grade", ""), ""), document.get("url", ""),
        ]  # fmt: skip

    return map(described, build.roots(build.made))
