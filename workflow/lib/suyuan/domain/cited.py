"""The files that values rest on: tables of data and configuration, and YAML files that decide."""

from __future__ import annotations

from typing import Any

from suyuan.contract.edition import config_schemas, raw_schemas
from suyuan.core.layout import CONFIG, FIGURES, Layout
from suyuan.lineage.claims import CLAIMS
from suyuan.lineage.file import source_entry, yaml_entry

DOCUMENTS = {"config": CONFIG, "claims": CLAIMS, "figures": FIGURES}  # YAML files that decide


def source_entries(layout: Layout) -> list[dict[str, Any]]:
    """What lineage.json says of the tables and YAML files that decide values."""
    schemas = [(layout.raw, raw_schemas(layout)), (layout.config, config_schemas(layout))]
    cited = [
        source_entry(
            name, folder / f"{name}.csv", layout.name(folder / f"{name}.csv"), s.primary_key
        )
        for folder, tables in schemas
        for name, s in tables.items()
    ]
    documents = (
        yaml_entry(name, layout.read(layout.root / file), file) for name, file in DOCUMENTS.items()
    )
    return [*cited, *documents]
