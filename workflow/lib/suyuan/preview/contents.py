"""What inputs hold, by kind: a save that leaves their content as it was reaches nothing.

Programs write a lock beside a table that they open, editors move files away and back, and who
takes a change back has what was there before.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass

from suyuan.core.errors import ReportedError
from suyuan.core.inputs import digest_of, files
from suyuan.core.layout import Layout
from suyuan.preview.watching import Mark, mark

Marks = tuple[tuple[str, Mark], ...]


@dataclass(frozen=True)
class Held:
    """A digest of what a kind's files hold, and their marks before it was taken."""

    digest: str
    marks: Marks


class Contents:
    """Inputs of an edition, of some kinds, as they were when each kind was last ``noted``."""

    def __init__(self, layout: Layout, kinds: Iterable[str]) -> None:
        self._layout = layout
        self._held: dict[str, Held] = {}
        self._kinds = frozenset(kinds)
        self._unnoted = set(self._kinds)

    def note(self, kinds: Iterable[str]) -> None:
        """Look at what was saved, and what could not be noted before. Raises as ``files`` does."""
        self._unnoted |= self._kinds.intersection(kinds)
        for kind in sorted(self._unnoted):
            marks = self._marks(kind)
            self._held[kind] = Held(digest_of(self._layout.root, files(self._layout, kind)), marks)
            self._unnoted -= {kind}

    def of(self, kinds: Iterable[str]) -> tuple[str, ...]:
        """What those kinds hold."""
        return tuple(self._held[kind].digest for kind in sorted(kinds))

    def still(self, kinds: Iterable[str]) -> bool:
        """Whether nothing was written since: what was read meanwhile is what was noted."""
        try:
            return all(self._marks(kind) == self._held[kind].marks for kind in kinds)
        except (ReportedError, OSError):
            return False

    def _marks(self, kind: str) -> Marks:
        paths = map(os.fspath, files(self._layout, kind))
        return tuple((path, mark(path)) for path in paths)
