"""Horizontal bars of several series side by side for each label."""

from __future__ import annotations

from suyuan.figures import mpl, paint, theme
from suyuan.figures.canvas import (
    GAP,
    Marks,
    different,
    key,
    key_height,
    named_rows,
    room_for,
    value_label,
)
from suyuan.figures.kind import FEW, MEASURED, Kind
from suyuan.figures.svg import tag

BAR = 0.165  # inches of a bar; the letters beside it are an eighth of an inch high


def draw(marks: Marks, width: float = theme.WIDTH_INCHES) -> mpl.Figure:
    labels, series = different(marks, "label"), different(marks, "series")
    head = key_height(series, width)
    row = BAR * len(series) + 0.1
    figure, axes = named_rows(labels, width, row=row, right=room_for(marks["txt"]), head=head)
    thick = 0.78 / len(series)
    for mark in marks.itertuples():
        at = series.index(mark.series)
        place = labels.index(mark.label) + (at - (len(series) - 1) / 2) * thick
        colour = paint.PALETTE[at]
        (bar,) = axes.barh([place], [mark.v], height=thick, color=colour, edgecolor="white")
        tag(bar, mark.value_id)
        value_label(axes, mark.v, place, mark, aside=GAP, va="center")
    axes.set_xlim(0, marks["v"].max() or 1)
    key(figure, series, paint.PALETTE)
    return figure


KIND = Kind(
    draw, needs=frozenset({"v"}), series=FEW, facts=MEASURED, lines=True, most=None, suits=()
)
