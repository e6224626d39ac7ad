"""One bar cut into shares of a whole, each labelled with its name and share."""

from __future__ import annotations

from matplotlib.figure import Figure

from suyuan.figures import theme
from suyuan.figures.canvas import Marks, canvas, value_label
from suyuan.figures.kind import ANY, MEASURED, Kind
from suyuan.figures.svg import tag


def draw(marks: Marks) -> Figure:
    figure, (axes,) = canvas(1.15, left=0.02, right=0.98, top=0.98, bottom=0.02)
    start = 0.0
    for place, row in enumerate(marks.itertuples()):
        colour = theme.PALETTE[place % len(theme.PALETTE)]
        (bar,) = axes.barh([0], [row.v], left=start, height=1, color=colour, edgecolor="white")
        tag(bar, row.value_id)
        middle = start + row.v / 2
        if row.v > 0.06 * marks["v"].sum():
            value_label(
                axes, middle, 0, row, ha="center", va="center", color=theme.contrast(colour)
            )
            axes.text(middle, -0.62, row.label, ha="center", va="top")
        else:
            value_label(axes, start + row.v, 0.62, row, ha="right", va="bottom")
            axes.text(start + row.v, 1.2, row.label, ha="right", va="bottom")
        start += row.v
    axes.set_xlim(0, start)
    axes.set_ylim(-1.3, 1.9)
    theme.bare(axes, y=False)
    return figure


KIND = Kind(draw, needs=frozenset({"v"}), series=ANY, facts=MEASURED)
