"""Package: what lies in report/<edition>/ and where each file comes from.

Data keep the path that they have in the project, so that what lineage.json names is found inside
the package as well, and no path ever leaves it.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from suyuan.contract.schema import Schema, read_schemas
from suyuan.core import inputs
from suyuan.core.layout import Layout
from suyuan.figures.description import DRAWINGS, figure_ids
from suyuan.outputs.format import all_formats

HTML, PDF, LINEAGE = "report.html", "report.pdf", "lineage.json"
WORKBOOK, CRATE = "report.xlsx", "ro-crate-metadata.json"
DOCUMENTS = ("settings", "claims", "plots")  # configuration in YAML, by its kinds
STATEMENT, VERDICT = "attestation.intoto.json", "verified.json"


def processed_schemas(layout: Layout) -> dict[str, Schema]:
    """Schemas of the computed tables; a column that stands in none is one of ``extends``."""
    return read_schemas(layout.schemas / "processed")


def drawn(layout: Layout) -> list[Path]:
    """What is plotted and the drawings of every figure."""
    ends = (".csv", *DRAWINGS)
    return [layout.figures / f"{name}{end}" for name in figure_ids(layout.root) for end in ends]


def data_files(layout: Layout) -> dict[str, list[Path]]:
    """The data that travel with the report, by the part they play in its making."""
    raw, config = (inputs.files(layout, kind) for kind in ("raw", "config"))
    computed = inputs.matching(layout.schemas / "processed", "*.yaml")  # as its schema is called
    return {
        "raw": raw,
        "config": config,
        "documents": [path for kind in DOCUMENTS for path in inputs.files(layout, kind)],
        "ingested": [layout.tables / path.name for path in (*raw, *config)],
        "processed": [layout.processed / f"{schema.stem}.csv" for schema in computed],
        "figures": drawn(layout),
    }


def shipped(layout: Layout) -> list[str]:
    """Names of the data files: the same below the project's root and in the package."""
    return [layout.name(path) for paths in data_files(layout).values() for path in paths]


def contents(layout: Layout) -> Iterator[tuple[str, Path]]:
    """Every file of the package but the statement: its name there, and where it lies now."""
    exported = (each.file for each in all_formats())
    for name in (HTML, PDF, LINEAGE, WORKBOOK, *exported, CRATE):
        yield name, layout.build / name
    for name in shipped(layout):
        yield name, layout.root / name
