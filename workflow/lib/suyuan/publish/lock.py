"""Lock: one publication at a time; who holds it, and when it may be taken over.

The kernel holds it and lets go when the process ends, however it ends, so on one host it is never
stale. The file says who holds it. On a shared file system the kernel of another host may not know:
what another host has written there is left alone until a person says that it is over.
"""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from suyuan.core import clock
from suyuan.core.errors import BrokenFile, Locked, Problem, whole
from suyuan.core.files import dump_json
from suyuan.publish import shelf
from suyuan.publish.process import Process
from suyuan.publish.shelf import EDITIONS

LOCK = ".lock"
FILE = f"{EDITIONS}/{LOCK}"
NOBODY = Process("?", 0, "", "?")  # who holds the lock and has not yet said so


@contextmanager
def locked(root: Path) -> Iterator[Process | None]:
    """Hold the lock of the editions; given is the dead process that had left it, if one has.

    Raises Locked: E601 while another publication holds it, E602 where one of another host has not
    let go of it.
    """
    with _taken(root) as (lock, owner):
        if owner and owner.lives is None:
            raise Locked(_problem(owner, held=False))
        _write(root, lock, dump_json(Process.own(f"{clock.now():%Y-%m-%d %H:%M:%S}").to_json()))
        try:
            yield owner
        finally:
            _write(root, lock, "")


def unlock(root: Path) -> Process | None:
    """Let go of a lock that a process has left: a person says that it is over.

    The process, None where nobody has left it. Raises Locked E601 while it is held.
    """
    if not os.path.lexists(shelf.place(root) / LOCK):
        return None
    with _taken(root) as (lock, owner):
        _write(root, lock, "")
    return owner


def left(root: Path) -> Process | None:
    """Who has left the lock and is no more, or may be no more. Raises Locked E601 as above."""
    if not os.path.lexists(root / FILE):
        return None
    with _taken(root, os.O_RDONLY) as (_, owner):
        return owner


@contextmanager
def _taken(root: Path, flags: int = os.O_RDWR | os.O_CREAT) -> Iterator[tuple[int, Process | None]]:
    """The lock's file and whoever stands in it.

    Raises Locked E601 while a process holds it, BrokenFile E641 where something else is there.
    """
    path = root / FILE
    shelf.place(root).mkdir(exist_ok=True)
    if os.path.lexists(path) and not path.is_file():  # a folder, or a link to nowhere
        raise BrokenFile(whole("E641", FILE))
    lock = os.open(path, flags, 0o644)
    try:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Locked(_problem(_owner(path) or NOBODY, held=True)) from None
        yield lock, _owner(path)
    finally:
        os.close(lock)


def _owner(path: Path) -> Process | None:
    try:
        return Process.of_json(json.loads(path.read_bytes() or b"null"))
    except (OSError, ValueError):
        return None


def _write(root: Path, lock: int, text: str) -> None:
    """Say who holds the lock. Raises OSError that names the file, as on a full disk."""
    try:
        os.ftruncate(lock, 0)
        os.pwrite(lock, text.encode(), 0)
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(root / FILE)) from error


def _problem(owner: Process, *, held: bool) -> Problem:
    about = {"host": owner.host, "since": owner.since}
    return whole("E601" if held else "E602", FILE, value=str(owner.pid), details=about)
