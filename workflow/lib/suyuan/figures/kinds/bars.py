"""Horizontal bars in the given order; the largest stands out; values printed at the ends."""

from __future__ import annotations

from suyuan.figures import mpl, paint, theme
from suyuan.figures.canvas import GAP, ROW, SHARE, Marks, named_rows, room_for, value_label
from suyuan.figures.kind import ANY, MEASURED, Kind
from suyuan.figures.svg import tag

ASIDE = 0.12  # the height of a row in a drawing that stands beside a paragraph


def draw(marks: Marks, width: float = theme.WIDTH_INCHES) -> mpl.Figure:
    aside = width < theme.NARROW_INCHES
    row, points, share = (ASIDE, theme.SMALL, 0.55) if aside else (ROW, theme.POINTS, SHARE)
    figure, axes = named_rows(
        list(marks["label"]), width, row=row, right=room_for(marks["txt"], points), points=points,
        head=0.02, foot=0.02, share=share,
    )  # fmt: skip
    top = marks["v"].max()
    for place, mark in enumerate(marks.itertuples()):
        colour = paint.INK if mark.v == top else paint.TEAL
        (bar,) = axes.barh([place], [mark.v], height=0.64, color=colour, edgecolor="white")
        tag(bar, mark.value_id)
        value_label(axes, mark.v, place, mark, aside=GAP, points=points, va="center")
    axes.set_xlim(0, top or 1)
    return figure


KIND = Kind(
    draw, needs=frozenset({"v"}), series=ANY, facts=MEASURED, lines=True, most=None, suits=()
)
