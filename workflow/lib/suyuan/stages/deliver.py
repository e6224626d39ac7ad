"""Deliver: put a finished build where people read it; the last good report stays until then."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from suyuan.contract.config import Config
from suyuan.core.errors import Problem, StaleBuild
from suyuan.core.files import read_json, write_bytes
from suyuan.core.layout import Layout
from suyuan.lineage.build import sha256
from suyuan.outputs import package
from suyuan.outputs.attestation import subjects


def strays(layout: Layout, files: Iterable[str]) -> list[Path]:
    """Data files in report/<edition>/ that the package does not hold, as of a renamed figure."""
    known = {layout.report / name for name in files}
    tops = {layout.report / name.split("/")[0] for name in package.shipped(layout)}
    found = (path for top in sorted(tops) for path in top.rglob("*"))
    return [path for path in found if path.is_file() and path not in known]


def run(layout: Layout, _config: Config) -> None:
    """The stage: copy the build and its data to report/<edition>/, each file atomically.

    Raises StaleBuild E180, before anything is written, for a file that is not the one whose
    digest the build's statement holds.
    """
    path = layout.build / package.STATEMENT
    statement, expected = path.read_bytes(), subjects(read_json(path))
    files = {name: file.read_bytes() for name, file in package.contents(layout)}
    changed = sorted(name for name, data in files.items() if sha256(data) != expected.get(name))
    if changed:
        raise StaleBuild(Problem("E180", name) for name in changed)
    for name, data in {**files, package.STATEMENT: statement}.items():
        write_bytes(layout.report / name, data)
    for path in strays(layout, files):
        path.unlink()
