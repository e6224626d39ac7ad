"""Registers on paper, as lists of references are set: two records beside each other, run on.

A table whose head cells say by ``data-said`` how their column reads in a sentence is condensed: a
record keeps its first cell, all that follows becomes one, and two records make a row. An address is
shown by its host and leads to the whole; the screen shows it in full.
"""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element, SubElement

from suyuan.page.tree import Part, has_class, parts_of, put, text_of

SAID = "data-said"  # of a head cell: {} stands for what the cell holds
ADDRESS = "address"
HEAD = "head"  # of a cell that stands for its row
BESIDE = 2  # records in a row


def condense(table: Element) -> None:
    """Set the records of a register beside each other; any other table stays as it is."""
    head = table.find("thead/tr")
    if head is None or not any(SAID in cell.attrib for cell in head):
        return
    patterns = [cell.get(SAID, "{}").partition("{}") for cell in head][1:]
    first, *others = [text_of(cell) for cell in head]
    names = (first, "、".join(others)) * BESIDE
    put(head, [_cell("th", name, scope="col") for name in names])
    for body in table.iterfind("tbody"):
        records = [_record(row, patterns) for row in body]
        starts = range(0, len(records), BESIDE)
        put(body, [_row(*records[start : start + BESIDE]) for start in starts])


def thin_heads(table: Element) -> None:
    """Make plain cells of the heads of rows where a table would have more heads than cells.

    A reader of the page aloud hears the head of each row before each cell: with one cell in a row,
    or none as in the title of a group, it would hear all things twice.
    """
    rows = table.findall("tbody/tr")
    heads = len(table.findall(".//th"))
    many = heads > sum(len(row.findall("td")) for row in rows)
    for row in rows:
        for cell in row.findall("th") if many or has_class(row, "group") else ():
            cell.tag = "td"
            cell.attrib.pop("scope", None)
            cell.set("class", f"{cell.get('class', '')} {HEAD}".strip())


def _record(row: Element, patterns: Sequence[tuple[str, str, str]]) -> list[Element]:
    """The first cell of a record, and one for all others that say something; addresses last."""
    first, *others = row
    said: list[Part] = []
    addresses: list[Part] = []
    for cell, (before, _, after) in zip(others, patterns, strict=True):
        if not any(map(str.isalnum, text_of(cell))):
            continue
        said.append(before)
        for part in parts_of(cell):
            if isinstance(part, str):
                said.append(part.removesuffix(" "))
            elif has_class(part, ADDRESS):
                addresses += [" ", _shortened(part)]
            else:
                said.append(part)
        said.append(after)
    return [first, _cell("td", *said, *addresses)]


def _row(*records: list[Element]) -> Element:
    row = Element("tr")
    row.extend(cell for record in records for cell in record)
    for _ in range((BESIDE - len(records)) * 2):
        SubElement(row, "td")
    return row


def _cell(tag: str, *parts: Part, **attributes: str) -> Element:
    cell = Element(tag, attributes)
    put(cell, parts)
    return cell


def _shortened(address: Element) -> Element:
    """An address by its host, as a link to the whole."""
    whole = text_of(address)
    link = Element("a", {"class": ADDRESS, "href": whole})
    link.text = urlsplit(whole).netloc
    return link
