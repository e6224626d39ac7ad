"""Which kinds of inputs were saved: their files are looked at again and again.

Some six hundred files are asked for their dates in two milliseconds, so nobody needs to be told by
the kernel (docs/decisions/0046).
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Iterator

from suyuan.contract.strays import strays
from suyuan.core import inputs
from suyuan.core.errors import ReportedError
from suyuan.core.layout import Layout
from suyuan.outputs import package

KINDS = tuple(inputs.KINDS.keys() - {"workflow"})
DELIVERED = "delivered"  # no input, but what a page is compared with
EVERY = 1.0  # seconds after which new files are looked for where no folder tells of them
UNREST = 3.0  # seconds after which it is taken as it is, though somebody goes on writing
Mark = tuple[int, ...]  # that of a file changes when it is written


class Watch:
    """The files of an edition, as they were when somebody last asked."""

    def __init__(self, layout: Layout, now: Callable[[], float] = time.monotonic) -> None:
        self.layout, self.now = layout, now
        delivered = [layout.report / name for name in (package.LINEAGE, package.HTML)]
        self._files = {DELIVERED: [os.fspath(path) for path in delivered]}
        self._listed, self._seen_in = -EVERY, dict[str, Mark]()
        self._seen = self._marks()

    def changed(self) -> frozenset[str]:
        """The kinds of which files were saved, came or went since this was last asked."""
        seen, self._seen = self._seen, self._marks()
        names = seen.keys() | self._seen.keys()
        return frozenset(k for k, path in names if seen.get((k, path)) != self._seen.get((k, path)))

    def settled(self, kinds: Iterable[str], pause: Callable[[], object]) -> frozenset[str]:
        """``kinds`` and those that were saved while nothing was quiet: a save is many writes."""
        found, more, since = frozenset(kinds), frozenset(kinds), self.now()
        while more and self.now() - since < UNREST:
            pause()
            more = self.changed()
            found |= more
        return found

    def _marks(self) -> dict[tuple[str, str], Mark]:
        folders = self._folders()
        if folders != self._seen_in or self.now() - self._listed >= EVERY:
            self._list()
            self._listed, self._seen_in = self.now(), self._folders()
        return {(kind, path): mark(path) for kind, own in self._files.items() for path in own}

    def _folders(self) -> dict[str, Mark]:
        """Of each folder of known files, what changes when one comes or goes there."""
        folders = {os.path.dirname(path) for own in self._files.values() for path in own}  # noqa: PTH120
        return {folder: mark(folder) for folder in folders}

    def _list(self) -> None:
        """Look for new files. What cannot be listed now, as under a broken schema, stays known."""
        for kind in KINDS:
            try:
                self._files[kind] = [os.fspath(path) for path in inputs.files(self.layout, kind)]
                if kind == "raw":
                    self._files[kind] += self._beside()
            except (ReportedError, OSError):
                self._files.setdefault(kind, [])

    def _beside(self) -> Iterator[str]:
        """Files that are no tables, and refuse a build."""
        return (os.fspath(self.layout.root / problem.file) for problem in strays(self.layout))


def mark(path: str) -> Mark:
    """That of a file, () where there is none."""
    try:
        status = os.stat(path)  # noqa: PTH116  hundreds, ten times a second
    except OSError:
        return ()
    return status.st_mtime_ns, status.st_ctime_ns, status.st_size, status.st_ino
