"""Actual (bar) against target (tick) for each label, on a scale of its own."""

from __future__ import annotations

from matplotlib.figure import Figure

from suyuan.figures import theme
from suyuan.figures.canvas import Marks, canvas, different, legend, value_label
from suyuan.figures.kind import MEASURED, TWO, Kind
from suyuan.figures.svg import tag

LEGEND = 0.2  # inches above the axes


def draw(marks: Marks) -> Figure:
    labels = different(marks, "label")
    names = different(marks, "series")
    height = 0.5 + 0.42 * len(labels)
    figure, (axes,) = canvas(height, left=0.2, top=1 - LEGEND / height)
    for place, label in enumerate(labels):
        rows = marks[marks["label"] == label]
        top = rows["v"].max()
        for row in rows.itertuples():
            width = row.v / top
            if row.series == names[0]:
                (mark,) = axes.barh([place], [width], height=0.34, color=theme.TEAL)
                below = place - 0.21
                value_label(
                    axes, min(width, 0.93) + 0.01, below, row, va="bottom", color=theme.TEAL
                )
            else:
                (mark,) = axes.plot(
                    [width, width], [place - 0.3, place + 0.3], color=theme.WINE, linewidth=2.4
                )
                value_label(axes, width + 0.01, place + 0.21, row, va="top", color=theme.WINE)
            tag(mark, row.value_id)
    axes.set_yticks(range(len(labels)), labels)
    axes.set_xlim(0, 1.1)
    axes.set_ylim(len(labels) - 0.4, -0.6)
    legend(axes, names, (theme.TEAL, theme.WINE))
    theme.bare(axes)
    return figure


KIND = Kind(draw, needs=frozenset({"v"}), series=TWO, facts=MEASURED)
