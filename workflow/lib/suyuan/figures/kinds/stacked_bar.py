"""One bar cut into parts of a whole, each with its name and value: below it, or in a list."""

from __future__ import annotations

from typing import Any

from suyuan.figures import mpl, paint, theme
from suyuan.figures.canvas import GAP, SWATCH, Marks, room_for
from suyuan.figures.kind import ANY, MEASURED, Kind
from suyuan.figures.lettering import height_of, widest, width_of, wrapped
from suyuan.figures.sheet import sheet
from suyuan.figures.svg import tag

BAR, LINE = 0.42, 0.17


def draw(marks: Marks, width: float = theme.WIDTH_INCHES) -> mpl.Figure:
    whole = marks["v"].sum() or 1
    wide = [width * v / whole for v in marks["v"]]
    rows = list(marks.itertuples())
    direct = [_fits(row, w) for row, w in zip(rows, wide, strict=True)]
    listed = [row for row, fits in zip(rows, direct, strict=True) if not fits]
    names = BAR + (LINE if any(direct) else 0.0) + 0.06
    values = room_for(marks["txt"])
    lines = [wrapped(row.label, theme.POINTS, width - SWATCH - 2 * GAP - values) for row in listed]
    heights = [max(LINE, height_of(len(own), theme.POINTS)) for own in lines]
    figure, axes = sheet(names + sum(heights), width)
    at, fills = 0.0, []
    for place, (row, across) in enumerate(zip(rows, wide, strict=True)):
        fills.append(paint.PALETTE[place % len(paint.PALETTE)])
        box = mpl.Rectangle((at, 0), across, BAR, facecolor=fills[-1], edgecolor="white")
        tag(axes.add_patch(box), row.value_id)
        if direct[place]:
            middle = at + across / 2
            style: dict[str, Any] = {"ha": "center", "va": "center", "fontsize": theme.POINTS}
            ink = paint.contrast(fills[-1])
            tag(axes.text(middle, BAR / 2, row.txt, color=ink, **style), row.value_id)
            axes.text(middle, BAR + LINE / 2 + 0.02, row.label, **style)
        at += across
    y, start = names, SWATCH + GAP
    end = start + widest((line for own in lines for line in own), theme.POINTS) + GAP
    for row, own, high in zip(listed, lines, heights, strict=True):
        fill = fills[rows.index(row)]
        axes.add_patch(
            mpl.Rectangle((0, y + high / 2 - SWATCH / 2), SWATCH, SWATCH, facecolor=fill)
        )
        style = {"va": "center", "fontsize": theme.POINTS, "linespacing": 1.15}
        axes.text(start, y + high / 2, "\n".join(own), **style)
        tag(axes.text(end, y + high / 2, row.txt, **style), row.value_id)
        y += high
    return figure


def _fits(row: Any, wide: float) -> bool:
    """Whether name and value of a part have room at it."""
    texts = (row.label, row.txt)
    return max(width_of(text, theme.POINTS) for text in texts) + 0.04 <= wide


KIND = Kind(
    draw, needs=frozenset({"v"}), series=ANY, facts=MEASURED, lines=False, most=None, suits=()
)
