"""Per label a row of dots on a log axis, one per series; first and last value printed."""

from __future__ import annotations

from matplotlib.figure import Figure

from suyuan.figures import theme
from suyuan.figures.canvas import Marks, canvas, decades, different, legend, name_rows, value_label
from suyuan.figures.kind import ANY, MEASURED, Kind
from suyuan.figures.svg import tag


def draw(marks: Marks) -> Figure:
    names, steps = different(marks, "label"), different(marks, "series")
    colours = (theme.MUTED, *theme.PALETTE)
    figure, (axes,) = canvas(0.75 + 0.32 * len(names), top=0.88, bottom=0.12)
    for place, name in enumerate(names):
        rows = marks[marks["label"] == name]
        axes.plot(rows["v"], [place] * len(rows), color=theme.RULE, linewidth=3, zorder=1)
        for row in rows.itertuples():
            colour = colours[steps.index(row.series) % len(colours)]
            (dot,) = axes.plot([row.v], [place], "o", color=colour, markersize=5.5, zorder=2)
            tag(dot, row.value_id)
        *_, last = rows.itertuples()
        first = next(rows.itertuples())
        value_label(axes, first.v * 1.18, place, first, va="center")
        value_label(axes, last.v / 1.18, place, last, va="center", ha="right")
    name_rows(axes, names)
    axes.set_xscale("log")
    low, high = marks["v"].min() / 2.2, marks["v"].max() * 2.2
    axes.set_xlim(low, high)
    axes.set_xticks(*decades(low, high))
    axes.minorticks_off()
    axes.grid(axis="x", color=theme.RULE, linewidth=0.5)
    axes.set_axisbelow(True)
    legend(axes, steps, colours)
    return figure


KIND = Kind(draw, needs=frozenset({"v"}), series=ANY, facts=MEASURED)
