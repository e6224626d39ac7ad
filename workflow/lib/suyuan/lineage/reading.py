"""lineage.json read into types, for programs that look at a finished report (lineage/2)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from suyuan.core.errors import LookupFailed, Problem
from suyuan.lineage.file import FORMAT, Use
from suyuan.lineage.value import Value


@dataclass(frozen=True)
class SourceFile:
    """A table that values cite: its file in the project, its digest, rows, and key columns."""

    id: str
    path: str
    sha256: str
    rows: int
    key: tuple[str, ...]


@dataclass(frozen=True)
class Statement:
    """A claim of the report: whether it holds of its facts, and how far from where it flips.

    ``margin`` is in ``unit``; ``robust`` when no rounding of the inputs could flip it.
    """

    id: str
    holds: bool
    robust: bool
    margin: Decimal
    unit: str
    facts: tuple[str, ...]
    txt: str


@dataclass(frozen=True)
class Lineage:
    """What a report says of its numbers. Values, claims and sources are kept by id."""

    edition: str
    code: Mapping[str, str]
    sources: Mapping[str, SourceFile]
    values: Mapping[str, Value]
    claims: Mapping[str, Statement]
    uses: tuple[Use, ...]

    @classmethod
    def read(cls, path: Path) -> Lineage:
        """The file. Raises LookupFailed E202 where there is none, E203 for another format."""
        if not path.is_file():
            raise LookupFailed(Problem("E202", path.as_posix()))
        try:
            content = json.loads(path.read_bytes())
            if content["format"] != FORMAT:
                raise ValueError(content["format"])
            return cls.from_json(content)
        except (ArithmeticError, AttributeError, KeyError, TypeError, ValueError) as error:
            raise LookupFailed(Problem("E203", path.as_posix(), value=str(error))) from error

    @classmethod
    def from_json(cls, content: Mapping[str, Any]) -> Lineage:
        return cls(
            edition=content["edition"],
            code=content["code"],
            sources={entry["id"]: _source(entry) for entry in content["sources"]},
            values={key: Value.from_json(key, entry) for key, entry in content["values"].items()},
            claims={key: _statement(key, entry) for key, entry in content["claims"].items()},
            uses=tuple(Use(use["v"], use["sec"], use["anchor"], use["kind"])
                       for use in content["uses"]),
        )  # fmt: skip


def _source(entry: Mapping[str, Any]) -> SourceFile:
    return SourceFile(
        entry["id"], entry["path"], entry["sha256"], entry["rows"], tuple(entry["key"])
    )


def _statement(name: str, entry: Mapping[str, Any]) -> Statement:
    return Statement(
        name, entry["holds"], entry["robust"], Decimal(entry["margin"]), entry["unit"],
        tuple(entry["in"]), entry["txt"],
    )  # fmt: skip
