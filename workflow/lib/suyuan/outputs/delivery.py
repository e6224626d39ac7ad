"""Delivery: a folder of files takes the place of another in one step, whole.

The new set is written beside the old one, on the same file system, and the two names are
exchanged by one call of the kernel, so that a reader finds the old set or the new one at any
moment. Where the kernel or the file system cannot exchange (renameat2 is Linux's), the old set is
renamed away and the new one in; killed between the two, the next run puts the old one back.
"""

from __future__ import annotations

import ctypes
import errno
import os
import shutil
from collections.abc import Mapping
from pathlib import Path

from suyuan.core.files import put

AT_FDCWD, RENAME_EXCHANGE = -100, 2
UNABLE = frozenset({errno.ENOSYS, errno.EINVAL, errno.ENOTSUP, errno.EPERM})


def _beside(place: Path, suffix: str) -> Path:
    return place.with_name(f".{place.name}.{suffix}")


def recover(place: Path) -> None:
    """Put back a set that was renamed away by a run that was killed; clear what it left."""
    old, new = _beside(place, "old"), _beside(place, "new")
    if old.is_dir() and not os.path.lexists(place):
        old.rename(place)
    for left in (old, new):
        _remove(left)


def deliver(files: Mapping[str, bytes], place: Path, ours: frozenset[str]) -> None:
    """Make ``place`` hold exactly ``files``, by their names there, in one step.

    What people have put there themselves stays: whatever stands at the top under a name that is
    not among ``ours``, the names that deliveries use.
    """
    recover(place)
    new = _beside(place, "new")
    try:
        for name, data in files.items():
            path = new / name
            path.parent.mkdir(parents=True, exist_ok=True)
            put(path, data)
        if place.is_dir():
            for path in sorted(place.iterdir()):
                if path.name not in ours:
                    _copy(path, new / path.name)
        _switch(new, place)
    finally:
        _remove(new)  # the old set after the exchange, or a new one that came to nothing


def _remove(path: Path) -> None:
    """Remove a folder, or what people put in its place: a file, or a link, not what it leads to."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def _copy(path: Path, target: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.copytree(path, target, symlinks=True)
    else:
        shutil.copy2(path, target, follow_symlinks=False)


def _switch(new: Path, place: Path) -> None:
    if not os.path.lexists(place):
        new.rename(place)
    elif not exchange(new, place):
        old = _beside(place, "old")
        place.rename(old)
        new.rename(place)
        _remove(old)


def exchange(one: Path, other: Path) -> bool:
    """Exchange two names in one step; False where that cannot be done. Raises OSError."""
    call = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if call is None:
        return False
    names = (os.fsencode(one), os.fsencode(other))
    if call(AT_FDCWD, names[0], AT_FDCWD, names[1], RENAME_EXCHANGE) == 0:
        return True
    failed = ctypes.get_errno()
    if failed in UNABLE:
        return False
    raise OSError(failed, os.strerror(failed), str(one), None, str(other))
