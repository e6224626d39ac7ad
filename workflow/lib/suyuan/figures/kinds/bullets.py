"""Actual (bar) against target (tick) for each label, on a scale of its own."""

from __future__ import annotations

from suyuan.figures import mpl, paint, theme
from suyuan.figures.canvas import GAP, Marks, different, key, key_height, named_rows, value_label
from suyuan.figures.kind import MEASURED, TWO, Kind
from suyuan.figures.svg import tag

ROW = 0.52  # a bar between two lines of letters


def draw(marks: Marks, width: float = theme.WIDTH_INCHES) -> mpl.Figure:
    labels, names = different(marks, "label"), different(marks, "series")
    figure, axes = named_rows(
        labels, width, row=ROW, right=GAP, head=key_height(names, width) + 0.02
    )
    for place, label in enumerate(labels):
        rows = marks[marks["label"] == label]
        top = rows["v"].max() or 1
        for row in rows.itertuples():
            share = row.v / top
            lean, aside = ("right", -GAP) if share > 0.6 else ("left", GAP)
            if row.series == names[0]:
                (mark,) = axes.barh([place], [share], height=0.3, color=paint.TEAL)
                edge, va, colour = place - 0.17, "bottom", paint.TEAL
                aside = 0.0 if lean == "right" else aside
            else:
                ends = [place - 0.24, place + 0.24]
                (mark,) = axes.plot([share] * 2, ends, color=paint.WINE, linewidth=2.4)
                edge, va, colour = place + 0.17, "top", paint.WINE
            tag(mark, row.value_id)
            value_label(axes, share, edge, row, aside=aside, va=va, ha=lean, color=colour)
    axes.set_xlim(0, 1)
    key(figure, names, (paint.TEAL, paint.WINE))
    return figure


KIND = Kind(
    draw, needs=frozenset({"v"}), series=TWO, facts=MEASURED, lines=False, most=None, suits=()
)
