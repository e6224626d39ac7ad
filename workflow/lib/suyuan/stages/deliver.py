"""Deliver: put a finished build where people read it; the last good report stays until then."""

from __future__ import annotations

from suyuan.contract.config import Config
from suyuan.core.errors import Problem, StaleBuild
from suyuan.core.files import digest, read_json
from suyuan.core.layout import Layout
from suyuan.outputs import delivery, package
from suyuan.outputs.attestation import subjects

VERIFIED = frozenset({package.HTML, package.LINEAGE})  # and every figure


def run(layout: Layout, _config: Config) -> None:
    """The stage: put the build and its data into report/<edition>/, all of it in one step.

    Raises StaleBuild before anything is written: E180 for a file that is not the one whose digest
    the build's statement holds, E314 unless this very page, lineage and figures have passed
    verification.
    """
    path = layout.build / package.STATEMENT
    statement = path.read_bytes()
    expected = subjects(read_json(path))
    files = {name: layout.read(file) for name, file in package.contents(layout)}
    changed = sorted(name for name, data in files.items() if digest(data) != expected.get(name))
    if changed:
        raise StaleBuild(Problem("E180", name) for name in changed)
    verdict = layout.build / package.VERDICT
    said = read_json(verdict)
    verified = said.get("files", {}) if said.get("passed") is True else {}
    due = (
        name for name in files if name in VERIFIED or name.startswith(layout.name(layout.figures))
    )
    if any(verified.get(name) != expected[name] for name in due):
        raise StaleBuild(Problem("E314", layout.name(verdict)))
    known = frozenset(name.split("/")[0] for name in (*files, package.STATEMENT))
    delivery.deliver({**files, package.STATEMENT: statement}, layout.report, known)
