"""Where templates and schemas lie: in the project at hand, else in what the package carries."""

from __future__ import annotations

from pathlib import Path

from suyuan.core.layout import find_root

PACKAGE = Path(__file__).parents[1]


def resources(start: Path | None = None) -> Path:
    """A folder with ``templates/`` and ``workflow/schemas/``: the project of ``start``, or ours."""
    return find_root(start) or carried()


def carried() -> Path:
    """What the package brings along: in a wheel a folder of its own, in a checkout its root."""
    own = PACKAGE / "_data"
    return own if own.is_dir() else PACKAGE.parents[2]
