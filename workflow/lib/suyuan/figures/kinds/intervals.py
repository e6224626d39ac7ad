"""A dot for each value and a line over the interval that it may lie in."""

from __future__ import annotations

from typing import Any

from suyuan.figures import mpl, paint, theme
from suyuan.figures.canvas import (
    GAP,
    Marks,
    named_rows,
    room_for,
    round_ticks,
    ticks,
    value_label,
    whisker,
)
from suyuan.figures.kind import ANY, MEASURED, Kind
from suyuan.figures.svg import tag

FOOT = 0.22  # the height of the scale below


def draw(marks: Marks, width: float = theme.WIDTH_INCHES) -> mpl.Figure:
    figure, axes = named_rows(
        list(marks["label"]), width, right=room_for(marks["txt"]) + GAP, left=GAP, foot=FOOT
    )
    low, high = marks["low"].min(), marks["high"].max()
    for place, row in enumerate(marks.itertuples()):
        axes.axhline(place, color=paint.RULE, linewidth=0.5, zorder=0)
        whisker(axes, row, place, color=paint.MIST, linewidth=6, solid_capstyle="butt", zorder=1)
        (dot,) = axes.plot([row.v], [place], "o", color=paint.INK, markersize=5, zorder=2)
        tag(dot, row.value_id)
        beside: dict[str, Any] = {"transform": axes.get_yaxis_transform(), "va": "center"}
        value_label(axes, 1, place, row, aside=2 * GAP, **beside)
    axes.set_xlim(low, high if high > low else low + 1)
    theme.bare(axes, x=True, y=False)
    places = round_ticks(*axes.get_xlim())
    ticks(axes, places, [f"{place:g}" for place in places], width)
    return figure


KIND = Kind(
    draw,
    needs=frozenset({"v", "low", "high"}),
    series=ANY,
    facts=MEASURED,
    lines=True,
    most=None,
    suits=(),
)
