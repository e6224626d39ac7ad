"""What all drawings share: a canvas of the text's width, marks that know their value, labels."""

from __future__ import annotations

from typing import Any, TypeAlias

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Patch

from suyuan.figures import theme
from suyuan.figures.svg import tag

Marks: TypeAlias = pd.DataFrame


def canvas(
    height: float, *, rows: int = 1, left: float = 0.14, **margins: float
) -> tuple[Figure, list[Axes]]:
    """A figure as wide as the text and its panels, one above the other. ``height`` in inches."""
    figure = Figure(figsize=(theme.WIDTH_INCHES, height))
    axes = [panels[0] for panels in figure.subplots(rows, 1, squeeze=False)]
    edges = {"left": left, "right": 0.97, "top": 0.97, "bottom": 0.06, "hspace": 0.0} | margins
    figure.subplots_adjust(**edges)
    return figure, axes


def value_label(axes: Axes, x: float, y: float, row: Any, **style: Any) -> None:
    """Print the value of a mark at a place of the axes."""
    text = axes.text(x, y, row.txt, fontsize=theme.POINTS, **style)
    tag(text, row.value_id)


def legend(axes: Axes, names: list[str], colours: tuple[str, ...]) -> None:
    """A row of colours and their names above the axes."""
    handles = [Patch(color=colour) for colour in colours[: len(names)]]
    axes.legend(
        handles, names, frameon=False, ncols=len(names), loc="lower left",
        bbox_to_anchor=(0, 1.0), borderaxespad=0, handlelength=1.0, fontsize=theme.POINTS,
    )  # fmt: skip
