"""lineage.json of a result: every score down to the cells of the data (index-lineage/1).

Scores and cells are columns in the order of ``units``; docs/index.md describes the format.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import numpy as np

from suyuan.core.files import sha256, write_text
from suyuan.index.kept import INPUTS, WORKBOOK
from suyuan.index.reach import Reach, Reaches
from suyuan.index.run import OutputFile, Run
from suyuan.index.scoring import method_of

FORMAT = "index-lineage/1"
LINEAGE = "lineage.json"


def document(run: Run, folder: Path) -> dict[str, Any]:
    """The whole of it; the inputs lie in ``folder``."""
    reaches, index, data = Reaches(run), run.index, run.data
    book = run.inputs.data.suffix.casefold() == WORKBOOK
    name = f"{INPUTS}/data{WORKBOOK if book else '.csv'}"
    columns = [column for column in data.frame if column in data.columns]
    return {
        "format": FORMAT,
        "data": {"path": name, "name": run.inputs.data.name, "sha256": sha256(folder / name)},
        "roots": list(index.tree.roots),
        "units": [str(unit) for unit in data.frame.index],
        "lines": [data.lines[unit] for unit in data.frame.index],
        "columns": {column: data.columns[column] for column in columns},
        "cells": {column: _texts(run, column) for column in columns},
        "nodes": {node: _node(run, reaches, node) for node in index.tree.nodes},
        "scores": {node: _numbers(index.aggregates.scores[node]) for node in index.tree.nodes},
        "ranks": {node: _numbers(index.ranks[node]) for node in index.ranks},
        "status": {node: list(index.status[node]) for node in index.status},
        "lacking": {
            leaf: np.flatnonzero(own).tolist() for leaf, own in reaches.lacking.items() if own.any()
        },
        "changes": [
            [row.indicator, str(row.unit), row.what, *_numbers([row.before, row.after])]
            for row in index.log.itertuples()
        ],
    }


def _texts(run: Run, column: str) -> list[str]:
    given = run.data.texts.get(column)
    if given is not None:
        return [str(text) for text in given]
    return ["" if value != value else str(value) for value in run.data.frame[column]]  # noqa: PLR0124


def _numbers(values: Iterable[float]) -> list[float | None]:
    return [float(value) if np.isfinite(value) else None for value in values]


def _node(run: Run, reaches: Reaches, node: str) -> Mapping[str, Any]:
    tree, own = run.index.tree, run.index.tree.nodes[node]
    if children := tree.children(node):
        shares = dict(zip(children, map(float, tree.shares(node)), strict=True))
        found = {"how": own.aggregation, "in": shares}
        return found | ({"all": sorted(whole)} if (whole := reaches.whole(node)) else {})
    method = method_of(own, run.recipe.normaliser)
    named = method.parameters(own)
    return {"how": method.name, "direction": own.direction, **named, **_reach(reaches.leaves[node])}


def _reach(reach: Reach) -> Mapping[str, Any]:
    found: dict[str, Any] = {"value": sorted(reach.value), "own": sorted(reach.own)}
    for key in ("all", "filled_own", "filled_all"):
        if columns := getattr(reach, key):
            found[key] = sorted(columns)
    return found | ({"rows": list(reach.rows)} if reach.rows else {})


def text(document: Mapping[str, Any]) -> str:
    """JSON with a line per key, and per entry of a mapping."""
    parts = []
    for key, value in document.items():
        if isinstance(value, dict):
            inner = ",\n".join(f"{_json(name)}: {_json(own)}" for name, own in value.items())
            parts.append(f"{_json(key)}: {{\n{inner}\n}}")
        else:
            parts.append(f"{_json(key)}: {_json(value)}")
    return "{\n" + ",\n".join(parts) + "\n}\n"


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _written(run: Run, path: Path) -> bool:
    write_text(path, text(document(run, path.parent)))
    return True


LINEAGE_FILE = OutputFile(LINEAGE, "from every score down to the cells of the data", _written)
