"""Work: where an edition is built apart, and how: by its own code, from its own files.

Each process has a folder of its own below editions/.work/. What a dead one has left there is
cleared by the next.
"""

from __future__ import annotations

import ctypes
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from suyuan.core.ended import Watch
from suyuan.core.errors import Problem
from suyuan.publish.process import Process, labelled
from suyuan.publish.shelf import EDITIONS

WORK = f"{EDITIONS}/.work"
TRIAL = ".trial"
LIBRARY = "workflow/lib"
COMPLAINT = re.compile(r".+\(E\d{3}\)")  # a line that a person is meant to read
TAIL = 12  # lines of a log where it holds no such line
PR_SET_PDEATHSIG = 1


@contextmanager
def scratch(root: Path) -> Iterator[Path]:
    """A folder of this process's own, removed afterwards."""
    folder = root / WORK / Process.own().label
    folder.mkdir(parents=True)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def tried(root: Path, folder: Path) -> None:
    """Raise OSError before anything is built, where what is built in ``folder`` cannot be moved to
    the editions: they are read-only, or on another file system.
    """
    trial, place = folder / TRIAL, root / EDITIONS / TRIAL
    trial.mkdir()
    try:
        trial.rename(place)
        place.rmdir()
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(root / EDITIONS)) from error


def clear(root: Path) -> None:
    """Remove what dead processes of this host have left."""
    for folder in leftovers(root):
        shutil.rmtree(folder, ignore_errors=True)


def leftovers(root: Path) -> list[Path]:
    """Folders of processes of this host that are dead."""
    folder = root / WORK
    found = sorted(folder.iterdir()) if folder.is_dir() else []
    owners = ((path, labelled(path.name)) for path in found)
    return [path for path, owner in owners if owner and owner.lives is False]


@dataclass(frozen=True)
class Done:
    """What a command of a pinned project left: its exit code, and all that it said."""

    code: int
    said: str
    name: str = "snakemake"
    watch: Watch = field(default_factory=Watch)

    def reasons(self, place: str) -> list[Problem | str]:
        """Why it failed, never nothing where it has: what it said to people, else its last lines;
        how it ended where it was killed or said nothing, told of ``place``, its log.
        """
        if not self.code:
            return []
        lines = [line for line in self.said.splitlines() if line.strip()]
        told = [line for line in lines if COMPLAINT.fullmatch(line)]
        if self.code > 0 and lines:
            return [*(told or lines[-TAIL:])]
        return [*told, self.watch.problem(place, self.name, self.code, Path())]


def run(folder: Path, module: str, words: Sequence[str], log: Path) -> Done:
    """Run a Python module in a pinned project, by this interpreter and the project's own code.

    All that it says is added to ``log``. Whatever ends this process ends that one.
    """
    paths = [str(folder / LIBRARY), *filter(None, [os.environ.get("PYTHONPATH")])]
    log.parent.mkdir(parents=True, exist_ok=True)
    watch, name = Watch(), " ".join([module, *words[:1]] if module == "suyuan" else [module])
    with log.open("a+b") as out:
        begun = out.seek(0, os.SEEK_END)
        started = subprocess.Popen(
            [sys.executable, "-m", module, *words],
            cwd=folder,
            env=os.environ | {"PYTHONPATH": os.pathsep.join(paths)},
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.STDOUT,
            start_new_session=True,  # all its processes can be ended together
            preexec_fn=_die_with_parent,  # noqa: PLW1509  there is one thread
        )
        try:
            code = started.wait()
        except BaseException:
            os.killpg(started.pid, signal.SIGKILL)  # it works in a scratch folder
            started.wait()
            raise
        out.seek(begun)
        return Done(code, out.read().decode("utf-8", errors="replace"), name, watch)


def build(folder: Path, edition: str, log: Path) -> Done:
    """The one way from a pin to a report: report/<edition>/ of the pinned project."""
    return run(folder, "snakemake", ["--config", f"edition={edition}"], log)


def _die_with_parent() -> None:
    """Where the kernel can see to it, end when the parent is killed."""
    control = getattr(ctypes.CDLL(None), "prctl", None)
    if control:
        control(PR_SET_PDEATHSIG, signal.SIGKILL)
