"""A store of drawings by the digest of all that makes them: what is drawn once is not drawn again.

It lies in build/ and is safe to delete. What it holds is held against its own digest; a drawing
that is not whole is drawn again.
"""

from __future__ import annotations

import json
import math
import os
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from suyuan.core import inputs
from suyuan.core.files import digest, write_text
from suyuan.core.layout import Layout

MADE_BY = ("code", "fonts", inputs.LIBRARIES)  # beside the marks
KEPT = 1000  # drawings; the newest
DAY = 86_400  # seconds after which what was being written was left by a process that was killed
Draw = Callable[[], str]


@dataclass(frozen=True)
class Store:
    """Drawings below ``folder``, made by what has the digest ``made_by``."""

    folder: Path
    made_by: str

    @classmethod
    def of(cls, layout: Layout) -> Store:
        """That of the project."""
        digests = inputs.digests(layout, MADE_BY)
        return cls(layout.drawings, json.dumps(digests, sort_keys=True))

    @property
    def is_new(self) -> bool:
        """Whether nothing was ever put into it."""
        return not self.folder.is_dir()

    def get(self, ways: str, name: str, marks: pd.DataFrame, width: float, draw: Draw) -> str:
        """The drawing ``name`` of these marks, so many inches wide; drawn by ``draw`` if new.

        ``ways`` is what else decides how it looks: its kind, and what stands beside the marks.
        """
        made = json.dumps([self.made_by, ways, name, width, *_exactly(marks)], default=str)
        path = self.folder / f"{digest(made.encode())}.svg"
        if (kept := _whole(path)) is not None:
            with suppress(OSError):  # another has forgotten it, or nothing may be written here
                os.utime(path)
            return kept
        svg = draw()
        own = self.folder / f".{os.getpid()}.svg"  # others may draw the same just now
        write_text(own, digest(svg.encode()) + "\n" + svg)
        own.replace(path)
        return svg

    def trim(self) -> None:
        """Forget the drawings that were not asked for lately, and what was never finished."""
        ages = {path: _age(path) for path in self.folder.glob("*")}
        written = {path for path in ages if path.name.startswith(".")}
        by_age = sorted(ages.keys() - written, key=lambda path: ages[path])
        for path in [*by_age[KEPT:], *(path for path in written if ages[path] > DAY)]:
            path.unlink(missing_ok=True)


def _age(path: Path) -> float:
    """Seconds since it was written or asked for; without end of what another has just forgotten."""
    try:
        return time.time() - path.stat().st_mtime
    except FileNotFoundError:
        return math.inf


def _exactly(marks: pd.DataFrame) -> tuple[object, ...]:
    """All that a table of marks holds: numbers to the last bit, and what kinds of cells."""
    types = [str(dtype) for dtype in marks.dtypes]
    return list(marks.columns), types, list(marks.index), marks.astype(object).to_numpy().tolist()


def _whole(path: Path) -> str | None:
    """A stored drawing; None where there is none, or half of one."""
    try:
        said, _, svg = path.read_text(encoding="utf-8").partition("\n")
    except (FileNotFoundError, UnicodeDecodeError):
        return None
    return svg if said == digest(svg.encode()) else None
