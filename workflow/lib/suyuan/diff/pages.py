"""Two folders of finished reports: what their pages tell and their figures show otherwise."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from suyuan.diff import drawings, text
from suyuan.diff.told import Told

PAGE = "report.html"


def changes(before: Path, after: Path) -> dict[str, list[dict[str, Any]]]:
    """``text`` and ``figures`` of diff.json, from two folders like report/<edition>/."""
    old, new = Told.read(before / PAGE), Told.read(after / PAGE)
    captions = (new.captions, old.captions)
    return {
        "text": text.changes(old, new),
        "figures": drawings.changes(figures_of(before), figures_of(after), captions),
    }


def figures_of(folder: Path) -> Path:
    """The folder with the figures of a report."""
    return next((path for path in (folder / "figures").glob("*") if path.is_dir()), folder)
