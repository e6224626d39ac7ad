"""Building: who builds in this project, and whether the lock that Snakemake left may be removed.

Snakemake's lock names nobody, and stays behind when it is killed. So a run notes beside it who it
is. The lock of a process that is dead, on this host, holds nothing; of another host's, or of
nobody's, only a person can know.
"""

from __future__ import annotations

import os
from contextlib import suppress
from itertools import pairwise
from pathlib import Path

from suyuan.core import clock
from suyuan.core.errors import BrokenFile, Problem, whole
from suyuan.core.files import dump_json, read_json, write_text
from suyuan.publish.process import Process

MEMORY = ".snakemake"
LOCKS = f"{MEMORY}/locks"
NOTE = f"{MEMORY}/suyuan.run.json"
HELD, LEFT, UNKNOWN = "E705", "E706", "E707"


def note(root: Path, *, started: bool = False) -> None:
    """Note that this process builds here: once it has ``started``, and before that where no other
    may be building and none has left a lock, whose note is still needed.
    """
    noted = _noted(root)
    if started or not (_locks(root) or (noted and noted.lives is not False)):
        own = Process.own(f"{clock.now():%Y-%m-%d %H:%M:%S}")
        with suppress(OSError):  # a project that cannot be written has no lock either
            write_text(root / NOTE, dump_json(own.to_json()))


def locked(root: Path) -> Problem | None:
    """What the lock of Snakemake means, None where there is none.

    E705 it is held, E706 it was left by a dead process of this host, E707 nobody here can know.
    """
    if not _locks(root):
        return None
    noted, working = _noted(root), _working(root)
    known = noted or Process("?", 0, "", "?")
    about = {"host": known.host, "since": known.since}
    if working or known.lives:
        code, pid = HELD, known.pid if known.lives else working[0]
    else:
        code, pid = LEFT if noted and noted.lives is False else UNKNOWN, known.pid
    return whole(code, LOCKS, value=str(pid), details=about)


def unlock(root: Path) -> Problem | None:
    """Remove the lock where a dead process of this host has left it; what it meant, if any was."""
    found = locked(root)
    if found and found.code == LEFT:
        for path in _locks(root):
            path.unlink(missing_ok=True)
    return found


def _locks(root: Path) -> list[Path]:
    return sorted((root / LOCKS).glob("*.lock"))


def _noted(root: Path) -> Process | None:
    path = root / NOTE
    try:
        return Process.of_json(read_json(path)) if path.is_file() else None
    except (BrokenFile, OSError):
        return None


def _working(root: Path) -> list[int]:
    """Processes of this host, other than this one, that may be building here."""
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            words = (entry / "cmdline").read_bytes().split(b"\0")
        except OSError:
            continue  # it has ended
        if int(entry.name) == os.getpid() or not _builds(words):
            continue
        try:
            here = (entry / "cwd").readlink() == root.resolve()
        except PermissionError:  # somebody else's: it may be here
            here = True
        except OSError:
            continue
        if here:
            found.append(int(entry.name))
    return found


def _builds(words: list[bytes]) -> bool:
    """Whether a command line is that of Snakemake, or of a stage that it started."""
    names = [word.rpartition(b"/")[2] for word in words]
    return b"snakemake" in names or (b"suyuan", b"stage") in pairwise(names)
