"""Panel: what report.html carries so that a reader can trace any number without a request.

In: the content of lineage.json, the raw tables it cites, the codebook and the words. Out: one JSON
object for the script that draws the panel, and a visible mark on each number whose inputs call
for caution.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any
from xml.etree.ElementTree import Element, SubElement

from suyuan.contract.codebook import Codebook
from suyuan.contract.words import Words
from suyuan.core.files import dump_json
from suyuan.diff.before import Before
from suyuan.domain.operations import OPERATIONS
from suyuan.lineage.facets import DOCUMENTS, JUDGED, NUMBERS, ROW, Facets, codes, in_order
from suyuan.lineage.forms import LONGEST, Parts
from suyuan.lineage.graph import ancestry, folded
from suyuan.lineage.leading import Leading, printed
from suyuan.lineage.names import Names
from suyuan.lineage.value import TEXT

Entry = Mapping[str, Any]
CONTENTS = "contents"  # the id of the page's contents
WHOLLY = "data-cautioned"  # of a drawing: every mark calls for caution

CLAIM_SAYS = ("txt", "outcome", "robust", "margin", "margin_range", "test")
WORDS = (
    "panel", "flag", "sign", "op", "test", "outcome", "comparator", "kind", "grade", "confidence",
)  # fmt: skip


def cautions(
    values: Mapping[str, Entry], wanted: Collection[str], facets: Facets
) -> dict[str, list[str]]:
    """Flags of the ``wanted`` values: those of their raw rows, and of what they were computed from.

    A count does not depend on what the counted say, so it has none.
    """
    known: dict[str, set[str]] = {}

    def flags(value_id: str, inherited: Sequence[set[str]]) -> set[str]:
        entry = values[value_id]
        cells = [(table, key) for table, _, keys in entry.get("src", ()) for key in keys]
        own: set[str] = set().union(*(facets.cautions(table, key) for table, key in cells))
        own |= {JUDGED} & {entry.get("kind")}  # weights and ratings, whatever their rows say
        counts = bool(inherited) and OPERATIONS[entry["op"]].counting
        return own if counts else own.union(*inherited)

    graph = Leading(values)
    for value_id in wanted:
        folded(graph, value_id, known, flags)
    return {value_id: in_order(known[value_id]) for value_id in wanted}


@dataclass(frozen=True)
class Embedding:
    """What the embedded object is made from, and the raw rows it has come upon so far."""

    lineage: Entry
    facets: Facets
    titles: Mapping[str, str]  # the tables' names for readers
    book: Codebook
    words: Words
    names: Names
    _places: dict[tuple[str, str], int] = field(default_factory=dict)  # row numbers
    _columns: dict[str, dict[str, None]] = field(default_factory=dict)  # cited, by table

    def contents(self) -> dict[str, Any]:
        """The embedded object.

        ``ids`` and ``values`` are the numbers in use and whatever they were made from. A value has
        ``txt``, ``v`` where it differs, ``name``, ``text`` where it is no number, ``unit`` as
        printed after ``txt``, rounding ``half`` width, ``u`` as the unit of ``v`` and ``half``,
        ``op``, and ``src`` (row number and column) or ``in`` with ``flags``: a parent is a number
        of ``ids`` or, as a text is its cell, ``row.column``; ``rest`` says how many parents of a
        large count are not embedded. ``forms`` are those of operations, by name and number of
        parents. ``rows[n]`` is table number, line, key and the cells of the table's ``columns``;
        ``flags`` are those of rows, by their numbers; ``numbers`` are the columns of numbers.
        Nothing empty is written.
        """
        values: Mapping[str, Entry] = self.lineage["values"]
        claims = {name: one for name, one in self.lineage["claims"].items() if one.get("uses")}
        used = sorted(ancestry(Leading(values), printed(self.lineage)))
        ids = [value_id for value_id in used if not self._is_cell(value_id)]
        number = {value_id: place for place, value_id in enumerate(ids)}

        embedded = set(used)

        def reference(value_id: str) -> int | str | None:
            if value_id not in embedded:
                return None
            if value_id in number:
                return number[value_id]
            ((row, column),) = self._cells(values[value_id])
            return f"{row}.{column}"

        for value_id in used:
            self._cells(values[value_id])  # rows of texts in use, parents or not
        raised = cautions(values, used, self.facets)
        shown = [self._value(value_id, reference, raised[value_id]) for value_id in ids]
        tables = list(dict.fromkeys(table for table, _ in self._places))
        known = codes(self.facets.rows(DOCUMENTS))
        documents = {self.facets.document(table, key) for table, key in self._places}
        return {
            "words": {group: self.words[group] for group in WORDS},
            "numbers": NUMBERS,
            "forms": self._forms(ids),
            "ids": ids,
            "values": shown,
            "claims": {name: self._claim(claims[name], reference) for name in sorted(claims)},
            "tables": [self._table(table) for table in tables],
            "rows": [self._row(table, key, tables.index(table)) for table, key in self._places],
            "flags": {
                place: " ".join(flags)
                for (table, key), place in self._places.items()
                if (flags := in_order(self.facets.cautions(table, key)))
            },
            "documents": {
                document: {"code": known[document], **self.facets.about(document)}
                for document in sorted(documents - {""})
            },
        }  # fmt: skip

    def since(self, before: Before | None) -> dict[str, Any]:
        """``before``: its label, and by id what it printed, main causes with shares, how many more.

        Nothing without an edition before.
        """
        if before is None:
            return {}
        values = {name: changed.to_json() for name, changed in sorted(before.values.items())}
        return {"before": {"label": before.label, "values": values}}

    def _forms(self, ids: Iterable[str]) -> dict[str, dict[int, Parts]]:
        """How operations are written for so many parents: signs, and the places of parents."""
        found: dict[str, dict[int, Parts]] = {}
        for value_id in ids:
            entry = self.lineage["values"][value_id]
            count = len(entry.get("in", ()))
            if 0 < count <= LONGEST and (parts := OPERATIONS[entry["op"]].form(count)):
                found.setdefault(entry["op"], {})[count] = parts
        return found

    def _is_cell(self, value_id: str) -> bool:
        """Whether a value is the text of the cell that its id names."""
        entry = self.lineage["values"][value_id]
        if entry["op"] != TEXT:
            return False
        ((table, column, (key,)),) = entry["src"]
        return value_id == f"{table}.{column}.{key}"

    def _cells(self, entry: Entry) -> list[tuple[int, str]]:
        """Row number and column of each raw cell that a value cites."""
        found = []
        for table, column, keys in entry.get("src", ()):
            self._columns.setdefault(table, {})[column] = None
            found += [
                (self._places.setdefault((table, key), len(self._places)), column) for key in keys
            ]
        return found

    def _value(
        self, value_id: str, reference: Callable[[str], int | str | None], flags: Sequence[str]
    ) -> dict[str, Any]:
        entry = self.lineage["values"][value_id]
        v = entry["v"] if entry["v"] != entry["txt"] else ""
        about: dict[str, Any] = {"txt": entry["txt"], "v": v, "op": entry["op"]}
        if "in" in entry:
            known = [one for p in entry["in"] if (one := reference(p)) is not None]
            rest = len(entry["in"]) - len(known)
            about |= {"in": known, "rest": rest, "flags": " ".join(flags)}
        about["src"] = self._cells(entry)
        about["name"] = self.names.of(value_id, derived="in" in entry)
        if entry["u"] == TEXT:
            about["text"] = 1
        else:
            half = entry.get("half", "0")
            half = half if Decimal(half) else ""
            about |= {
                "unit": self.book.suffix(value_id.split(".")[1]),
                "half": half,
                "u": self.book.units[entry["u"]].suffix if v or half else "",
            }
        return {key: said for key, said in about.items() if said}

    def _claim(self, claim: Entry, reference: Callable[[str], int | str | None]) -> dict[str, Any]:
        units = self.book.units
        unit = units[claim["unit"]].suffix if claim["unit"] in units else claim["unit"]
        said = {key: claim[key] for key in CLAIM_SAYS}
        return said | {"unit": unit, "in": [reference(fact) for fact in claim["in"]]}

    def _said(self, table: str) -> list[str]:
        """Columns of a table that the panel may show."""
        return list(dict.fromkeys([*ROW, *sorted(self._columns[table])]))

    def _table(self, table: str) -> dict[str, Any]:
        about = self.facets.listed[table]
        return {
            "name": table, "path": about["path"], "title": self.titles[table],
            "key": about["key"][0], "columns": self._said(table),
        }  # fmt: skip

    def _row(self, table: str, key: str, number: int) -> list[Any]:
        line, cells = self.facets.rows(table)[key]
        row = [number, line, key, *(cells.get(column, "") for column in self._said(table))]
        while row[-1] == "":
            row.pop()
        return row


def mark_changed(tree: Element, changed: Container[str]) -> None:
    """Mark each number and text that is another one than in the edition before."""
    for element in tree.iter():
        if element.get("data-fact") in changed and "data-claim" not in element.attrib:
            element.set("data-changed", "")


def embedded(content: Mapping[str, Any]) -> str:
    """``content`` as JSON that may stand in a ``<script>`` element: no ``<`` can end it."""
    return dump_json(content).replace("<", "\\u003c")


def mark(tree: Element, flags: Mapping[str, list[str]], words: Words) -> None:
    """Give each flagged number of a page the signs of its flags, and their words.

    ``flags`` are those of numbers, by value id. The words of a claim get none: the numbers in them
    have. A figure all of whose marks have flags says so itself.
    """
    for element in tree.iter():
        raised = flags.get(element.get("data-fact", ""))
        if raised and "data-claim" not in element.attrib:
            element.set("data-sign", "".join(words["sign"][flag] for flag in raised))
            if element.tag == "data":
                said = (words["flag"][flag] for flag in raised)
                element.set("title", words["panel"]["and"].join(said))
    for graphic in tree.iter("data"):
        marks = [one for one in graphic.iter() if "data-fact" in one.attrib and one is not graphic]
        if marks and all("data-sign" in one.attrib for one in marks):
            graphic.set(WHOLLY, "")


def explain(tree: Element, words: Words) -> None:
    """Say below the contents what the signs beside the numbers mean, where there are any."""
    given = "".join(element.get("data-sign", "") for element in tree.iter())
    raised = [flag for flag in words["flag"] if words["sign"][flag] in given]
    if not raised:
        return
    contents = next(element for element in tree.iter("nav") if element.get("id") == CONTENTS)
    legend = SubElement(contents, "div", {"class": "legend"})
    SubElement(legend, "p").text = words["panel"]["legend"]
    signs = SubElement(legend, "dl")
    for flag in raised:
        pair = SubElement(signs, "div")
        SubElement(SubElement(pair, "dt"), "span", {"class": "sign"}).text = words["sign"][flag]
        SubElement(pair, "dd").text = words["flag"][flag]
