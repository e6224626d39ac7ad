"""The miniature as a side of a comparison: computed, its claims judged, its lineage written."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from suyuan.contract import edition
from suyuan.core.files import read_yaml
from suyuan.diff.document import Difference
from suyuan.diff.sides import LINEAGE, Side
from suyuan.domain.cited import source_entries
from suyuan.domain.operations import OPERATIONS
from suyuan.lineage.claims import read_claims
from suyuan.lineage.file import dump_lineage
from suyuan.lineage.judging import judge_all
from suyuan.lineage.members import members_of
from tests.code.miniature import EDITION, TEMPLATES, Project

Edit = Callable[[Project], object]
WORDS = read_yaml(TEMPLATES / "words.yaml")


def side(folder: Path, schemas: Path, edits: Iterable[Edit] = (), code: str = "0" * 64) -> Side:
    """The miniature after some edits, in a folder of its own."""
    project = Project.make(folder, schemas)
    for edit in edits:
        edit(project)
    return of_project(project, code)


def of_project(project: Project, code: str = "0" * 64) -> Side:
    """A project that may be edited and asked again."""
    layout, ledger = project.layout, project.compute()
    tables = {name: edition.ingested(t) for name, t in edition.check(layout).items()}
    rows = {name: table.to_dict("records") for name, table in tables.items()}
    claims = read_claims(layout, members_of(ledger, rows, project.config.region))
    judged = judge_all(claims.values(), ledger)
    text = dump_lineage(
        edition=EDITION, code={"version": "0", "sha256": code}, config_sha256="",
        sources=source_entries(layout), ledger=ledger, kept={value.id for value in ledger},
        claims={name: each.to_json(ledger) for name, each in judged.items()}, uses=(),
    )  # fmt: skip
    layout.build.mkdir(parents=True, exist_ok=True)
    (layout.build / LINEAGE).write_text(text, encoding="utf-8")
    return Side.open(project.root.name, project.root, layout.build)


def compared(base: Side, head: Side, root: Path) -> dict[str, Any]:
    """diff.json of two sides; ``root`` is a project whose schemas are asked."""
    layout = Project(root).layout
    schemas = edition.raw_schemas(layout) | edition.config_schemas(layout)
    return Difference(base, head, schemas, OPERATIONS, WORDS).to_json()


def by_id(entries: Iterable[Mapping[str, Any]]) -> dict[str, Mapping[str, Any]]:
    return {entry["id"]: entry for entry in entries}
