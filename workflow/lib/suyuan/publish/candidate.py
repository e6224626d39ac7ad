"""Candidate: an edition that was built apart and is not published yet; what gates look at."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from suyuan.core.errors import Problem
from suyuan.core.files import read_json
from suyuan.core.layout import Layout
from suyuan.diff.command import all_of, between
from suyuan.diff.shown import Shown
from suyuan.diff.sides import Side
from suyuan.outputs import package
from suyuan.publish import work
from suyuan.publish.policy import Policy
from suyuan.publish.shelf import DIFF, Published


@dataclass(frozen=True)
class Candidate:
    """``layout`` is that of the pinned project, ``root`` the project that publishes.

    ``base`` is what it is compared with, None for the first. ``place`` is a folder where it stands
    beside its base under their names, as they will among the published.
    """

    root: Path
    layout: Layout
    name: str
    base: Published | None
    policy: Policy
    place: Path
    log: Path

    def ask(self, *words: str) -> Sequence[Problem | str]:
        """Why a command of the pinned project, run by its own code, refuses; nothing where not."""
        return work.run(self.layout.root, "suyuan", words, self.log).reasons(self.told_log)

    @property
    def told_log(self) -> str:
        """The log, as messages name it."""
        return os.path.relpath(self.log, self.root)

    @property
    def html(self) -> Path:
        return self.layout.report / package.HTML

    @property
    def pdf(self) -> Path:
        return self.layout.report / package.PDF

    @cached_property
    def lineage(self) -> Mapping[str, Any]:
        lineage: Mapping[str, Any] = read_json(self.layout.report / package.LINEAGE)
        return lineage

    @cached_property
    def side(self) -> Side:
        """Itself as a side of a comparison."""
        return Side.open(self.name, self._stood(self.name, self.layout.report))

    @cached_property
    def comparison(self) -> Shown | None:
        """What changed since its base, None without one.

        Raises LookupFailed E390, E391 where either is no side of a comparison.
        """
        if self.base is None:
            return None
        base = Side.open(self.base.name, self._stood(self.base.name, self.base.folder))
        return all_of(self.root, between(self.root, base, self.side))

    @property
    def compared(self) -> dict[str, str]:
        """The comparison's files by name, as they will lie in the edition's folder."""
        if self.comparison is None:
            return {}
        return self.comparison.files(self.place / self.name / DIFF)

    def _stood(self, name: str, folder: Path) -> Path:
        """A folder under its published name, so that pages find each other by relative paths."""
        path = self.place / name
        if not path.is_symlink():
            self.place.mkdir(exist_ok=True)
            path.symlink_to(os.path.relpath(folder.resolve(), self.place.resolve()))
        return path
