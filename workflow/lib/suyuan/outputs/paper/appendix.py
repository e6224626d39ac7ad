"""The trace appendix of the PDF: where each printed number comes from, in small type.

One entry per value that the body prints, under the section or table that prints it first; the
cells of one raw row share an entry. Links from the body lead here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from markupsafe import Markup

from suyuan.core.names import TRACE_ENTRY, slug
from suyuan.lineage.file import Use
from suyuan.lineage.names import Names
from suyuan.lineage.value import TEXT, Cell, Value
from suyuan.page.exhibits import Table
from suyuan.page.gates import TRACE
from suyuan.page.page import Page
from suyuan.page.sections import Section

MOST = 12  # parents or rows an entry lists; lineage.json lists them all


@dataclass(frozen=True)
class Part:
    """A parent as the appendix prints it: its text and where its own entry is, if it has one."""

    name: str
    txt: str
    anchor: str


@dataclass(frozen=True)
class Entry:
    """A value or a raw row: what it is, how it was made, and the rows it goes back to."""

    anchor: str
    name: str
    txt: str
    op: str
    parts: tuple[Part, ...] = ()
    roots: str = ""

    @property
    def origin(self) -> tuple[str, tuple[Part, ...], str]:
        """How it was made and from what."""
        return self.op, self.parts, self.roots


@dataclass
class Group:
    """The entries of one section or table."""

    label: Markup
    entries: list[Entry] = field(default_factory=list)

    @property
    def values(self) -> list[list[Entry]]:
        """The entries of values; those of one origin, as the results of one analysis, together."""
        found: dict[tuple[str, tuple[Part, ...], str], list[Entry]] = {}
        for entry in self.entries:
            if entry.txt:
                found.setdefault(entry.origin, []).append(entry)
        return list(found.values())


def anchor_of(value: Value) -> str:
    """The appendix anchor of a value; texts of one row share the row's."""
    if value.op == "text":
        (cell,) = value.src
        return f"{TRACE_ENTRY}{slug(cell.source)}--{slug(cell.key)}"
    return f"{TRACE_ENTRY}{slug(value.id)}"


def cells_in_words(page: Page, cells: Sequence[Cell]) -> str:
    """Row keys by table, each table with the documents it cites."""
    tables: dict[str, list[Cell]] = {}
    for cell in cells:
        tables.setdefault(cell.source, []).append(cell)
    if sum(map(len, tables.values())) > MOST:
        return page.words["page"]["many_cells"].format(
            cells=sum(map(len, tables.values())), tables="、".join(tables)
        )
    parts = []
    for name, found in tables.items():
        documents = dict.fromkeys(filter(None, map(page.origins.document_of, found)))
        cited = f"（{'、'.join(documents)}）" if documents else ""
        parts.append(f"{name}:{'、'.join(cell.key for cell in found)}{cited}")
    return "；".join(parts)


def _name_of(names: Names, value: Value) -> str:
    """A number's name; '' for a text, which says itself."""
    return "" if value.op == TEXT else names.of(value.id, derived=bool(value.parents))


def _entry(page: Page, names: Names, value: Value, used: set[str]) -> Entry:
    ledger, op = page.ledger, page.words["op"][value.op]
    if value.op == "text":
        (cell,) = value.src
        return Entry(anchor_of(value), cell.key, "", op, (), cells_in_words(page, [cell]))
    parents = [ledger[parent] for parent in value.parents]
    parts = tuple(
        Part(_name_of(names, parent), parent.txt, anchor_of(parent) if parent.id in used else "")
        for parent in parents
        if len(parents) <= MOST
    )
    followed = bool(parts) and all(part.anchor for part in parts)  # their entries name the rows
    roots = "" if followed else cells_in_words(page, ledger.roots(value.id))
    return Entry(anchor_of(value), value.id, value.txt, op, parts, roots)


def _is_printed(page: Page, use: Use) -> bool:
    value = page.ledger[use.v]
    if value.op == "figure":
        return True
    return use.kind != "mark" and any(map(str.isdigit, value.txt))


def _place_labels(page: Page) -> Iterator[tuple[str, Markup]]:
    """The value of each use with the table or section that prints it, in reading order."""
    tables = [exhibit for exhibit in page.exhibits if isinstance(exhibit, Table)]
    for place, use in enumerate(_before(page)):
        table = next((table for table in tables if place in table.uses), None)
        yield use.v, table.label(page) if table else Section(use.sec).ordinal


def _before(page: Page) -> list[Use]:
    """What the page printed before the appendix."""
    return page.uses[: page.slots[TRACE]]


def groups(page: Page) -> list[Group]:
    """Every number printed before the appendix, once, under the place that prints it first.

    Texts without a digit have no entry, nor have the marks of a figure: the figure has one.
    """
    used = {use.v for use in _before(page) if _is_printed(page, use)}
    names = page.names()
    seen: set[str] = set()
    found: dict[str, Group] = {}
    for value_id, label in _place_labels(page):
        value = page.ledger[value_id]
        anchor = anchor_of(value)
        if anchor in seen or value_id not in used:
            continue
        seen.add(anchor)
        group = found.setdefault(str(label), Group(label))
        group.entries.append(_entry(page, names, value, used))
    return list(found.values())
