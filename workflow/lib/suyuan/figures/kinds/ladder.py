"""Per label a row of dots on a log axis, one per series; first and last value printed."""

from __future__ import annotations

from typing import Any

from suyuan.figures import mpl, paint, suits, theme
from suyuan.figures.canvas import (
    GAP,
    Marks,
    decades,
    different,
    key,
    key_height,
    named_rows,
    room_for,
    ticks,
    value_label,
)
from suyuan.figures.kind import ANY, MEASURED, Kind
from suyuan.figures.svg import tag

FOOT = 0.22
DOT: dict[str, Any] = {
    "markersize": 5.5, "markeredgecolor": paint.MUTED, "markeredgewidth": 0.6
}  # fmt: skip


def draw(marks: Marks, width: float = theme.WIDTH_INCHES) -> mpl.Figure:
    names, steps = different(marks, "label"), different(marks, "series")
    colours = (paint.MUTED, *paint.PALETTE)
    room = room_for(marks["txt"]) + GAP
    figure, axes = named_rows(
        names, width, row=0.3, right=room, left=room, foot=FOOT, head=key_height(steps, width)
    )
    axes.set_xscale("log")
    low, high = marks["v"].min() / 1.1, marks["v"].max() * 1.1
    axes.set_xlim(low, high)
    for place, name in enumerate(names):
        rows = marks[marks["label"] == name]
        axes.plot(rows["v"], [place] * len(rows), color=paint.RULE, linewidth=3, zorder=1)
        for row in rows.itertuples():
            colour = colours[steps.index(row.series) % len(colours)]
            (dot,) = axes.plot([row.v], [place], "o", color=colour, zorder=2, **DOT)
            tag(dot, row.value_id)
        first, last = rows.iloc[0], rows.iloc[-1]
        value_label(axes, rows["v"].max(), place, first, aside=0.1, va="center")
        if len(rows) > 1:
            least = rows["v"].min()
            value_label(axes, least, place, last, aside=-0.1, va="center", ha="right")
    axes.minorticks_off()
    ticks(axes, *decades(low, high), width)
    key(figure, steps, colours)
    return figure


KIND = Kind(
    draw,
    needs=frozenset({"v"}),
    series=ANY,
    facts=MEASURED,
    suits=(suits.POSITIVE,),
    lines=False,
    most=None,
)
