"""Per label a point of the first series (x) and the second (y, log), with both intervals."""

from __future__ import annotations

from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from suyuan.figures import theme
from suyuan.figures.canvas import Marks, canvas, decades, different, whisker
from suyuan.figures.kind import MEASURED, TWO, Kind
from suyuan.figures.svg import tag


def draw(marks: Marks) -> Figure:
    across, up = different(marks, "series")
    wide, tall = (marks[marks["series"] == series] for series in (across, up))
    points = [
        (x, y) for x in wide.itertuples() for y in tall[tall["label"] == x.label].itertuples()
    ]
    figure, (axes,) = canvas(3.9, left=0.1, bottom=0.12, top=0.98)
    axes.set_yscale("log")
    room = (wide["high"].max() - wide["low"].min()) * 0.14 or 1
    axes.set_xlim(wide["low"].min() - room, wide["high"].max() + room)
    low, high = tall["low"].min() / 1.6, tall["high"].max() * 1.6
    axes.set_ylim(low, high)
    line: dict[str, Any] = {"color": theme.TEAL, "linewidth": 1.6, "zorder": 1}
    for x, y in points:
        whisker(axes, x, y.v, **line)
        whisker(axes, y, x.v, upright=True, **line)
        for mark, size, colour in ((x, 7.5, theme.INK), (y, 4, theme.AMBER)):
            (dot,) = axes.plot([x.v], [y.v], "o", color=colour, markersize=size, zorder=2)
            tag(dot, mark.value_id)
        near = any(0 < b.v - x.v < 2.2 * room and 0.4 < c.v / y.v < 2.5 for b, c in points)
        _name_point(axes, x, y, leftward=near)
    axes.set_yticks(*decades(low, high))
    axes.minorticks_off()
    axes.set_xlabel(across)
    axes.set_ylabel(up)
    axes.grid(color=theme.RULE, linewidth=0.5)
    axes.set_axisbelow(True)
    return figure


def _name_point(axes: Axes, x: Any, y: Any, *, leftward: bool) -> None:
    """Name and y above a point, x below it; beside its upright line, to one side."""
    side, lean = (-6, "right") if leftward else (6, "left")
    lines = ((x.label, 15, "bold", None), (y.txt, 5, "normal", y), (x.txt, -12, "normal", x))
    for text, height, weight, mark in lines:
        words = axes.annotate(
            text, (x.v, y.v), xytext=(side, height), textcoords="offset points", ha=lean,
            fontsize=theme.POINTS, fontweight=weight,
        )  # fmt: skip
        if mark is not None:
            tag(words, mark.value_id)


KIND = Kind(draw, needs=frozenset({"v", "low", "high"}), series=TWO, facts=MEASURED)
