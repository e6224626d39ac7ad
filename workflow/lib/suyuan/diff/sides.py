"""A side of a comparison: a report with the data it was made from, read as it lies.

What is delivered to report/<edition>/ is complete in itself, so a published copy is a side as well
as an edition at hand or one at an older revision.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from suyuan.contract.codebook import Codebook
from suyuan.contract.tables import keyed, parsed, raw_text
from suyuan.core.errors import LookupFailed, Problem
from suyuan.core.files import digest, dump_json, read_yaml
from suyuan.core.layout import Layout
from suyuan.lineage.file import FORMAT, KEPT, Entries, read_lines
from suyuan.lineage.names import NAME
from suyuan.lineage.reads import ALL
from suyuan.lineage.value import Value

LINEAGE, HTML = "lineage.json", "report.html"
EDITION = "edition"  # the table whose one row is keyed by the edition

Row = Mapping[str, str]
Rows = Mapping[str, Row]  # by key


@dataclass(frozen=True)
class Side:
    """A report and its data: ``name`` is how it was asked for.

    ``folder`` is what the paths of the sources are relative to, ``made`` where the lineage and
    the page lie: the same for a delivered report, root and build/<edition>/ for one that was
    built and not delivered. ``text`` is the lineage where it is at hand before it is written.
    """

    name: str
    folder: Path
    made: Path
    text: str = field(default="", repr=False)

    @classmethod
    def open(cls, name: str, folder: Path, made: Path | None = None) -> Side:
        """Read a side, all its files as they were when it was made.

        Raises LookupFailed: E390 for no lineage of this format, E391 for a source that is not the
        one that the lineage was made from.
        """
        side = cls(name, folder, made or folder)
        try:
            fitting = side.lineage.get("format") == FORMAT
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            fitting = False
        if not fitting:
            raise side._unfit()
        layout = Layout(folder, side.edition)
        for entry in side.lineage["sources"]:
            source = folder / entry["path"]
            if not source.is_file() or digest(layout.read(source)) != entry["sha256"]:
                raise LookupFailed(Problem("E391", entry["path"], value=name))
        return side

    def _unfit(self) -> LookupFailed:
        return LookupFailed(Problem("E390", self.name, value=FORMAT))

    @cached_property
    def lineage(self) -> Mapping[str, Any]:
        text = self.text or (self.made / LINEAGE).read_text(encoding="utf-8")
        return read_lines(text)

    @property
    def edition(self) -> str:
        edition: str = self.lineage["edition"]
        return edition

    @property
    def html(self) -> Path:
        return self.made / HTML

    @property
    def figures(self) -> Path:
        return self.folder / "figures" / self.edition

    @cached_property
    def sources(self) -> dict[str, Mapping[str, Any]]:
        """Entries of the source files by id."""
        return {entry["id"]: entry for entry in self.lineage["sources"]}

    @cached_property
    def _opened(self) -> dict[str, Rows]:
        return {}

    def rows(self, source: str) -> Rows:
        """Rows of a source, '' rows of one that this side does not have.

        A YAML file has a row for each key of its second level, with one cell in the column that
        its first level names, as the lineage cites it.
        """
        if source not in self._opened:
            self._opened[source] = self._read(source)
        return self._opened[source]

    def _read(self, source: str) -> Rows:
        if source not in self.sources:
            return {}
        entry = self.sources[source]
        if not entry["key"]:
            return _yaml_rows(read_yaml(self.folder / entry["path"]))
        return _by_key(self._lines(source), entry)

    def _lines(self, source: str) -> list[str]:
        """Lines of a table, the header first; no cell holds a line end."""
        entry = self.sources[source]
        return raw_text(self.folder / entry["path"], entry["path"]).split("\n")

    def rows_apart(self, source: str, other: Side) -> Rows:
        """The rows of a source that do not stand in the other side's file letter for letter.

        Of a large table that is nearly all alike, only these are ever read into cells.
        """
        if not all(side.sources.get(source, {}).get("key") for side in (self, other)):
            return self.rows(source)
        header, *lines = self._lines(source)
        its, *known = other._lines(source)
        if header == its:
            same = set(known)
            lines = [line for line in lines if line not in same]
        return _by_key([header, *lines], self.sources[source])

    @cached_property
    def named(self) -> list[str]:
        """The tables whose rows have names."""
        return [
            name
            for name, entry in self.sources.items()
            if entry["key"] and NAME in self._lines(name)[0].split(",")
        ]

    @cached_property
    def codebook(self) -> Codebook:
        return Codebook.from_tables(
            *(list(self.rows(name).values()) for name in ("indicators", "units"))
        )

    @property
    def values(self) -> Entries:
        """Entries of the values by id."""
        values: Entries = self.lineage["values"]
        return values

    @property
    def groups(self) -> Mapping[str, Mapping[str, Any]]:
        """What was read, by the name of the reading."""
        groups: Mapping[str, Mapping[str, Any]] = self.lineage["via"]
        return groups

    @cached_property
    def _made(self) -> dict[str, Value]:
        return {}

    def value(self, value_id: str) -> Value | None:
        """The value, None where this side has none.

        Raises LookupFailed E390 for an entry that a hand has made no value of.
        """
        if value_id not in self._made:
            if value_id not in self.values:
                return None
            if len(self._made) >= KEPT:
                self._made.clear()
            try:
                self._made[value_id] = Value.from_json(value_id, self.values[value_id])
            except (ArithmeticError, KeyError, TypeError, ValueError) as error:
                raise self._unfit() from error
        return self._made[value_id]


def _by_key(lines: Sequence[str], entry: Mapping[str, Any]) -> Rows:
    """Rows of a table by key."""
    table = keyed(parsed("\n".join(lines), entry["path"]), entry["key"][0])
    return {key: cells for key, (_, cells) in table.items()}


def _yaml_rows(document: Any) -> Rows:
    found: dict[str, dict[str, str]] = {}
    for first, below in document.items():
        entries = below if isinstance(below, Mapping) else {ALL: below}
        for second, what in entries.items():
            found.setdefault(str(second), {})[str(first)] = dump_json(what)
    return found
