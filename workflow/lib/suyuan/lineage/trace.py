"""Trace: from a value down to its raw cells and their sources, as they were when it was made."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from suyuan.contract.citations import Row
from suyuan.core.errors import DataError, LookupFailed, Problem
from suyuan.core.files import digest, read_json
from suyuan.core.layout import Layout
from suyuan.lineage.facets import Facets, said_of
from suyuan.lineage.forms import written
from suyuan.lineage.graph import Entries, folded
from suyuan.lineage.operation import Operations
from suyuan.lineage.value import TEXT

Entry = Mapping[str, Any]


@dataclass(frozen=True)
class Tracer:
    """A lineage file, with the raw tables it cites read when first asked for.

    ``copies`` is the folder that holds the tables as they were when the report was made: the
    delivered report, or the project itself where it has none.
    """

    root: Path
    copies: Path
    lineage: Mapping[str, Any]
    operations: Operations
    _nodes: dict[str, dict[str, Any]] = field(default_factory=dict)

    @classmethod
    def open(cls, layout: Layout, operations: Operations) -> Tracer:
        """The published report's lineage. Raises LookupFailed E201 when there is none."""
        path = layout.report / "lineage.json"
        if not path.is_file():
            raise LookupFailed(Problem("E201", layout.name(path), 1, "1", layout.edition))
        lineage = read_json(path)
        tables = [entry["path"] for entry in lineage["sources"] if entry["key"]]
        kept = all((layout.report / path).is_file() for path in tables)
        copies = layout.report if kept else layout.root
        return cls(layout.root, copies, lineage, operations)

    @cached_property
    def uses(self) -> Mapping[str, Sequence[Entry]]:
        """Where the report prints each value."""
        found: dict[str, list[Entry]] = {}
        for use in self.lineage["uses"]:
            found.setdefault(use["v"], []).append(use)
        return found

    @cached_property
    def facets(self) -> Facets:
        """The rows as they were when the report was made, where that is kept."""
        return Facets.of(self.copies, self.lineage)

    @cached_property
    def _live(self) -> Facets:
        return Facets.of(self.root, self.lineage)

    @cached_property
    def changed(self) -> Mapping[str, str]:
        """Files that are no longer what the report was made from, by the id of the source."""
        layout = Layout(self.root, self.lineage["edition"])
        return {
            entry["id"]: entry["path"]
            for entry in self.lineage["sources"]
            if not (file := self.root / entry["path"]).is_file()
            or digest(layout.read(file)) != entry["sha256"]
        }

    def cell(
        self, source: str, column: str, key: str, recorded: str | None = None
    ) -> dict[str, Any]:
        """A raw cell: file, line, row key, column, value as printed, and the cited document.

        Where the file changed since, ``now`` is what stands there today, None for a row that is
        gone. ``recorded`` is the cell's text as the value knows it, if it does.
        """
        entry, made = self.facets.listed[source], _row(self.facets, source, key)
        found = {
            "file": entry["path"], "line": made[0] if made else 0, "sha256": entry["sha256"],
            "row": key, "column": column, "value": made[1].get(column, "") if made else "",
        }  # fmt: skip
        if source in self.changed:
            live = _row(self._live, source, key)
            if self.copies == self.root and recorded is not None:
                found["value"] = recorded
            now = live[1].get(column) if live else None
            found |= {} if now == found["value"] else {"now": now}
        if made is None:
            return found
        found |= said_of(made[1], column)
        if document := self.facets.document(source, key):
            found["source"] = self.facets.about(document)
        return found

    def tree(self, value_id: str) -> dict[str, Any]:
        """The value, how it was made, and the same for everything it was made from.

        A value that several others were made from is one node, which all of them hold.
        """
        return folded(Entries(self.lineage["values"]), value_id, self._nodes, self._node)

    def _node(self, value_id: str, parents: Sequence[dict[str, Any]]) -> dict[str, Any]:
        entry: Entry = self.lineage["values"][value_id]
        node = {"id": value_id, "v": entry["v"], "u": entry["u"], "txt": entry["txt"]}
        node |= {"op": entry["op"]}
        if "via" in entry:
            node["via"] = list(entry["via"])
        if "src" in entry:
            recorded = entry["v"] if entry["op"] == TEXT else entry.get("printed")
            node["cells"] = [
                self.cell(source, column, key, recorded)
                for source, column, keys in entry["src"]
                for key in keys
            ]
        if parents:
            node["in"] = list(parents)
            form = self.operations[entry["op"]].form
            if shown := written(form, [parent["txt"] for parent in parents]):
                node["shown"] = shown
        node["uses"] = list(self.uses.get(value_id, ()))
        return node


def _row(facets: Facets, source: str, key: str) -> Row | None:
    """Line and cells of a row; None where the row or its file is gone."""
    try:
        return facets.rows(source).get(key)
    except DataError:
        return None
