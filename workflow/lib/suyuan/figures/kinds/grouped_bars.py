"""Horizontal bars of several series side by side for each label."""

from __future__ import annotations

from matplotlib.figure import Figure

from suyuan.figures import theme
from suyuan.figures.canvas import Marks, canvas, different, legend, value_label
from suyuan.figures.kind import FEW, MEASURED, Kind
from suyuan.figures.svg import tag


def draw(marks: Marks) -> Figure:
    labels, series = different(marks, "label"), different(marks, "series")
    figure, (axes,) = canvas(0.55 + 0.42 * len(labels), top=0.9, left=0.12)
    thick, top = 0.78 / len(series), marks["v"].max()
    for row in marks.itertuples():
        at = series.index(row.series)
        place = labels.index(row.label) + (at - (len(series) - 1) / 2) * thick
        colour = theme.PALETTE[at]
        (bar,) = axes.barh([place], [row.v], height=thick, color=colour, edgecolor="white")
        tag(bar, row.value_id)
        value_label(axes, row.v + top * 0.01, place, row, va="center")
    axes.set_yticks(range(len(labels)), labels)
    axes.set_xlim(0, top * 1.12)
    axes.invert_yaxis()
    legend(axes, series, theme.PALETTE)
    theme.bare(axes)
    return figure


KIND = Kind(draw, needs=frozenset({"v"}), series=FEW, facts=MEASURED)
