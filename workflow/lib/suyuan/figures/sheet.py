"""Drawings placed in inches: cells and text keep their size whatever the number of rows.

One axes fills the figure.
"""

from __future__ import annotations

from typing import Any

from suyuan.figures import mpl, theme

SMALL = theme.SMALL
CELL = 1.0  # what is drawn in one cell lies on one level, so that its pieces become one mark


def sheet(height: float, width: float = theme.WIDTH_INCHES) -> tuple[mpl.Figure, mpl.Axes]:
    """An empty figure whose axes count inches from its upper left corner."""
    figure = mpl.Figure(figsize=(width, height))
    axes = figure.add_axes((0.0, 0.0, 1.0, 1.0))
    axes.set_xlim(0, width)
    axes.set_ylim(height, 0)
    axes.set_axis_off()
    return figure, axes


def box(
    axes: mpl.Axes, x: float, y: float, width: float, height: float, colour: str
) -> mpl.Rectangle:
    """A filled box; x and y are its upper left corner."""
    drawn = mpl.Rectangle(
        (x, y), width, height, facecolor=colour, edgecolor="white", clip_on=False, zorder=CELL
    )
    axes.add_artist(drawn)  # a patch would have the axes look for their limits again
    return drawn


def text(
    axes: mpl.Axes, x: float, y: float, words: str, *, va: str = "center", **style: Any
) -> mpl.Text:
    """Words in the size of a cell, unless ``fontsize`` is given."""
    return axes.text(x, y, words, va=va, **({"fontsize": SMALL, "linespacing": 1.15} | style))
