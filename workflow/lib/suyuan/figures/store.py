"""A store of drawings by the digest of all that makes them: what is drawn once is not drawn again.

It lies in build/ and is safe to delete. What it holds is held against its own digest; a drawing
that is not whole is drawn again.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from suyuan.core import inputs
from suyuan.core.files import digest, write_text
from suyuan.core.layout import Layout

MADE_BY = ("code", "fonts", inputs.LIBRARIES)  # beside the marks
KEPT = 1000  # drawings; the newest
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
        own = json.dumps([self.made_by, ways, name, width, *_exactly(marks)], default=str)
        path = self.folder / f"{digest(own.encode())}.svg"
        if (kept := _whole(path)) is not None:
            path.touch()
            return kept
        svg = draw()
        write_text(path, digest(svg.encode()) + "\n" + svg)
        return svg

    def trim(self) -> None:
        """Forget the drawings that were not asked for lately."""
        by_age = sorted(self.folder.glob("*.svg"), key=lambda path: -path.stat().st_mtime_ns)
        for path in by_age[KEPT:]:
            path.unlink(missing_ok=True)


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
