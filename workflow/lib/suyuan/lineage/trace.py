"""Trace: from a number as printed, or an id, down to raw cells and their sources."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from suyuan.core.errors import LookupFailed, Problem
from suyuan.core.files import read_json
from suyuan.core.layout import Layout
from suyuan.core.numbers import MINUS
from suyuan.lineage.facets import Facets, said_of
from suyuan.lineage.forms import written
from suyuan.lineage.graph import Entries, folded
from suyuan.lineage.operation import Operations

Entry = Mapping[str, Any]


@dataclass(frozen=True)
class Tracer:
    """A lineage file, with the raw tables it cites read when first asked for."""

    root: Path
    lineage: Mapping[str, Any]
    operations: Operations
    _nodes: dict[str, dict[str, Any]] = field(default_factory=dict)

    @cached_property
    def _uses(self) -> dict[str, list[Entry]]:
        found: dict[str, list[Entry]] = {}
        for use in self.lineage["uses"]:
            found.setdefault(use["v"], []).append(use)
        return found

    @cached_property
    def _cited(self) -> Facets:
        return Facets.of(self.root, self.lineage)

    @classmethod
    def open(cls, layout: Layout, operations: Operations) -> Tracer:
        """The published report's lineage. Raises LookupFailed E201 when there is none."""
        path = layout.report / "lineage.json"
        if not path.is_file():
            raise LookupFailed(Problem("E201", layout.name(path), 1, "1", layout.edition))
        return cls(layout.root, read_json(path), operations)

    def find(self, text: str) -> list[str]:
        """Ids that ``text`` names: an id itself, or every value printed so.

        Raises LookupFailed E200 when there is none.
        """
        values = self.lineage["values"]
        if text in values:
            return [text]
        wanted = text.strip()
        wanted = MINUS + wanted[1:] if wanted.startswith("-") else wanted
        found = [name for name, entry in values.items() if entry["txt"] == wanted]
        if not found:
            file = f"report/{self.lineage['edition']}/lineage.json"
            raise LookupFailed(Problem("E200", file, 1, "1", text))
        return found

    def cell(self, source: str, column: str, key: str) -> dict[str, Any]:
        """A raw cell: file, line, row key, column, value as printed, and the cited document."""
        entry = self._cited.listed[source]
        line, cells = self._cited.rows(source)[key]
        found = {
            "file": entry["path"], "line": line, "sha256": entry["sha256"], "row": key,
            "column": column, "value": cells[column],
        }  # fmt: skip
        found |= said_of(cells, column)
        if document := self._cited.document(source, key):
            found["source"] = self._cited.about(document)
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
        if "src" in entry:
            node["cells"] = [
                self.cell(source, column, key)
                for source, column, keys in entry["src"]
                for key in keys
            ]
        if parents:
            node["in"] = list(parents)
            form = self.operations[entry["op"]].form
            if shown := written(form, [parent["txt"] for parent in parents]):
                node["shown"] = shown
        node["uses"] = self._uses.get(value_id, [])
        return node


SEEN = "↑"  # after a value whose own tree stands further up


def lines(node: Mapping[str, Any]) -> Iterator[str]:
    """A tree as text for the terminal; what a value was made from is written once."""
    seen: set[str] = set()
    todo = [(node, "", "")]  # with what stands before its first line, and before all others
    while todo:
        own, stem, rest = todo.pop()
        if "file" in own:
            first, *others = _cell_lines(own)
            yield stem + first
            yield from (rest + line for line in others)
            continue
        yield f"{stem}{_head(own)}{f' {SEEN}' if own['id'] in seen else ''}"
        if own["id"] in seen:
            continue
        if "in" in own:
            seen.add(own["id"])
        branches = [*own.get("cells", ()), *own.get("in", ())]
        todo += [(branch, f"{rest}└─ ", f"{rest}   ") for branch in branches[-1:]]
        todo += [(branch, f"{rest}├─ ", f"{rest}│  ") for branch in branches[:-1][::-1]]


def _head(node: Mapping[str, Any]) -> str:
    """Id, number and operation of a value, with the parents' numbers put in where it has a form."""
    unit = "" if node["u"] in {"1", "text"} else f" {node['u']}"
    exact = "" if node["v"] == node["txt"] else f" ({node['v']})"
    shown = f" {node['shown']}" if "shown" in node else ""
    return f"{node['id']} = {node['txt']}{exact}{unit}  [{node['op']}]{shown}"


def _cell_lines(cell: Mapping[str, Any]) -> Iterator[str]:
    printed = " ".join(cell[part] for part in ("value", "unit") if part in cell)
    marks = [
        cell[part]
        for part in ("comparator", "kind", "evidence_grade", "as_of", "locator")
        if part in cell
    ]
    yield f"{cell['file']}:{cell['line']}  {cell['row']}.{cell['column']} = {printed}"
    if marks:
        yield f"   {' · '.join(marks)}"
    yield from (f"   {cell[part]}" for part in ("rationale", "evidence") if part in cell)
    if source := cell.get("source"):
        about = [
            source[part] for part in ("publisher", "published", "grade", "url") if part in source
        ]
        yield f"   《{source['title']}》 {' · '.join(about)}"
