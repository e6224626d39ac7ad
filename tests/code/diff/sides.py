"""The miniature as a side of a comparison: computed, its claims judged, its lineage written."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from suyuan.contract import edition
from suyuan.core.files import read_yaml
from suyuan.diff.bare import computed
from suyuan.diff.document import Difference
from suyuan.diff.sides import Side
from suyuan.domain.operations import OPERATIONS
from tests.code.miniature import TEMPLATES, Project

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
    version = {"version": "0", "sha256": code}
    layout = project.layout
    return computed(
        project.root.name, layout, project.config, layout.build, texts=True, code=version
    )


def compared(base: Side, head: Side, root: Path) -> dict[str, Any]:
    """diff.json of two sides; ``root`` is a project whose schemas are asked."""
    layout = Project(root).layout
    schemas = edition.raw_schemas(layout) | edition.config_schemas(layout)
    return Difference(base, head, schemas, OPERATIONS, WORDS).to_json()


def by_id(entries: Iterable[Mapping[str, Any]]) -> dict[str, Mapping[str, Any]]:
    return {entry["id"]: entry for entry in entries}
