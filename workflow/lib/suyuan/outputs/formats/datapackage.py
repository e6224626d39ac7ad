"""Frictionless Data Package (v1) of the raw and processed tables.

Every table is a resource with digest, size, encoding, schema, keys and the documents that its
rows cite, so that any Frictionless tool can check the data without this package.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from suyuan.contract.edition import config_schemas, raw_schemas
from suyuan.contract.periods import DAYS, PERIOD
from suyuan.contract.schema import Field, ForeignKey, Schema
from suyuan.contract.tables import LINE
from suyuan.contract.words import Words
from suyuan.core.files import digest, dump_listing
from suyuan.core.layout import Layout
from suyuan.lineage.build import Build
from suyuan.lineage.facets import DOCUMENTS
from suyuan.outputs.format import Format
from suyuan.outputs.package import data_files, processed_schemas

INGESTED = "ingested_"  # prefix of the resources that repeat raw tables with line numbers
LICENCE = {"name": "MIT", "path": "https://spdx.org/licenses/MIT", "title": "MIT License"}
WRITTEN = {"period": PERIOD, "days": DAYS}  # texts to Table Schema, and what they look like
LINE_FIELD = Field(LINE, "integer", "Line of the row in its raw file, the header being line 1.")


def encoding_of(data: bytes) -> str:
    """Encoding of a lawful table: UTF-8, with or without BOM, or GB18030."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return "gb18030"
    return "utf-8"


def field(entry: Field) -> dict[str, Any]:
    """A column in terms of Table Schema, which has no type for periods and days of the year."""
    own = WRITTEN.get(entry.type)
    kind = "string" if own else entry.type
    pattern = f"^{own.pattern}$" if own else entry.pattern or _several(entry)
    bounds = {
        name: int(bound) if bound == int(bound) else float(bound)
        for name, bound in (("minimum", entry.minimum), ("maximum", entry.maximum))
        if bound is not None
    }
    constraints: dict[str, Any] = {"required": True} if entry.required else {}
    constraints |= {"enum": list(entry.enum)} if entry.enum and not entry.separator else {}
    constraints |= {"pattern": pattern} if pattern else {}
    described = {"name": entry.name, "type": kind, "description": entry.description}
    return described | ({"constraints": constraints | bounds} if constraints | bounds else {})


def _several(entry: Field) -> str:
    """What a cell of several words of a few looks like, '' where a cell has one."""
    if not entry.separator:
        return ""
    word = f"({'|'.join(map(re.escape, entry.enum))})"
    return f"^{word}(({entry.separator})+{word})*$"


def foreign_key(key: ForeignKey, table: str) -> dict[str, Any]:
    """A reference; a table that refers to itself is named by the empty string."""
    resource = "" if key.resource == table else key.resource
    return {"fields": key.field, "reference": {"resource": resource, "fields": key.target}}


def table_schema(schema: Schema, base: Schema | None, header: Iterable[str]) -> dict[str, Any]:
    """Table Schema of a file with these columns.

    A column that ``schema`` does not describe is one of ``base`` or the line number.
    """
    known = {LINE: LINE_FIELD}
    for described in (base, schema):
        known |= {f.name: f for f in described.fields} if described else {}
    keys = (*schema.foreign_keys, *(base.foreign_keys if base else ()))
    return {
        "fields": [field(known[name]) for name in header],
        "primaryKey": schema.primary_key,
        # Table Schema has no references from lists: those are left to this package's own checker.
        "foreignKeys": [
            foreign_key(key, base.name if base else schema.name)
            for key in keys
            if not key.separator
        ],
    }


def documents(rows: Iterable[Mapping[str, str]]) -> list[dict[str, str]]:
    """Documents as ``sources`` of a package or resource."""
    return [{"title": row["title"]} | ({"path": row["url"]} if row["url"] else {}) for row in rows]


def cited(build: Build, table: str) -> list[dict[str, str]]:
    """The documents that a raw table cites; the register of documents cites none."""
    rows = build.sources[table].rows.values() if table != DOCUMENTS else ()
    wanted = {cells.get("source_id") for _, cells in rows}
    register = build.sources[DOCUMENTS].rows
    return documents(row for key, (_, row) in register.items() if key in wanted)


def resource(
    layout: Layout, build: Build, path: Path, name: str, schema: Schema, base: Schema | None,
    folder: str,
) -> dict[str, Any]:  # fmt: skip
    """A table as a resource. ``folder`` is the part that it plays in the package."""
    data = build.data(layout, path)
    return {
        "name": name,
        "path": layout.name(path),
        "profile": "tabular-data-resource",
        "title": schema.title,
        "description": f"{schema.description} ({folder})",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": encoding_of(data),
        "bytes": len(data),
        "hash": f"sha256:{digest(data)}",
        "schema": table_schema(schema, base, build.header(layout, path)),
    }


def resources(layout: Layout, build: Build) -> list[dict[str, Any]]:
    """Every raw, configuration and processed table."""
    raw, config = raw_schemas(layout), config_schemas(layout)
    groups: Sequence[tuple[str, Mapping[str, Schema]]] = (
        ("raw", raw), ("config", config), ("ingested", raw | config),
        ("processed", processed_schemas(layout)),
    )  # fmt: skip
    files = data_files(layout)
    found = []
    for folder, schemas in groups:
        for path in files[folder]:
            schema = schemas[path.stem]
            base = raw.get(schema.extends)
            name = INGESTED + schema.name if folder == "ingested" else schema.name
            entry = resource(layout, build, path, name, schema, base, folder)
            sources = cited(build, schema.name) if folder == "raw" else []
            found.append(entry | ({"sources": sources} if sources else {}))
    return found


def data_package(layout: Layout, build: Build, words: Words) -> dict[str, Any]:
    """The descriptor, datapackage.json."""
    edition = build.edition
    register = (row for _, row in build.sources[DOCUMENTS].rows.values())
    return {
        "profile": "tabular-data-package",
        "name": f"suyuan-{build.lineage['edition'].lower()}",
        "title": edition["title"],
        "description": edition["subtitle"],
        "version": edition["edition"],
        "created": f"{edition['published']}T00:00:00Z",
        "keywords": words["package"]["keywords"].split(),
        "contributors": [{"title": words["package"]["author"], "role": "author"}],
        "licenses": [LICENCE],
        "sources": documents(register),
        "resources": resources(layout, build),
    }


def write(layout: Layout, build: Build, words: Words) -> str:
    """The descriptor as JSON."""
    return dump_listing(data_package(layout, build, words))


FORMAT = Format("datapackage.json", "application/json", write)
