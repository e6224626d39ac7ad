"""Vertical bars over periods, values on top, periods below."""

from __future__ import annotations

from matplotlib.figure import Figure

from suyuan.figures import theme
from suyuan.figures.canvas import Marks, canvas, value_label
from suyuan.figures.kind import ANY, MEASURED, Kind
from suyuan.figures.svg import tag


def draw(marks: Marks) -> Figure:
    figure, (axes,) = canvas(1.8, left=0.03, bottom=0.13, top=0.95)
    top = marks["v"].max()
    for place, row in enumerate(marks.itertuples()):
        colour = theme.INK if place == len(marks) - 1 else theme.TEAL
        (bar,) = axes.bar([place], [row.v], width=0.66, color=colour, edgecolor="white")
        tag(bar, row.value_id)
        value_label(axes, place, row.v + top * 0.02, row, ha="center", va="bottom")
    axes.set_xticks(range(len(marks)), list(marks["x"]))
    axes.set_ylim(0, top * 1.12)
    theme.bare(axes, x=True, y=False)
    return figure


KIND = Kind(draw, needs=frozenset({"v", "x"}), series=ANY, facts=MEASURED)
