"""What drawings share: a canvas of the text's width, marks that know their value, labels.

A table of marks has one row per mark in drawing order: ``series``, ``label``, ``value_id``,
``txt`` and what else its kind needs: ``v`` (float in display units, NaN where missing), ``x``,
``low`` and ``high``. Every mark and its printed label carry the value's id as gid, which becomes
``data-fact`` in the SVG.
"""

from __future__ import annotations

from math import ceil, floor, log10
from typing import Any, TypeAlias

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Patch

from suyuan.figures import theme
from suyuan.figures.svg import tag

Marks: TypeAlias = pd.DataFrame


def canvas(
    height: float, *, width: float = theme.WIDTH_INCHES, rows: int = 1, left: float = 0.14,
    **margins: float,
) -> tuple[Figure, list[Axes]]:  # fmt: skip
    """A figure, by rule as wide as the text, and its panels, one above the other, in inches."""
    figure = Figure(figsize=(width, height))
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


def different(marks: Marks, column: str) -> list[str]:
    """Different entries of a column in order of appearance."""
    return list(dict.fromkeys(marks[column]))


def name_rows(axes: Axes, names: list[str]) -> None:
    """Name the rows 0, 1, 2 … from the top down."""
    axes.set_yticks(range(len(names)), names)
    axes.set_ylim(len(names) - 0.5, -0.5)


def whisker(axes: Axes, row: Any, at: float, *, upright: bool = False, **style: Any) -> None:
    """Two lines from the value of ``row`` to its bounds, at ``at`` of the other axis."""
    for end, bound in ((row.low, row.low_id), (row.high, row.high_id)):
        along, across = [row.v, end], [at, at]
        ends = (across, along) if upright else (along, across)
        (half,) = axes.plot(*ends, clip_on=False, **style)
        tag(half, bound)


def decades(low: float, high: float) -> tuple[list[float], list[str]]:
    """Powers of ten from ``low`` to ``high``, for the ticks of a log axis, and their texts."""
    powers = [10.0**n for n in range(ceil(log10(low)), floor(log10(high)) + 1)]
    return powers, [f"{power:g}" for power in powers]
