"""A store of drawings by the digest of all that makes them: what is drawn once is not drawn again.

It lies in build/ and is safe to delete. What it holds is held against its own digest; a drawing
that is not whole is drawn again.
"""

from __future__ import annotations

import json
import os
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
DAY = 86_400  # seconds without an end, after which what was being written has nobody who ends it
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
        times = {path: _time(path) for path in self.folder.glob("*")}
        written = {path for path in times if path.name.startswith(".")}
        newest = sorted(times.keys() - written, key=lambda path: times[path], reverse=True)
        last = max(times.values(), default=0.0)
        left = {path for path in written if last - times[path] > DAY}
        for path in (*newest[KEPT:], *left):
            path.unlink(missing_ok=True)


def _time(path: Path) -> float:
    """When it was written or asked for; the beginning of all for what was forgotten just now."""
    try:
        return path.stat().st_mtime
    except FileNotFoundError:
        return 0.0


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
