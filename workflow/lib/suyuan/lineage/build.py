"""A finished build read back: what it says of its numbers, for every export.

lineage.json says what each value was made from; the raw tables it cites hold the cells. Nothing
here computes: exports place what was computed before.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from suyuan.contract.citations import EVIDENCE, cited
from suyuan.contract.tables import parsed, read_raw
from suyuan.core.errors import Problem, StaleBuild, UnknownValue
from suyuan.core.files import digest
from suyuan.core.layout import Layout
from suyuan.lineage.beneath import Beneath
from suyuan.lineage.facets import CITING, DOCUMENTS
from suyuan.lineage.file import read_lines
from suyuan.lineage.graph import downward
from suyuan.lineage.leading import Leading, counts_many, listed
from suyuan.lineage.value import TEXT, Cell


@dataclass(frozen=True)
class CitedTable:
    """A raw or configuration table as it lies in its file."""

    id: str
    path: str
    key: str
    header: tuple[str, ...]
    rows: Mapping[str, tuple[int, Mapping[str, str]]]  # line number and cells, by key


@dataclass(frozen=True)
class RawCell:
    """A cell of a source: where it stands, and what its row says."""

    source: CitedTable
    column: str
    key: str

    @property
    def id(self) -> str:
        """``<source>.<column>.<key>``: a name for the cell that survives reordered rows."""
        return f"{self.source.id}.{self.column}.{self.key}"

    @property
    def line(self) -> int:
        """Line of the file, the header being line 1."""
        return self.source.rows[self.key][0]

    @property
    def place(self) -> int:
        """Column of the file, counted from 1."""
        return self.source.header.index(self.column) + 1

    @property
    def row(self) -> Mapping[str, str]:
        return self.source.rows[self.key][1]

    @property
    def text(self) -> str:
        """The cell as the file has it."""
        return self.row[self.column]

    @cached_property
    def document(self) -> str:
        """Id of the cited document; '' where the row cites none."""
        return self.row.get(CITING, "") if self.source.id != DOCUMENTS else ""


@dataclass(frozen=True)
class Roots:
    """The cells that a value rests on in the end: the first ones in the order of inputs."""

    first: Sequence[RawCell]
    count: int
    documents: Sequence[Mapping[str, str]]  # that all of them cite, as the register has them


@dataclass(frozen=True)
class Build:
    """A build's lineage and the tables it cites.

    ``afresh`` are texts that stand for files of the project, by their names: computed afresh.
    """

    lineage: Mapping[str, Any]
    sources: Mapping[str, CitedTable]
    afresh: Mapping[str, str] = field(default_factory=dict, repr=False)
    _citing: dict[int, Sequence[Mapping[str, str]]] = field(default_factory=dict, repr=False)
    _known: dict[Cell, RawCell] = field(default_factory=dict, repr=False)  # a cell is one object

    @classmethod
    def open(cls, layout: Layout) -> Build:
        """The build of ``layout``. Raises StaleBuild E180 for a source changed since."""
        path = layout.build / "lineage.json"
        return cls.of(layout, read_lines(path.read_text(encoding="utf-8")))

    @classmethod
    def of(
        cls, layout: Layout, lineage: Mapping[str, Any], afresh: Mapping[str, str] | None = None
    ) -> Build:
        """The same for a lineage file that has been read."""
        sources = {}
        for entry in lineage["sources"]:
            path = layout.root / entry["path"]
            if not path.is_file() or digest(layout.read(path)) != entry["sha256"]:
                raise StaleBuild(Problem("E180", entry["path"]))
            if not entry["key"]:
                continue  # a YAML file: it has no rows to cite
            raw, key = read_raw(path, entry["path"]), entry["key"][0]
            records = (
                (line, dict(zip(raw.header, cells, strict=True))) for line, cells in raw.records
            )
            by_key = {cells[key]: (line, cells) for line, cells in records}
            header = tuple(raw.header)
            sources[entry["id"]] = CitedTable(entry["id"], entry["path"], key, header, by_key)
        if EVIDENCE in sources:
            register = {name: cells for name, (_, cells) in sources[EVIDENCE].rows.items()}
            for name, source in sources.items():
                if EVIDENCE in source.header:
                    rows = {
                        k: (line, cited(row, register)) for k, (line, row) in source.rows.items()
                    }
                    sources[name] = replace(source, rows=rows)
        return cls(lineage, sources, afresh or {})

    def data(self, layout: Layout, path: Path) -> bytes:
        """The content of a file of the project, as made afresh where it was."""
        text = self.afresh.get(layout.name(path))
        return layout.read(path) if text is None else text.encode()

    def header(self, layout: Layout, path: Path) -> Sequence[str]:
        """The columns of a table of the project."""
        name = layout.name(path)
        text = self.afresh.get(name)
        return (read_raw(path, name) if text is None else parsed(text, name)).header

    @property
    def edition(self) -> Mapping[str, str]:
        """The row that describes the edition: title, dates."""
        return self.sources["edition"].rows[self.lineage["edition"]][1]

    @property
    def values(self) -> Mapping[str, Mapping[str, Any]]:
        return self.lineage["values"]

    @cached_property
    def _listed(self) -> dict[str, Mapping[str, Any]]:
        return {name: self.values[name] for name in listed(self.lineage)}

    @property
    def numbers(self) -> dict[str, Mapping[str, Any]]:
        """The numeric values that exports list, by id."""
        return {name: entry for name, entry in self._listed.items() if entry["u"] != TEXT}

    @property
    def made(self) -> dict[str, Mapping[str, Any]]:
        """The same and the texts that were computed, by id."""
        return {name: entry for name, entry in self._listed.items() if entry["op"] != TEXT}

    def inputs(self, value_id: str) -> list[str]:
        """Ids of the values that a value was made from, of a very large count those listed."""
        entry = self.value(value_id)
        parents = entry.get("in", ())
        return [p for p in parents if p in self._listed] if counts_many(entry) else list(parents)

    def value(self, value_id: str) -> Mapping[str, Any]:
        """The entry of a value. Raises UnknownValue."""
        try:
            return self._listed.get(value_id) or self.values[value_id]
        except KeyError:
            raise UnknownValue(value_id) from None

    def cells(self, value_id: str) -> list[RawCell]:
        """The cells that a value itself was read from."""
        return [self._cell(cited) for cited in self._own(value_id)]

    def roots(self, value_ids: Iterable[str]) -> list[RawCell]:
        """The cells that the values rest on in the end, each once, in the order of inputs."""
        return [self._cell(cited) for cited in dict.fromkeys(self._below(value_ids))]

    def roots_of(self, value_id: str, few: int) -> Roots:
        """Those of one value, of which the first ``few`` are named and all are counted."""
        found, first = self._beneath(value_id), dict[Cell, None]()
        for own in self._below([value_id]):
            if len(first) >= few:
                break
            first[own] = None
        if found not in self._citing:
            self._citing[found] = self.documents(map(self._cell, self._beneath.things(found)))
        return Roots([*map(self._cell, first)], found.bit_count(), self._citing[found])

    @cached_property
    def _leading(self) -> Leading:
        return Leading(self._listed)

    @cached_property
    def _beneath(self) -> Beneath[Cell]:
        return Beneath(self._leading, self._own)

    def _below(self, value_ids: Iterable[str]) -> Iterator[Cell]:
        return (cited for name in downward(self._leading, value_ids) for cited in self._own(name))

    def _own(self, value_id: str) -> Iterator[Cell]:
        for source, column, keys in self.value(value_id).get("src", ()):
            yield from (Cell(source, column, key) for key in keys)

    def _cell(self, cited: Cell) -> RawCell:
        if cited not in self._known:
            self._known[cited] = RawCell(self.sources[cited.source], cited.column, cited.key)
        return self._known[cited]

    def documents(self, cells: Iterable[RawCell]) -> list[Mapping[str, str]]:
        """The documents that the cells' rows cite, in the order of the source register."""
        cited = {cell.document for cell in cells}
        return [row for key, (_, row) in self.sources[DOCUMENTS].rows.items() if key in cited]
