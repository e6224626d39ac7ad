"""What drawings are made of, from matplotlib, which is imported as the first of them is made.

Who only looks up what a figure would show, as `suyuan check` does, spends no fifth of a second
on it.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from matplotlib import rcdefaults, rcParams, use
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.font_manager import fontManager
    from matplotlib.patches import Circle, FancyArrowPatch, FancyBboxPatch, Polygon, Rectangle
    from matplotlib.path import Path
    from matplotlib.text import Annotation, Text
    from matplotlib.transforms import Transform

__all__ = [
    "Annotation", "Artist", "Axes", "Circle", "FancyArrowPatch", "FancyBboxPatch", "Figure", "Path",
    "Polygon", "Rectangle", "Text", "Transform", "fontManager", "rcParams", "rcdefaults", "use",
]  # fmt: skip

HOMES = {
    "matplotlib": ("rcParams", "rcdefaults", "use"),
    "matplotlib.artist": ("Artist",),
    "matplotlib.axes": ("Axes",),
    "matplotlib.figure": ("Figure",),
    "matplotlib.font_manager": ("fontManager",),
    "matplotlib.patches": ("Circle", "FancyArrowPatch", "FancyBboxPatch", "Polygon", "Rectangle"),
    "matplotlib.path": ("Path",),
    "matplotlib.text": ("Annotation", "Text"),
    "matplotlib.transforms": ("Transform",),
}
_HOME = {name: home for home, names in HOMES.items() for name in names}


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(name)
    return getattr(import_module(_HOME[name]), name)
