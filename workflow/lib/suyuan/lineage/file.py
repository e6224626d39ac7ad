"""lineage.json: the values, their sources, and where the report uses them (lineage/2)."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import chain
from pathlib import Path
from typing import Any, TypeAlias, TypeVar

from suyuan.contract.codebook import Codebook
from suyuan.core.files import digest, dump_json, parsed_yaml, sha256
from suyuan.lineage.graph import Graph, ancestry
from suyuan.lineage.ledger import Ledger
from suyuan.lineage.operation import Operations
from suyuan.lineage.reads import Group
from suyuan.lineage.texts import Texts
from suyuan.lineage.value import Value

T = TypeVar("T")
FORMAT = "lineage/2"
KEPT = 20_000  # values that are held after they were read
VALUES, CLOSED = '\n"values": {\n', "\n}"  # around the part of the values, a value a line


@dataclass(frozen=True)
class Use:
    """One place where the report prints a value; kind is text, cell or mark."""

    v: str
    sec: str
    anchor: str
    kind: str


Pieces: TypeAlias = Iterable[str]  # of a text: it may be long, and is put together once


def _lines(entries: Mapping[str, Any]) -> Pieces:
    """A JSON object with one entry per line: readable, and diffs show single values."""
    return _lines_of(entries, entries.__getitem__)


def _lines_of(names: Iterable[str], entry: Callable[[str], Any]) -> Pieces:
    """The same of entries that are made one after the other, since all of them are many."""
    between = "{\n"
    for name in sorted(names):
        yield f"{between}{dump_json(name)}:{dump_json(entry(name))}"
        between = ",\n"
    yield "{\n\n}" if between == "{\n" else "\n}"


def _list(entries: Iterable[Any]) -> Pieces:
    return ["[\n" + ",\n".join(map(dump_json, entries)) + "\n]"]


def _parts(parts: Mapping[str, Pieces]) -> str:
    """A JSON object of parts that are JSON already, one after the other."""
    opened = ("{\n", *(",\n",) * (len(parts) - 1))
    found = (
        chain((f'{before}"{key}": ',), pieces)
        for before, (key, pieces) in zip(opened, parts.items(), strict=True)
    )
    return "".join(chain(chain.from_iterable(found), ("\n}\n",)))


def dump_groups(groups: Iterable[Group], graph: Graph) -> Pieces:
    """What was read, by the name of the reading.

    A value that another one of its group was made from is left out: that one leads to it.
    """
    entries = {}
    for group in groups:
        above = ancestry(graph, (parent for own in group.values for parent in graph.parents(own)))
        entries[group.name] = group.to_json(value for value in group.values if value not in above)
    return _lines(entries)


def dump_rows(rows: Mapping[tuple[str, str], Sequence[str]]) -> Pieces:
    """The columns of its own row that decide a recorded value, by table and column of its cell."""
    found: dict[str, dict[str, list[str]]] = {}
    for (table, column), columns in rows.items():
        found.setdefault(table, {})[column] = list(columns)
    return _lines(found)


def dump_ledger(ledger: Ledger) -> str:
    """The ledger as JSON, one value per line, sorted by id, without the texts of cells."""
    return _parts(
        {
            "rows": dump_rows(ledger.rows),
            "via": dump_groups(ledger.groups.values(), ledger),
            "values": _values((value.id for value in ledger.made), ledger),
        }
    )


def _values(names: Iterable[str], ledger: Ledger) -> Pieces:
    return _lines_of(names, lambda name: ledger.parent(name).to_json())


def load_ledger(path: Path, codebook: Codebook, operations: Operations, texts: Texts) -> Ledger:
    """The ledger that ``dump_ledger`` wrote, with the texts of cells that it rests on."""
    entries = read_lines(path.read_text(encoding="utf-8"))
    return Ledger(
        codebook,
        operations,
        entries["values"].each(Value.from_json),
        (Group.from_json(name, entry) for name, entry in entries["via"].items()),
        rows_from_json(entries["rows"]),
        texts,
    )


def rows_from_json(
    entries: Mapping[str, Mapping[str, Sequence[str]]],
) -> dict[tuple[str, str], Sequence[str]]:
    """What ``dump_rows`` wrote."""
    return {
        (table, column): columns
        for table, own in entries.items()
        for column, columns in own.items()
    }


def source_entry(source: str, path: Path, name: str, key: str) -> dict[str, Any]:
    """What lineage.json says of a source table: where it lies, its digest, rows and key."""
    with path.open(encoding="utf-8-sig", errors="replace", newline="") as lines:
        rows = sum(1 for row in csv.reader(lines) if any(row)) - 1
    return {"id": source, "path": name, "sha256": sha256(path), "rows": rows, "key": [key]}


def yaml_entry(source: str, content: bytes, name: str) -> dict[str, Any]:
    """The same of a YAML file: its rows are what stands on its first level, and it has no key.

    A cell of it is a key of the first level (as column) and a key below it (as row).
    """
    return {
        "id": source, "path": name, "sha256": digest(content),
        "rows": len(parsed_yaml(content)), "key": [],
    }  # fmt: skip


def dump_lineage(
    edition: str,
    code: Mapping[str, str],
    config_sha256: str,
    sources: Iterable[Mapping[str, Any]],
    ledger: Ledger,
    kept: Collection[str],
    claims: Mapping[str, Mapping[str, Any]],
    uses: Iterable[Use],
) -> str:
    """The whole lineage file as text, with the values whose ids are ``kept``."""
    cited = {name for value_id in kept for name in ledger.via(value_id)}
    cited |= {name for claim in claims.values() for name in claim.get("via", ())}
    return _parts(
        {
            "format": [dump_json(FORMAT)],
            "edition": [dump_json(edition)],
            "code": [dump_json(code)],
            "config_sha256": [dump_json(config_sha256)],
            "sources": _list(sources),
            "rows": dump_rows(ledger.rows),
            "via": dump_groups((g for g in ledger.groups.values() if g.name in cited), ledger),
            "values": _values(kept, ledger),
            "claims": _lines(claims),
            "uses": _list(map(asdict, uses)),
        }
    )


class Lines(Mapping[str, str]):
    """The lines of the part of a text that holds the values, each cut out when it is asked for."""

    def __init__(self, text: str, start: int, stop: int) -> None:
        self._text = text
        self._starts: dict[str, int] = {}
        while start < stop:
            end = text.index("\n", start)
            at = text.index('":', start, end)
            self._starts[text[start + 1 : at]] = at + len('":')
            start = end + 1

    def __getitem__(self, name: str) -> str:
        start = self._starts[name]
        return self._text[start : self._text.index("\n", start)].rstrip(",")

    def __contains__(self, name: object) -> bool:
        return name in self._starts

    def __iter__(self) -> Iterator[str]:
        return iter(self._starts)

    def __len__(self) -> int:
        return len(self._starts)


class Entries(Mapping[str, Any]):
    """The values of a lineage file by id, each read from its line when it is first asked for.

    A report has thousands of values and a question is about few; where two files are compared,
    most lines are the same.
    """

    def __init__(self, lines: Mapping[str, str]) -> None:
        self._lines = lines
        self._read: dict[str, dict[str, Any]] = {}

    def __getitem__(self, value_id: str) -> dict[str, Any]:
        if value_id not in self._read:
            if len(self._read) >= KEPT:  # of a walk over everything, not all is kept
                self._read.clear()
            self._read[value_id] = json.loads(self._lines[value_id])
        return self._read[value_id]

    def __contains__(self, value_id: object) -> bool:
        return value_id in self._lines

    def __iter__(self) -> Iterator[str]:
        return iter(self._lines)

    def __len__(self) -> int:
        return len(self._lines)

    def each(self, make: Callable[[str, dict[str, Any]], T]) -> Iterator[T]:
        """What ``make`` makes of each entry, none of which is held."""
        return (make(name, json.loads(line)) for name, line in self._lines.items())

    def line(self, value_id: str) -> str | None:
        """The JSON of a value as it is written, None where there is none."""
        return self._lines.get(value_id)


def read_lines(text: str) -> dict[str, Any]:
    """A lineage file whose values are ``Entries``. Raises ValueError for what is no JSON.

    It is read as ``_lines`` wrote it, a value a line; a file in another shape is read whole.
    """
    start = text.find(VALUES)
    stop = text.find(CLOSED, start + len(VALUES))
    if start < 0 or stop < 0:
        document: dict[str, Any] = json.loads(text)
        lines: Mapping[str, str] = {k: dump_json(entry) for k, entry in document["values"].items()}
    else:
        document = json.loads(f"{text[:start]}{VALUES.rstrip()}}}{text[stop + len(CLOSED) :]}")
        lines = Lines(text, start + len(VALUES), stop)
    return document | {"values": Entries(lines)}
