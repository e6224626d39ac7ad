"""Statements about a company and the evidence beside them: references, and the gate that asks.

A table of statements has the columns ``STATED``; each of its rows lists, in ``evidence``, rows of
the evidence register that are about the same subject. A reference is the number of such a row,
which is its place in the register, as a link to where the register is printed, and the grade of
the document that it comes from.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from xml.etree.ElementTree import Element

from markupsafe import Markup

from suyuan.contract.citations import EVIDENCE
from suyuan.contract.tables import Records
from suyuan.core.errors import Problem
from suyuan.core.names import slug
from suyuan.lineage.reads import ALL
from suyuan.page.gates import Gate, Placed
from suyuan.page.printer import Printer
from suyuan.page.prose import INLINE
from suyuan.page.tree import has_class

SUBJECT, TEXT = "subject_id", "text"
STATED = frozenset({SUBJECT, TEXT, EVIDENCE})
Tables = Mapping[str, tuple[str, Records]]  # primary key and rows by table name


def keys_of(cells: Mapping[str, str]) -> list[str]:
    """The evidence ids that a row lists."""
    return [key for key in cells[EVIDENCE].split(";") if key]


def anchor_of(key: str) -> str:
    """The id of the place where the register prints a row."""
    return f"{EVIDENCE}-{slug(key)}"


def number_of(printer: Printer, key: str) -> Markup:
    """The number of a row of the register. Raises ProseError E302 where there is none."""
    own, rows = printer.tables[EVIDENCE]
    printer.ledger.note(EVIDENCE, ALL)  # its place is its number
    for place, row in enumerate(rows, 1):
        if row[own] == key:
            return Markup("<span data-ordinal>E{:03}</span>").format(place)
    raise printer.unnamed(f"{EVIDENCE}.{key}")


def references(printer: Printer, keys: Sequence[str]) -> Markup:
    """Number and grade of each of those rows of the register, '' for none."""
    own, rows = printer.tables[EVIDENCE]
    sources = {row[own]: row["source_id"] for row in rows}
    found = []
    for key in keys:
        if key not in sources:
            raise printer.unnamed(f"{EVIDENCE}.{key}")
        link = Markup('<a class="{}" href="#{}">{}</a>·{}')
        grade = printer.fact(f"sources.grade.{sources[key]}")
        found.append(link.format(EVIDENCE, anchor_of(key), number_of(printer, key), grade))
    whole = Markup('<span class="references">[{}]</span>')
    return whole.format(Markup(" ").join(found)) if found else Markup("")


def cited(tables: Tables) -> Gate:
    """A gate that holds every printed statement about a company to its evidence.

    E368 for one whose row lists none, E369 for evidence of another subject, E370 for a statement
    without the reference in its own paragraph, item or cell.
    """
    stated = {
        name: {row[key]: row for row in rows}
        for name, (key, rows) in tables.items()
        if rows and rows[0].keys() >= STATED
    }
    own, rows = tables.get(EVIDENCE, ("", []))
    subjects = {row[own]: row[SUBJECT] for row in rows}

    def check(elements: Sequence[Placed]) -> Iterator[Problem]:
        for place, holder in elements:
            if holder.tag in INLINE:
                continue
            inside = list(_running(holder))
            links = {e.get("href") for e in inside if has_class(e, EVIDENCE)}
            for element in inside:
                table, _, rest = element.get("data-fact", "").partition(".")
                column, _, key = rest.partition(".")
                if column == TEXT and table in stated:
                    yield from _problems(place, key, stated[table][key], links)

    def _problems(
        place: str, key: str, row: Mapping[str, str], links: set[str | None]
    ) -> Iterator[Problem]:
        if not (listed := keys_of(row)):
            yield Problem("E368", place, 1, "1", key)
        for one in listed:
            if subjects[one] != row[SUBJECT]:
                yield Problem("E369", place, 1, "1", key, {"other": one})
            elif f"#{anchor_of(one)}" not in links:
                yield Problem("E370", place, 1, "1", key, {"other": one})

    return check


def _running(holder: Element) -> Iterator[Element]:
    """The elements of a block's running text, without those of blocks inside it."""
    for child in holder:
        if child.tag in INLINE:
            yield child
            yield from _running(child)
