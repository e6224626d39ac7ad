"""lineage.json: the values, their sources, and where the report uses them (lineage/1)."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from suyuan.contract.codebook import Codebook
from suyuan.core.files import dump_json, read_json, sha256
from suyuan.lineage.ledger import Ledger
from suyuan.lineage.operation import Operations
from suyuan.lineage.value import Value

FORMAT = "lineage/1"


@dataclass(frozen=True)
class Use:
    """One place where the report prints a value; kind is text, cell or mark."""

    v: str
    sec: str
    anchor: str
    kind: str


def _lines(entries: Mapping[str, Any]) -> str:
    """A JSON object with one entry per line: readable, and diffs show single values."""
    body = ",\n".join(f"{dump_json(key)}:{dump_json(entries[key])}" for key in sorted(entries))
    return f"{{\n{body}\n}}"


def dump_values(values: Iterable[Value]) -> str:
    """The ledger as JSON, one value per line, sorted by id."""
    return _lines({value.id: value.to_json() for value in values}) + "\n"


def load_ledger(path: Path, codebook: Codebook, operations: Operations) -> Ledger:
    """The ledger that ``dump_values`` wrote."""
    entries = read_json(path)
    values = (Value.from_json(key, entry) for key, entry in entries.items())
    return Ledger(codebook, operations, values)


def source_entry(source: str, path: Path, name: str, key: str) -> dict[str, Any]:
    """What lineage.json says of a source table: where it lies, its digest, rows and key."""
    with path.open(encoding="utf-8-sig", errors="replace", newline="") as lines:
        rows = sum(1 for row in csv.reader(lines) if any(row)) - 1
    return {"id": source, "path": name, "sha256": sha256(path), "rows": rows, "key": [key]}


def dump_lineage(
    edition: str,
    code: Mapping[str, str],
    config_sha256: str,
    sources: Iterable[Mapping[str, Any]],
    values: Iterable[Value],
    claims: Mapping[str, Mapping[str, Any]],
    uses: Iterable[Use],
) -> str:
    """The whole lineage file as text."""
    parts = {
        "format": dump_json(FORMAT),
        "edition": dump_json(edition),
        "code": dump_json(code),
        "config_sha256": dump_json(config_sha256),
        "sources": "[\n" + ",\n".join(dump_json(entry) for entry in sources) + "\n]",
        "values": _lines({value.id: value.to_json() for value in values}),
        "claims": _lines(claims),
        "uses": "[\n" + ",\n".join(dump_json(asdict(use)) for use in uses) + "\n]",
    }
    return "{\n" + ",\n".join(f'"{key}": {text}' for key, text in parts.items()) + "\n}\n"
