"""Table schemas: the Frictionless Table Schema terms, one YAML file per table."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import Any

from suyuan.core.files import read_yaml
from suyuan.core.inputs import matching


@dataclass(frozen=True)
class Field:
    """One column: its type (string, number, integer or period) and constraints."""

    name: str
    type: str
    description: str
    required: bool = False
    enum: tuple[str, ...] = ()
    pattern: str = ""
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    unique: bool = False
    display: bool = False  # it orders what is shown, and decides nothing

    @cached_property
    def regex(self) -> re.Pattern[str]:
        return re.compile(self.pattern)


@dataclass(frozen=True)
class ForeignKey:
    """``field`` must be empty or stand in ``resource``'s column ``target``.

    With a ``separator`` the cell is a list, and each of its parts must stand there.
    """

    field: str
    resource: str
    target: str
    separator: str = ""

    def parts(self, cell: str) -> list[str]:
        """What ``cell`` refers to: nothing, one key, or each key of a list."""
        if not cell:
            return []
        return cell.split(self.separator) if self.separator else [cell]


@dataclass(frozen=True)
class Schema:
    """The contract of one table."""

    name: str
    title: str
    description: str
    primary_key: str
    fields: tuple[Field, ...]
    foreign_keys: tuple[ForeignKey, ...]
    decides: str = "data"  # what a change of it is: data, config, or method
    register: bool = False  # it records what became of rows of other tables
    extends: str = ""  # the raw table whose columns a computed table has besides its own
    optional: bool = False  # the table may be absent, or have a header and no rows

    @property
    def columns(self) -> list[str]:
        return [field.name for field in self.fields]


def _field(entry: dict[str, Any]) -> Field:
    constraints = entry.get("constraints", {})
    bounds = {k: Decimal(str(constraints[k])) for k in ("minimum", "maximum") if k in constraints}
    return Field(
        name=entry["name"],
        type=entry["type"],
        description=entry["description"],
        required=constraints.get("required", False),
        enum=tuple(constraints.get("enum", ())),
        pattern=constraints.get("pattern", ""),
        unique=constraints.get("unique", False),
        display=entry.get("display", False),
        **bounds,
    )


def _foreign_key(entry: dict[str, Any]) -> ForeignKey:
    reference = entry["reference"]
    return ForeignKey(
        entry["fields"], reference["resource"], reference["fields"], entry.get("separator", "")
    )


def read_schemas(folder: Path) -> dict[str, Schema]:
    """Schemas of every table in ``folder``, by table name.

    A table with ``provenance: true`` also has the fields of ``../provenance.yaml``.
    """
    provenance = read_yaml(folder.parent / "provenance.yaml")
    schemas = {}
    for path in matching(folder, "*.yaml"):
        entry = read_yaml(path)
        extra = provenance if entry.get("provenance") else {"fields": [], "foreignKeys": []}
        schemas[entry["name"]] = Schema(
            name=entry["name"],
            title=entry["title"],
            description=entry["description"],
            primary_key=entry["primaryKey"],
            fields=tuple(_field(f) for f in entry["fields"] + extra["fields"]),
            foreign_keys=tuple(
                _foreign_key(k) for k in entry.get("foreignKeys", []) + extra["foreignKeys"]
            ),
            decides=entry.get("decides", "data"),
            register=entry.get("register", False),
            extends=entry.get("extends", ""),
            optional=entry.get("optional", False),
        )
    return schemas
