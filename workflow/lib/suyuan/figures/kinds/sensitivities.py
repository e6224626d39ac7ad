"""A panel per label: bars of the first series by x, ticks of the second, both with intervals.

All panels share one scale. The value of the first series is printed.
"""

from __future__ import annotations

from typing import Any

from matplotlib.figure import Figure

from suyuan.figures import theme
from suyuan.figures.canvas import Marks, different, name_rows, value_label, whisker
from suyuan.figures.kind import MEASURED, TWO, Kind
from suyuan.figures.svg import tag

PANELS = 5  # side by side, at most


def draw(marks: Marks) -> Figure:
    names, inputs = different(marks, "label"), different(marks, "x")
    first, _ = different(marks, "series")
    columns = min(len(names), PANELS)
    lines = -(-len(names) // columns)
    height = 0.55 + lines * (0.4 + 0.2 * len(inputs))
    figure = Figure(figsize=(theme.WIDTH_INCHES, height))
    grid = figure.subplots(lines, columns, squeeze=False, sharey=True).flatten()
    longest = max(len(name) for name in inputs)
    edges = {"top": 1 - 0.42 / height, "bottom": 0.08 / height, "hspace": 0.3, "wspace": 0.06}
    figure.subplots_adjust(left=0.03 + 0.0175 * longest, right=0.99, **edges)
    for axes, name in zip(grid, names, strict=False):
        for row in marks[marks["label"] == name].itertuples():
            place = inputs.index(row.x)
            if row.series == first:
                bar = axes.barh([place], [row.v], height=0.56, color=theme.TEAL, zorder=1)[0]
                end = marks["high"].max() * 1.04
                value_label(axes, end, place, row, va="center")
                line: dict[str, Any] = {"color": theme.INK, "linewidth": 0.9}
            else:
                (bar,) = axes.plot([row.v], [place], "|", color=theme.WINE, markersize=9, zorder=3)
                line = {"color": theme.WINE, "linewidth": 0.9}
            tag(bar, row.value_id)
            whisker(axes, row, place + (-0.14 if row.series == first else 0.14), zorder=2, **line)
        axes.set_title(name, fontsize=theme.POINTS, fontweight="bold", color=theme.INK, pad=3)
        axes.set_xlim(min(marks["low"].min(), 0), marks["high"].max() * 1.45)
        name_rows(axes, inputs)
        axes.axvline(0, color=theme.MUTED, linewidth=0.6)
        theme.bare(axes)
    for axes in grid[len(names) :]:
        axes.set_visible(False)
    _key(figure, different(marks, "series"), (theme.TEAL, theme.WINE))
    return figure


def _key(figure: Figure, names: list[str], colours: tuple[str, ...]) -> None:
    """Names of the series in their colours along the figure's upper edge."""
    at = 0.03
    for name, colour in zip(names, colours, strict=True):
        figure.text(at, 0.995, f"■ {name}", color=colour, va="top", fontsize=theme.POINTS)
        at += 0.05 + 0.0175 * len(name)


KIND = Kind(draw, needs=frozenset({"v", "x", "low", "high"}), series=TWO, facts=MEASURED)
