"""Which report is meant by EDITION, EDITION@REVISION or a folder, built first where it is not.

A revision is unpacked below build/revisions/ and built there by its own code, once: a commit does
not change. Only what is compared is built, up to the page and its lineage.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from suyuan.contract.config import edition_layout, read_config
from suyuan.core.errors import LookupFailed, Problem
from suyuan.core.names import is_edition
from suyuan.diff.sides import LINEAGE, Side
from suyuan.lineage.file import FORMAT

WORKTREE = "worktree"  # the revision that is the files at hand
REVISIONS = "build/revisions"
DIGITS = 12  # of a commit, in the name of its folder
LIBRARY = "workflow/lib"
LOCK = "build/.compared"
TOLD = 12  # lines of a failed build that a message repeats
AFRESH = ("--nolock", "--rerun-incomplete")  # of a build that was broken off, nothing is kept


def side(root: Path, name: str) -> Side:
    """The side called ``name``. Raises LookupFailed E100, E390 to E395."""
    folder = Path(name)
    if (folder / LINEAGE).is_file():
        return Side.open(name, folder.resolve())
    edition, _, revision = name.partition("@")
    if not is_edition(edition):  # it becomes part of paths
        raise LookupFailed(Problem("E390", name, value=FORMAT))
    read_config(root, edition)
    at = root if revision in ("", WORKTREE) else unpacked(root, revision)
    layout = edition_layout(at, edition)
    with _alone(at):
        if at == root:  # the receipt of the page says whether it is the page of these files
            build(root, edition, f"build/{edition}/receipts/render.json")
        elif not (layout.build / LINEAGE).is_file():
            build(at, edition, f"build/{edition}/{LINEAGE}", *AFRESH)
    return Side.open(name, layout.root, layout.build)


@contextmanager
def _alone(root: Path) -> Iterator[None]:
    """Other comparisons wait until this one has built what it needs of a project."""
    (root / "build").mkdir(exist_ok=True)
    with (root / LOCK).open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def build(root: Path, edition: str, target: str, *options: str) -> None:
    """Let Snakemake make one file of a project, by the code of that project.

    Raises LookupFailed E394 with the last lines that it said.
    """
    paths = [str(root / LIBRARY), *filter(None, [os.environ.get("PYTHONPATH")])]
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "snakemake",
            "--config",
            f"edition={edition}",
            *options,
            "--",
            target,
        ],
        cwd=root,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(paths)},
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    if done.returncode:
        said = (done.stderr.strip() or done.stdout.strip()).splitlines()
        raise LookupFailed(Problem("E394", target, value=" ｜ ".join(said[-TOLD:])))


def unpacked(root: Path, revision: str) -> Path:
    """The files of a commit, in a folder of its own.

    Raises LookupFailed E392 where there is no repository, E393 for an unknown revision.
    """
    if _git(root, "rev-parse", "--git-dir") is None:
        raise LookupFailed(Problem("E392", REVISIONS))
    commit = _git(root, "rev-parse", "--verify", "--end-of-options", f"{revision}^{{commit}}")
    if commit is None:
        raise LookupFailed(Problem("E393", REVISIONS, value=revision))
    name = commit.decode().strip()[:DIGITS]
    folder = root / REVISIONS / name
    if not folder.is_dir():
        folder.parent.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(dir=folder.parent, prefix=f"{name}.") as beside:
            archive, files = Path(beside) / "files.tar", Path(beside) / "files"
            _git(root, "archive", "--format=tar", f"--output={archive.resolve()}", name)
            shutil.unpack_archive(archive, files, "tar")
            try:
                files.rename(folder)
            except OSError:
                if not folder.is_dir():  # else another comparison was first
                    raise
    return folder


def _git(root: Path, *arguments: str) -> bytes | None:
    """What git says, None where it refuses. Raises LookupFailed E392 without git."""
    try:
        done = subprocess.run(["git", *arguments], cwd=root, capture_output=True, check=False)
    except FileNotFoundError:
        raise LookupFailed(Problem("E392", REVISIONS)) from None
    return None if done.returncode else done.stdout
