"""Horizontal bars in the given order; the largest stands out; values printed at the ends."""

from __future__ import annotations

from matplotlib.figure import Figure

from suyuan.figures import theme
from suyuan.figures.canvas import Marks, canvas, value_label
from suyuan.figures.kind import ANY, MEASURED, Kind
from suyuan.figures.svg import tag


def draw(marks: Marks) -> Figure:
    figure, (axes,) = canvas(0.3 + 0.26 * len(marks), left=0.2)
    top = marks["v"].max()
    for place, row in enumerate(marks.itertuples()):
        colour = theme.INK if row.v == top else theme.TEAL
        (bar,) = axes.barh([place], [row.v], height=0.62, color=colour, edgecolor="white")
        tag(bar, row.value_id)
        value_label(axes, row.v + top * 0.012, place, row, va="center")
    axes.set_yticks(range(len(marks)), list(marks["label"]))
    axes.set_xlim(0, top * 1.14)
    axes.invert_yaxis()
    theme.bare(axes)
    return figure


KIND = Kind(draw, needs=frozenset({"v"}), series=ANY, facts=MEASURED)
