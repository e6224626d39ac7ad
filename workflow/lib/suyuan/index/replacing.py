"""A folder that takes the place of another whole: there is never a half of it.

It is made in a hidden folder beside, which its process holds locked. What a killed process left
there nobody holds: the next one puts back the folder that was taken away, and clears the rest.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from glob import escape
from pathlib import Path

if sys.platform != "win32":  # which has no such locks: there nothing is cleared
    import fcntl

MARK = ".suyuan-"  # in the names of hidden folders
NEW, OLD = "new", "old"
TRIES = 3  # one that clears may come between making a folder and holding it


@contextmanager
def replacing(place: Path) -> Iterator[Path]:
    """A path for a folder, which takes the place of ``place`` when the block ends without error."""
    place.parent.mkdir(parents=True, exist_ok=True)
    with _held(place) as hidden:
        yield hidden / NEW
        old = hidden / OLD
        if place.exists():
            place.rename(old)
        try:
            (hidden / NEW).rename(place)
        except BaseException:
            if old.exists():
                old.rename(place)
            raise


def recover(place: Path) -> None:
    """Clear what killed processes left beside ``place``; one may have taken it away.

    What a living process holds is left alone.
    """
    for hidden in sorted(place.parent.glob(f"{escape('.' + place.name + MARK)}*")):
        if (lock := _lock(hidden)) is not None:
            if (hidden / OLD).exists() and not place.exists():
                (hidden / OLD).rename(place)
            _clear(hidden, lock)


@contextmanager
def _held(place: Path) -> Iterator[Path]:
    """A hidden folder beside ``place``, gone after the block."""
    hidden, lock = _begun(place)
    try:
        yield hidden
    finally:
        _clear(hidden, lock)


def _begun(place: Path) -> tuple[Path, int | None]:
    """A new folder and its lock, or none where the file system has no locks."""
    for _ in range(TRIES):
        hidden = Path(tempfile.mkdtemp(dir=place.parent, prefix=f".{place.name}{MARK}"))
        lock = _lock(hidden)
        if hidden.exists():  # else it was cleared before it was held
            break
        if lock is not None:
            os.close(lock)
    return hidden, lock


def _clear(hidden: Path, lock: int | None) -> None:
    shutil.rmtree(hidden, ignore_errors=True)
    if lock is not None:
        os.close(lock)


def _lock(folder: Path) -> int | None:
    """What holds ``folder`` until it is closed; None where it is gone, or another holds it."""
    if sys.platform == "win32":
        return None
    opened = None
    try:
        opened = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        if opened is not None:
            os.close(opened)
        return None
    return opened
