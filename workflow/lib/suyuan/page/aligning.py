"""Decimal points below each other: a column of numbers with unlike decimals is padded by class.

``short-2`` lacks two digits behind its point, ``whole-2`` these and the point; the styles know how
wide digits are. No character is added, so a cell reads as before.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from suyuan.page.tree import has_class, text_of

_NUMBER = re.compile(r"\D*?[−-]?\d[\d,]*(?:\.(?P<decimals>\d+))?(?P<percent>%?)")
MOST = 4  # digits that the styles can pad


def align(tree: Element) -> None:
    """Mark the numbers of every table's columns that have fewer decimals than others there."""
    for table in tree.iter("table"):
        columns: dict[int, list[tuple[Element, re.Match[str]]]] = defaultdict(list)
        for column, cell in _cells(table):
            number = _NUMBER.fullmatch(text_of(cell).strip())
            if number and has_class(cell, "n"):
                columns[column].append((cell, number))
        for found in columns.values():
            if len({number["percent"] for _, number in found}) == 1:
                _pad(found)


def _cells(table: Element) -> Iterator[tuple[int, Element]]:
    """The body's cells with the columns that they begin in; none spans rows."""
    for row in table.iterfind("tbody/tr"):
        column = 0
        for cell in row:
            yield column, cell
            column += int(cell.get("colspan", "1"))


def _pad(found: list[tuple[Element, re.Match[str]]]) -> None:
    most = max(len(number["decimals"] or "") for _, number in found)
    for cell, number in found:
        lacks = min(most - len(number["decimals"] or ""), MOST)
        if lacks:
            kind = "short" if number["decimals"] else "whole"
            cell.set("class", f"{cell.get('class')} {kind}-{lacks}")
