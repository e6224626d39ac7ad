"""Vertical bars over periods, values on top, periods below; lying down where these lack room."""

from __future__ import annotations

from suyuan.figures import mpl, paint, theme
from suyuan.figures.canvas import Marks, frame, value_label
from suyuan.figures.kind import ANY, MEASURED, Kind
from suyuan.figures.kinds import bars
from suyuan.figures.lettering import widest
from suyuan.figures.svg import tag

HEIGHT, HEAD, FOOT = 1.8, 0.18, 0.2


def draw(marks: Marks, width: float = theme.WIDTH_INCHES) -> mpl.Figure:
    texts = [*marks["txt"], *marks["x"]]
    if (widest(texts, theme.POINTS) + 0.04) * len(marks) > width:
        return bars.draw(marks.assign(label=marks["x"]), width)
    figure = mpl.Figure(figsize=(width, HEIGHT))
    axes = frame(figure, 0, HEAD, width, HEIGHT - HEAD - FOOT)
    for place, mark in enumerate(marks.itertuples()):
        colour = paint.INK if place == len(marks) - 1 else paint.TEAL
        (bar,) = axes.bar([place], [mark.v], width=0.66, color=colour, edgecolor="white")
        tag(bar, mark.value_id)
        value_label(axes, place, mark.v, mark, above=0.03, ha="center", va="bottom")
        axes.annotate(
            mark.x, (place, 0), xycoords=axes.get_xaxis_transform(), xytext=(0, -3.5), ha="center",
            textcoords="offset points", va="top", fontsize=theme.POINTS, color=paint.MUTED,
            annotation_clip=False,
        )  # fmt: skip
    axes.set_xlim(-0.5, len(marks) - 0.5)
    axes.set_ylim(0, marks["v"].max() or 1)
    theme.bare(axes, x=True, y=False)
    axes.set_xticks([])
    return figure


KIND = Kind(
    draw, needs=frozenset({"v", "x"}), series=ANY, facts=MEASURED, lines=False, most=None, suits=()
)
