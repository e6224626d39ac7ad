"""One against the others on several scales: a dot and its interval, on the band of the others.

The first series is the one that is spoken of; its values are printed. All others make the band
behind it: the intervals they may lie in, and a small ring for each value.
"""

from __future__ import annotations

from typing import Any

from suyuan.figures import mpl, paint, theme
from suyuan.figures.canvas import (
    GAP,
    Marks,
    different,
    frame,
    named_rows,
    room_for,
    round_ticks,
    ticks,
    value_label,
    whisker,
)
from suyuan.figures.kind import ANY, MEASURED, Kind
from suyuan.figures.lettering import height_of, wrapped
from suyuan.figures.svg import tag

SIGN = 0.28  # inches of a sign in the key
ROW, AXIS = 0.23, 0.24  # inches of a row, and of the ticks below
RING: dict[str, Any] = {
    "marker": "o", "linestyle": "", "markersize": 3.4, "markerfacecolor": paint.WHITE,
    "markeredgecolor": paint.MUTED, "markeredgewidth": 0.7,
}  # fmt: skip


def draw(marks: Marks, width: float = theme.WIDTH_INCHES) -> mpl.Figure:
    scales, vendors = different(marks, "label"), different(marks, "series")
    spoken, others = vendors[0], "、".join(vendors[1:])
    first, rest = _key_lines(spoken, others, width)
    line = height_of(1, theme.POINTS)
    head = line * (max(first, 1) + len(rest)) + 0.08
    figure, axes = named_rows(
        scales, width, row=ROW, right=room_for(marks["txt"]) + GAP, left=GAP, head=head, foot=AXIS
    )
    for row in marks[marks["series"] != spoken].itertuples():
        whisker(axes, row, scales.index(row.label), color=paint.RULE, linewidth=9, zorder=1,
                solid_capstyle="butt")  # fmt: skip
    for row in marks[marks["series"] != spoken].itertuples():
        (ring,) = axes.plot([row.v], [scales.index(row.label)], zorder=2, clip_on=False, **RING)
        tag(ring, row.value_id)
    for row in marks[marks["series"] == spoken].itertuples():
        place = scales.index(row.label)
        whisker(axes, row, place, color=paint.INK, linewidth=1.4, zorder=3)
        (dot,) = axes.plot([row.v], [place], "o", color=paint.INK, markersize=6, zorder=4)
        tag(dot, row.value_id)
        value_label(axes, 1, place, row, aside=2 * GAP, va="center", color=paint.INK,
                    fontweight="bold", transform=axes.get_yaxis_transform())  # fmt: skip
    low, high = marks["low"].min(), marks["high"].max()
    room = 0.04 * (high - low) or 1
    axes.set_xlim(low - room, high + room)
    theme.bare(axes, x=True, y=False)
    places = round_ticks(low - room, high + room)
    ticks(axes, places, [f"{place:g}" for place in places], width)
    _key(figure, spoken, rest, head)
    return figure


def _key_lines(spoken: str, others: str, width: float) -> tuple[int, list[str]]:
    """How many lines the first name takes, and the names of the others in lines."""
    room = width - SIGN
    return len(wrapped(spoken, theme.POINTS, room)), (
        wrapped(others, theme.POINTS, room) if others else []
    )


def _key(figure: mpl.Figure, spoken: str, others: list[str], head: float) -> None:
    """Above the rows: whom the dot stands for, and whom the rings."""
    width, _ = figure.get_size_inches()
    axes = frame(figure, 0, 0, width, head)
    axes.set_xlim(0, width)
    axes.set_ylim(head, 0)
    axes.set_axis_off()
    line = height_of(1, theme.POINTS)
    style: dict[str, Any] = {"va": "center", "fontsize": theme.POINTS}
    y = line / 2
    axes.plot([0.02, 0.22], [y, y], color=paint.INK, linewidth=1.4)
    axes.plot([0.12], [y], "o", color=paint.INK, markersize=6)
    for words in wrapped(spoken, theme.POINTS, width - SIGN):
        axes.text(SIGN, y, words, color=paint.INK, fontweight="bold", **style)
        y += line
    if others:
        axes.plot([0.02, 0.22], [y, y], color=paint.RULE, linewidth=9, solid_capstyle="butt")
        axes.plot([0.12], [y], **RING)
    for words in others:
        axes.text(SIGN, y, words, color=paint.MUTED, **style)
        y += line


KIND = Kind(
    draw,
    needs=frozenset({"v", "low", "high"}),
    series=ANY,
    facts=MEASURED,
    lines=True,
    most=None,
    suits=(),
)
