"""The delivered folder: every file that its statement vouches for, whole, and no other."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path

from suyuan.contract.messages import catalogue
from suyuan.core.errors import Problem
from suyuan.core.files import digest
from suyuan.core.layout import Layout
from suyuan.outputs import package
from suyuan.outputs.attestation import subjects
from suyuan.outputs.lineage import version
from suyuan.outputs.verification.check import BROKEN, Files

SHORT = 12  # characters of a digest that a message shows


def places(layout: Layout) -> dict[str, Path]:
    """Where each file of the package lies once it is delivered, the statement among them."""
    names = [*(name for name, _ in package.contents(layout)), package.STATEMENT]
    return {name: layout.report / name for name in names}


def vouched(files: Files) -> dict[str, str]:
    """Digests by name as the statement gives them; none where it cannot be read."""
    try:
        return subjects(json.loads(files.contents.get(package.STATEMENT, b"")))
    except BROKEN:
        return {}


def other_code(layout: Layout, files: Files) -> Iterator[Problem]:
    """E376 where the lineage file and the statement agree that other code made the report.

    What such a report should hold, this code cannot say. Where they disagree, one was changed.
    """
    try:
        statement = json.loads(files.contents.get(package.STATEMENT, b""))
        made = json.loads(files.contents.get(package.LINEAGE, b""))["code"]
        said = statement["predicate"]["buildDefinition"]["internalParameters"]["code"]
        ours = version(layout)
        if made == said != ours:
            short = {"made": made["sha256"][:SHORT], "ours": ours["sha256"][:SHORT]}
            yield Problem("E376", files.shown[package.LINEAGE], 1, "code", made["version"], short)
    except BROKEN:
        return


def problems(layout: Layout, files: Files) -> Iterator[Problem]:
    """E362 for a missing file, E361 for one with another digest, E363 for one that is not ours."""
    digests = vouched(files)
    for name, shown in files.shown.items():
        if name not in files.contents:
            yield Problem("E362", shown)
        elif name in digests and digest(files.contents[name]) != digests[name]:
            yield Problem("E361", shown)
    for name in foreign(layout, files.shown):
        if "/" in name:
            yield Problem("E363", f"{layout.name(layout.report)}/{name}")


def not_ours(layout: Layout) -> str:
    """What people have put at the top of the folder, in words; '' where there is nothing."""
    names = [name for name in foreign(layout, dict.fromkeys(places(layout), "")) if "/" not in name]
    words = catalogue(layout.templates)["not_ours"]
    return words.format(names="、".join(names)) if names else ""


def foreign(layout: Layout, ours: Mapping[str, str]) -> list[str]:
    """Files in the folder that no delivery has put there, by their names in it."""
    found = (path for path in layout.report.rglob("*") if path.is_symlink() or not path.is_dir())
    names = (path.relative_to(layout.report).as_posix() for path in found)
    return sorted(name for name in names if name not in ours)
