"""Panel: what report.html carries so that a reader can trace any number without a request.

In: the content of lineage.json, the raw tables it cites, the codebook and the words. Out: one JSON
object for the script that draws the panel, and a visible mark on each number whose inputs call
for caution.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

from suyuan.codebook import Codebook
from suyuan.files import dump_json
from suyuan.tables import keyed_rows
from suyuan.values import TEXT

Words = Mapping[str, Mapping[str, str]]
Entry = Mapping[str, Any]
Dater = Callable[[str], str]
Row = tuple[int, dict[str, str]]

DOCUMENTS = "sources"  # the raw table that registers the documents
WEAK_DOCUMENT = "C"
ROW_SAYS = ("unit", "comparator", "kind", "as_of", "grade", "locator", "note", "carried_from")
DOCUMENT_SAYS = ("title", "publisher", "published", "grade", "url")
# What calls for caution: flag, column of the raw row, the texts that raise it (None: any).
CAUTIONS: tuple[tuple[str, str, frozenset[str] | None], ...] = (
    ("judged", "kind", frozenset({"judged"})),
    ("forecast", "kind", frozenset({"forecast"})),
    ("target", "kind", frozenset({"target"})),
    ("unverified", "kind", frozenset({"claim"})),
    ("weak", "grade", frozenset({"low"})),
    ("carried", "carried_from", None),
)
WORDS = (
    "panel", "flag", "sign", "op", "operator", "comparator", "kind", "grade", "confidence",
)  # fmt: skip
ORDER = [flag for flag, _, _ in CAUTIONS]
COUNTING = frozenset({"count", "figure", "table"})  # how many there are, whatever they say
FACT = re.compile(r'(<(\w+)[^<>]*?) data-fact="([^"]*)"')


@dataclass(frozen=True)
class Sources:
    """The raw tables that a lineage cites, each read when first asked for.

    ``titles`` are the tables' names for readers. Raises DataError where a file cannot be read.
    """

    root: Path
    listed: Mapping[str, Entry]
    titles: Mapping[str, str]
    _read: dict[str, dict[str, Row]] = field(default_factory=dict)

    @classmethod
    def of(cls, root: Path, lineage: Entry, titles: Mapping[str, str]) -> Sources:
        return cls(root, {source["id"]: source for source in lineage["sources"]}, titles)

    def rows(self, table: str) -> Mapping[str, Row]:
        """Line number and cells by key; empty for a table that the lineage does not list."""
        if table not in self._read:
            about = self.listed.get(table)
            found = about and keyed_rows(self.root / about["path"], about["path"], about["key"][0])
            self._read[table] = found or {}
        return self._read[table]

    def text(self, table: str, key: str, column: str) -> str:
        """A cell, '' where there is none."""
        _, cells = self.rows(table).get(key, (0, {}))
        return cells.get(column, "")

    def cautions(self, table: str, key: str) -> set[str]:
        """Flags of a raw row; the register of documents describes, it asserts nothing."""
        if table == DOCUMENTS:
            return set()
        _, cells = self.rows(table)[key]
        flags = {
            flag
            for flag, column, texts in CAUTIONS
            if (text := cells.get(column)) and (texts is None or text in texts)
        }
        document = cells.get("source_id", "")
        weak = self.text(DOCUMENTS, document, "grade") == WEAK_DOCUMENT
        return flags | {"weak"} if weak else flags


def reachable(values: Mapping[str, Entry], wanted: Iterable[str]) -> set[str]:
    """``wanted`` and everything they were made from."""
    seen: set[str] = set()
    todo = list(wanted)
    while todo:
        value_id = todo.pop()
        if value_id not in seen:
            seen.add(value_id)
            todo += values[value_id].get("in", ())
    return seen


def cautions(values: Mapping[str, Entry], sources: Sources) -> dict[str, list[str]]:
    """Flags of every value: those of its raw rows, and of what it was computed from.

    A count does not depend on what the counted say, so it has none.
    """
    known: dict[str, set[str]] = {}

    def flags(value_id: str) -> set[str]:
        if value_id not in known:
            entry = values[value_id]
            cells = [(table, key) for table, _, keys in entry.get("src", ()) for key in keys]
            own = set().union(*(sources.cautions(table, key) for table, key in cells))
            parents = () if entry["op"] in COUNTING else entry.get("in", ())
            known[value_id] = own.union(*(flags(parent) for parent in parents))
        return known[value_id]

    return {value_id: sorted(flags(value_id), key=ORDER.index) for value_id in values}


def name_of(
    value_id: str, entry: Entry, sources: Sources, book: Codebook, words: Words, date: Dater
) -> str:
    """A number's name for readers: subject, indicator, and what tells it from its siblings."""
    subject, *codes = value_id.split(".")
    own = words["subject"].get(subject) if entry.get("in") else None

    def named(code: str) -> str:
        if code in book.indicators:
            return book.indicators[code].name
        tier = sources.text("tiers", code.removeprefix("tier_"), "name")
        return sources.text("subjects", code, "name") or tier or date(code)

    others = [words["qualifier"].get(code) or named(code) for code in codes]
    return " ".join([own or named(subject), *others])


def contents(
    lineage: Entry, sources: Sources, codebook: Codebook, words: Words, date: Dater
) -> dict[str, Any]:
    """The embedded object: values in use and their ancestors, rows, documents and words.

    ``date`` puts a period in words and gives any other text back.

    ``values[id]``: ``txt``, ``v`` where it differs, ``op``, ``in`` (ids), ``src`` (row number,
    column, and the cell where it differs from ``v``), ``flags``; of numbers also ``name``, ``unit``
    as printed after ``txt``, rounding ``half`` width, and ``u``, the unit of ``v`` and ``half``.
    ``rows[n]``: table, line, key and what the row says. Nothing empty is written.
    """
    values: Mapping[str, Entry] = lineage["values"]
    flags = cautions(values, sources)
    places: dict[tuple[str, str], int] = {}

    def cells(entry: Entry) -> list[list[Any]]:
        found = []
        for table, column, keys in entry.get("src", ()):
            for key in keys:
                place = places.setdefault((table, key), len(places))
                text = sources.text(table, key, column)
                found.append([place, column] if text == entry["v"] else [place, column, text])
        return found

    def described(value_id: str) -> dict[str, Any]:
        entry = values[value_id]
        v = entry["v"] if entry["v"] != entry["txt"] else ""
        about = {"txt": entry["txt"], "v": v, "op": entry["op"], "flags": flags[value_id]}
        about |= {"in": entry.get("in", ()), "src": cells(entry)}
        if entry["u"] != TEXT:
            half = entry.get("half", "0")
            half = half if Decimal(half) else ""
            about |= {
                "name": name_of(value_id, entry, sources, codebook, words, date),
                "unit": codebook.suffix(value_id.split(".")[1]),
                "half": half,
                "u": codebook.units[entry["u"]].suffix if v or half else "",
            }
        return {key: said for key, said in about.items() if said}

    used = sorted(reachable(values, (use["v"] for use in lineage["uses"])))
    shown = {value_id: described(value_id) for value_id in used}
    rows = [_row(table, key, sources) for table, key in places]
    cited = sorted({row["document"] for row in rows if "document" in row})
    tables = sorted({table for table, _ in places})
    return {
        "words": {group: words[group] for group in WORDS},
        "values": shown,
        "rows": rows,
        "tables": {
            table: {
                "path": sources.listed[table]["path"],
                "title": sources.titles[table],
                "key": sources.listed[table]["key"][0],
            }
            for table in tables
        },
        "documents": {document: _document(document, sources) for document in cited},
    }


def _row(table: str, key: str, sources: Sources) -> dict[str, Any]:
    line, cells = sources.rows(table)[key]
    said = {column: cells[column] for column in ROW_SAYS if cells.get(column)}
    document = cells.get("source_id") if table != DOCUMENTS else key
    return (
        {"table": table, "line": line, "key": key}
        | said
        | ({"document": document} if document else {})
    )


def _document(document: str, sources: Sources) -> dict[str, str]:
    said = {column: sources.text(DOCUMENTS, document, column) for column in DOCUMENT_SAYS}
    return {column: text for column, text in said.items() if text}


def embedded(content: Mapping[str, Any]) -> str:
    """``content`` as JSON that may stand in a ``<script>`` element: no ``<`` can end it."""
    return dump_json(content).replace("<", "\\u003c")


def marked(html: str, flags: Callable[[str], Iterable[str]], words: Words) -> str:
    """Finished HTML in which each flagged number carries its flags, their signs and their words.

    ``flags`` tells them by value id.
    """

    def mark(found: re.Match[str]) -> str:
        start, tag, value_id = found.groups()
        raised = list(flags(value_id))
        if not raised:
            return found[0]
        sign = "".join(words["sign"][flag] for flag in raised)
        said = words["panel"]["and"].join(words["flag"][flag] for flag in raised)
        title = f' title="{said}"' if tag == "data" else ""
        attributes = f' data-flags="{" ".join(raised)}" data-sign="{sign}"{title}'
        return f'{start} data-fact="{value_id}"{attributes}'

    return FACT.sub(mark, html)
