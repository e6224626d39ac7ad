"""Drawings placed in inches: cells and text keep their size whatever the number of rows.

One axes fills the figure. A grid has rows in groups, a column for each vendor, and a legend.
"""

from __future__ import annotations

from itertools import groupby
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from matplotlib.text import Text

from suyuan.figures import theme
from suyuan.figures.canvas import Marks, different

SMALL = theme.POINTS - 1
COLUMN = 0.58  # width of a vendor's column
HEAD = 0.3  # height of the heads of columns
FOOT = 0.34  # height of the legend
CELL = 1.0  # what is drawn in one cell lies on one level, so that its pieces become one mark


def sheet(height: float, width: float = theme.WIDTH_INCHES) -> tuple[Figure, Axes]:
    """An empty figure whose axes count inches from its upper left corner."""
    figure = Figure(figsize=(width, height))
    axes = figure.add_axes((0.0, 0.0, 1.0, 1.0))
    axes.set_xlim(0, width)
    axes.set_ylim(height, 0)
    axes.set_axis_off()
    return figure, axes


def box(axes: Axes, x: float, y: float, width: float, height: float, colour: str) -> Rectangle:
    """A filled box; x and y are its upper left corner."""
    drawn = Rectangle(
        (x, y), width, height, facecolor=colour, edgecolor="white", clip_on=False, zorder=CELL
    )
    axes.add_patch(drawn)
    return drawn


def text(axes: Axes, x: float, y: float, words: str, *, va: str = "center", **style: Any) -> Text:
    """Words in the size of a cell."""
    return axes.text(x, y, words, va=va, fontsize=SMALL, **style)


def grid(marks: Marks, row_height: float) -> tuple[Figure, Axes, dict[str, float], float]:
    """A grid's heads, row names and groups: figure, axes, top of each row, left of the cells."""
    rows = list(dict.fromkeys(zip(marks["group"], marks["label"], strict=True)))
    vendors = different(marks, "series")
    left = theme.WIDTH_INCHES - COLUMN * len(vendors)
    figure, axes = sheet(HEAD + row_height * len(rows) + FOOT)
    for place, vendor in enumerate(vendors):
        middle = left + (place + 0.5) * COLUMN
        text(axes, middle, HEAD / 2, vendor, ha="center", color=theme.INK, fontweight="bold")
    tops: dict[str, float] = {}
    for group, members in groupby(rows, key=lambda row: row[0]):
        start = HEAD + row_height * len(tops)
        axes.plot([0, theme.WIDTH_INCHES], [start, start], color=theme.INK, linewidth=0.6)
        text(axes, 0.0, start + row_height / 2, group, color=theme.INK, fontweight="bold")
        for _, label in members:
            tops[label] = HEAD + row_height * len(tops)
            text(axes, left - 0.08, tops[label] + row_height / 2, label, ha="right")
    return figure, axes, tops, left


def foot(axes: Axes, tops: dict[str, float], row_height: float) -> float:
    """The line below the last row; where the legend's middle is."""
    end = max(tops.values()) + row_height
    axes.plot([0, theme.WIDTH_INCHES], [end, end], color=theme.INK, linewidth=0.6)
    return end + FOOT / 2 + 0.03
