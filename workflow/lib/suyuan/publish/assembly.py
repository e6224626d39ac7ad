"""Assembly: the folder of an edition as it will be published, and its manifest."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from suyuan.contract.tables import read_records
from suyuan.core.files import digest, dump_json, dump_listing, put, sha256
from suyuan.publish import machine, pin
from suyuan.publish.candidate import Candidate
from suyuan.publish.gates import Found
from suyuan.publish.manifest import FORMAT
from suyuan.publish.searched import entries
from suyuan.publish.shelf import DIFF, MANIFEST, SEARCH, SOURCES, sealed

SEALED = 0o444  # nobody writes into what is published
TOLD = ("label", "title", "subtitle", "cutoff", "previous")  # of an edition's own row


def assemble(
    candidate: Candidate,
    contents: pin.Contents,
    results: Mapping[str, Found],
    *,
    reason: str | None,
    moment: datetime,
) -> dict[str, Any]:
    """Complete the folder of the built report: comparison, search, sources, manifest.

    The manifest is returned as it was written. ``results`` are those of the gates, by their codes.
    """
    folder = candidate.layout.report
    for name, text in candidate.compared.items():
        _write(folder / DIFF / name, text.encode())
    _write(folder / SEARCH, (dump_json({"entries": list(entries(candidate))}) + "\n").encode())
    packed = pin.archive(contents)
    _write(folder / SOURCES, packed)
    (row,) = read_records(candidate.layout.raw / "edition.csv")
    told = {
        "format": FORMAT,
        "name": candidate.name,
        "edition": candidate.layout.edition,
        **{key: row[key] for key in TOLD},
        "corrects": candidate.base.name if candidate.base and reason is not None else "",
        "reason": reason or "",
        "published": moment.isoformat(timespec="seconds"),
        "code": candidate.lineage["code"],
        "versions": machine.versions(candidate.layout.root),
        "sources": {"name": SOURCES, "sha256": digest(packed)},
        "inputs": pin.digests(contents),
        "gates": [_told(code, found) for code, found in results.items()],
        "diff": _counted(candidate),
        "files": [
            {"name": name, "size": path.stat().st_size, "sha256": sha256(path)}
            for name, path in _files(folder)
        ],
    }
    manifest = sealed(told)
    _write(folder / MANIFEST, dump_listing(manifest).encode())
    seal(folder)
    return manifest


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    put(path, data)


def _files(folder: Path) -> Iterable[tuple[str, Path]]:
    found = (path for path in folder.rglob("*") if path.is_file())
    return sorted((path.relative_to(folder).as_posix(), path) for path in found)


def _told(code: str, found: Found) -> dict[str, Any]:
    """``passed`` is null where there was nothing to look at."""
    unchecked = [f"{each.code} {each.value}".strip() for each in found.unchecked]
    passed = None if found.nothing and not unchecked else not unchecked
    return {"gate": code, "passed": passed, "unchecked": unchecked}


def _counted(candidate: Candidate) -> dict[str, Any] | None:
    """What the edition is compared with, and how many items of each kind have changed."""
    shown = candidate.comparison
    if shown is None:
        return None
    kinds = dict.fromkeys(item.kind for item in shown.view.items)
    counts = [[kind, len(shown.view.of(kind))] for kind in kinds]  # a list keeps their order
    return {"base": shown.base.name, "counts": counts}


def seal(folder: Path) -> None:
    """Let nobody write the files any more, and see them to the disk."""
    for _, path in _files(folder):
        path.chmod(SEALED)
        settle(path)
    for path in (folder, *(path for path in folder.rglob("*") if path.is_dir())):
        settle(path)


def settle(path: Path) -> None:
    """See a file, or the names in a folder, to the disk. Raises OSError that names it."""
    opened = os.open(path, os.O_RDONLY)
    try:
        os.fsync(opened)
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(path)) from error
    finally:
        os.close(opened)
