"""From a score of a result down to the cells of the data: lineage.json, read and told."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

from suyuan.core.errors import IndexFault, Problem
from suyuan.core.files import sha256
from suyuan.core.names import nearest
from suyuan.index.naming import AGGREGATION, NORMALISE, TREAT, called
from suyuan.index.origins import FORMAT, LINEAGE
from suyuan.results import wording

PARAMETERS = ("low", "optimum_low", "optimum_high", "high", "target")

BETWEEN = "/"  # node and unit
LISTED = 6  # columns that a line names
Cell = tuple[str, str]  # column and unit
Step = Mapping[str, Any]


class Tracer:
    """The lineage of a result in a folder."""

    def __init__(self, folder: Path) -> None:
        """Raises IndexFault: E591 where there is none, E592 where it is of another format."""
        self.folder = folder
        path = folder / LINEAGE
        if not path.is_file():
            raise IndexFault(Problem("E591", str(path)))
        try:
            self.said: Mapping[str, Any] = json.loads(path.read_bytes())
            known = self.said["format"] == FORMAT
        except (ValueError, KeyError, TypeError):
            known = False
        if not known:
            raise IndexFault(Problem("E592", str(path)))
        self.units: Sequence[str] = self.said["units"]
        self.place = {unit: place for place, unit in enumerate(self.units)}
        self.nodes: Mapping[str, Mapping[str, Any]] = self.said["nodes"]
        self.data = folder / self.said["data"]["path"]

    @cached_property
    def changed(self) -> bool:
        """Whether the copy of the data is no longer what the scores were made from."""
        return not self.data.is_file() or sha256(self.data) != self.said["data"]["sha256"]

    def asked(self, what: str) -> tuple[str, str]:
        """Node and unit of ``overall/Aster``; of ``Aster`` alone, the first root's.

        Raises IndexFault E590 where there is no such score.
        """
        if what in self.place:
            return self.said["roots"][0], what
        at = what.find(BETWEEN)
        while at >= 0:
            node, unit = what[:at], what[at + 1 :]
            if node in self.nodes and unit in self.place:
                return node, unit
            at = what.find(BETWEEN, at + 1)
        node, _, unit = what.rpartition(BETWEEN)
        node = node if node in self.nodes else nearest(node, self.nodes) or self.said["roots"][0]
        unit = nearest(unit, self.units) or self.units[0]
        details = {"nearest": f"{node}{BETWEEN}{unit}"}
        raise IndexFault(Problem("E590", str(self.folder / LINEAGE), 1, "", what, details))

    def cells(self, node: str, unit: str) -> set[Cell]:
        """Every cell that the score can depend on."""
        row, found = self.place[unit], set()
        for below in self._below(node):
            own = self.nodes[below]
            columns, everywhere = set(own.get("own", ())), set(own.get("all", ()))
            if row in self.said["lacking"].get(below, ()):
                columns |= set(own.get("filled_own", ()))
                everywhere |= set(own.get("filled_all", ()))
            found |= {(column, unit) for column in columns}
            found |= {(column, other) for column in columns for other in own.get("rows", ())}
            found |= {(column, other) for column in everywhere for other in self.units}
        return found

    def _below(self, node: str) -> Iterator[str]:
        yield node
        for child in self.nodes[node].get("in", ()):
            yield from self._below(child)

    def tree(self, node: str, unit: str) -> dict[str, Any]:
        """The score with how it was made, and the same of all that it was made from."""
        own, row = self.nodes[node], self.place[unit]
        found: dict[str, Any] = {
            "node": node, "unit": unit, "score": self.said["scores"][node][row], "how": own["how"],
        }  # fmt: skip
        if node in self.said["ranks"]:
            found["rank"] = self.said["ranks"][node][row]
            found["status"] = self.said["status"][node][row]
        if "in" in own:
            known = {
                child: weight
                for child, weight in own["in"].items()
                if self.said["scores"][child][row] is not None
            }
            total = sum(known.values())
            found["in"] = [
                {**self.tree(child, unit), "weight": weight,
                 "used": known[child] / total if total and child in known else 0.0}
                for child, weight in own["in"].items()
            ]  # fmt: skip
        else:
            told = ("direction", *PARAMETERS)
            found |= {key: own[key] for key in told if key in own}
            found["steps"] = [
                {"what": what, "before": before, "after": after}
                for leaf, other, what, before, after in self.said["changes"]
                if (leaf, other) == (node, unit)
            ]
            columns = [node, *(column for column in own["value"] if column != node)]
            found["cells"] = [self.cell(column, unit) for column in columns]
        return found

    def cell(self, column: str, unit: str) -> dict[str, Any]:
        """Where a cell stands, and what is written there."""
        row = self.place[unit]
        return {
            "file": self.data.as_posix(),
            "line": self.said["lines"][row],
            "column": self.said["columns"][column],
            "name": column,
            "value": self.said["cells"][column][row],
        }

    def others(self, node: str, unit: str) -> dict[str, list[str]]:
        """The cells that the score can depend on besides those of its tree: units by column."""
        shown = {
            (column, unit)
            for below in self._below(node)
            for column in self.nodes[below].get("value", ())
        }
        found: dict[str, list[str]] = {}
        left = self.cells(node, unit) - shown
        for column, other in sorted(left, key=lambda cell: (cell[0], self.place[cell[1]])):
            found.setdefault(column, []).append(other)
        return found


def answer(folder: Path, what: str, lang: str) -> tuple[str, bool]:
    """The answer for a terminal, and whether the data changed since. Raises as ``Tracer``."""
    tracer = Tracer(folder)
    node, unit = tracer.asked(what)
    return "\n".join(_Telling(tracer, lang).lines(node, unit)), tracer.changed


def traced(folder: Path, what: str) -> dict[str, Any]:
    """The tree of a score, the cells of other rows, and whether the data changed since."""
    tracer = Tracer(folder)
    node, unit = tracer.asked(what)
    others = tracer.others(node, unit)
    return {**tracer.tree(node, unit), "others": others, "changed": tracer.changed}


def as_json(folder: Path, what: str) -> tuple[str, bool]:
    """The same as JSON, and whether the data changed since."""
    found = traced(folder, what)
    changed: bool = found.pop("changed")
    return json.dumps(found, ensure_ascii=False, indent=2), changed


class _Telling:
    def __init__(self, tracer: Tracer, lang: str) -> None:
        self.tracer, self.lang, self.words = tracer, lang, wording.words(lang)

    def lines(self, node: str, unit: str) -> Iterator[str]:
        if self.tracer.changed:
            yield self.words["data_changed"].format(file=self.tracer.data.as_posix())
        yield from self._tree(self.tracer.tree(node, unit), "", "", f"{node}{BETWEEN}{unit}")
        if others := self.tracer.others(node, unit):
            yield from self._others(others)

    def _tree(self, own: Step, stem: str, rest: str, name: str) -> Iterator[str]:
        yield f"{stem}{name} = {self._score(own['score'])}{self._head(own)}"
        branches = [*own.get("in", ()), *own.get("steps", ()), *own.get("cells", ())]
        for place, branch in enumerate(branches, start=1):
            last = place == len(branches)
            before, after = ("└─ ", "   ") if last else ("├─ ", "│  ")
            if "node" in branch:
                name = f"{self._weight(branch)} × {branch['node']}"
                yield from self._tree(branch, rest + before, rest + after, name)
            elif "what" in branch:
                ends = {
                    key: self.words["empty"] if value is None else wording.number(value)
                    for key in ("before", "after")
                    for value in [branch[key]]
                }
                changed = self.words["changed"].format(
                    what=called(TREAT, branch["what"], self.lang), **ends
                )
                yield f"{rest}{before}{changed}"
            else:
                yield f"{rest}{before}{self._cell(branch)}"

    def _head(self, own: Step) -> str:
        if "in" not in own:
            better = self.words["up" if own["direction"] > 0 else "down"]
            told = [called(NORMALISE, own["how"], self.lang), better]
            told += [f"{key} {own[key]:g}" for key in PARAMETERS if key in own]
            return f"  ({', '.join(told)})"
        told = [called(AGGREGATION, own["how"], self.lang)]
        if own["rank"] is not None:
            told.append(f"{self.words['rank'].lower()} {wording.rank(own['rank'])}")
        elif own["status"] != "ranked":
            told.append(self.words[f"is_{own['status']}"])
        return f"  ({', '.join(told)})"

    def _score(self, value: float | None) -> str:
        return self.words["no_score"] if value is None else wording.number(value)

    def _weight(self, branch: Step) -> str:
        """The weight on paper, and the one in use where something beside it is missing."""
        said, used = f"{branch['weight']:.4g}", f"{branch['used']:.4g}"
        return said if said == used else self.words["reweighted"].format(paper=said, used=used)

    def _cell(self, cell: Step) -> str:
        written = cell["value"] or self.words["empty"]
        return f"{cell['file']}:{cell['line']}:{cell['column']}  {cell['name']}: {written}"

    def _others(self, others: Mapping[str, list[str]]) -> Iterator[str]:
        yield self.words["others"]
        groups: dict[tuple[str, ...], list[str]] = {}
        for column, units in others.items():
            groups.setdefault(tuple(units), []).append(column)
        for rows, columns in groups.items():
            named = ", ".join(columns[:LISTED])
            if len(columns) > LISTED:
                named = self.words["and_more"].format(named=named, count=len(columns) - LISTED)
            every = len(rows) >= len(self.tracer.units) - 1
            said = self.words["every_row"] if every and len(rows) > LISTED else ", ".join(rows)
            yield f"  {named}: {said}"
