"""A dot for each value and a line over the interval that it may lie in."""

from __future__ import annotations

from matplotlib.figure import Figure

from suyuan.figures import theme
from suyuan.figures.canvas import Marks, canvas, value_label
from suyuan.figures.kind import ANY, MEASURED, Kind
from suyuan.figures.svg import tag


def draw(marks: Marks) -> Figure:
    figure, (axes,) = canvas(0.35 + 0.3 * len(marks), left=0.14)
    low, high = marks["low"].min(), marks["high"].max()
    room = (high - low) or 1
    for place, row in enumerate(marks.itertuples()):
        for end, bound in ((row.low, row.low_id), (row.high, row.high_id)):
            (half,) = axes.plot([end, row.v], [place, place], color=theme.MIST, linewidth=6)
            tag(half, bound)
        (dot,) = axes.plot([row.v], [place], "o", color=theme.INK, markersize=5)
        tag(dot, row.value_id)
        value_label(axes, row.high + room * 0.025, place, row, va="center")
    axes.set_yticks(range(len(marks)), list(marks["label"]))
    axes.set_xlim(low - room * 0.05, high + room * 0.16)
    axes.set_ylim(len(marks) - 0.5, -0.5)
    axes.grid(axis="y", color=theme.RULE, linewidth=0.5)
    axes.set_axisbelow(True)
    theme.bare(axes)
    return figure


KIND = Kind(draw, needs=frozenset({"v", "low", "high"}), series=ANY, facts=MEASURED)
