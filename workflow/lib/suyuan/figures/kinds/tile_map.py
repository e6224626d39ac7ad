"""A tile map: one square per place, coloured by series, with name and value; no borders."""

from __future__ import annotations

from suyuan.figures import mpl, paint, suits, theme
from suyuan.figures.canvas import Marks, different, key, key_height
from suyuan.figures.kind import FEW, MEASURED, Kind
from suyuan.figures.lettering import height_of, wrapped
from suyuan.figures.sheet import CELL, sheet
from suyuan.figures.svg import tag

PAD, LEAST = 0.05, 0.72  # inches inside a tile, and the least height of one


def draw(marks: Marks, width: float = theme.WIDTH_INCHES) -> mpl.Figure:
    series = different(marks, "series")
    rows, columns = int(marks["row"].max()), int(marks["column"].max())
    step = width / columns
    points = theme.POINTS + (2 if step > 1 else 0)
    room = 0.96 * step - 2 * PAD
    names = [wrapped(label, points, room) for label in marks["label"]]
    values = [wrapped(text, theme.POINTS, room) for text in marks["txt"]]
    named = height_of(max(map(len, names)), points)
    valued = height_of(max(map(len, values)), theme.POINTS)
    high = max(LEAST, named + valued + 3 * PAD)
    head = key_height(series, width)
    figure, axes = sheet(head + high * rows, width)
    for row, name, value in zip(marks.itertuples(), names, values, strict=True):
        left, top = (row.column - 1) * step, head + (row.row - 1) * high
        colour = paint.PALETTE[series.index(row.series)]
        tile = mpl.FancyBboxPatch(
            (left + 0.07, top + 0.06), step - 0.14, high - 0.12, facecolor=colour,
            edgecolor="white", boxstyle="round,pad=0.04,rounding_size=0.06", zorder=CELL,
        )  # fmt: skip
        tag(axes.add_patch(tile), row.value_id)
        ink, middle = paint.contrast(colour), left + step / 2
        tag(
            axes.text(
                middle, top + (high + named + PAD) / 2, "\n".join(value), ha="center", va="center",
                color=ink, fontsize=theme.POINTS, zorder=CELL, linespacing=1.15,
            ),
            row.value_id,
        )  # fmt: skip
        axes.text(
            middle, top + (high - valued - PAD) / 2, "\n".join(name), ha="center", va="center",
            color=ink, fontsize=points, fontweight="bold", zorder=CELL, linespacing=1.15,
        )  # fmt: skip
    key(figure, series, paint.PALETTE)
    return figure


KIND = Kind(
    draw,
    needs=frozenset({"v", "column", "row"}),
    series=FEW,
    facts=MEASURED,
    suits=(suits.PLACED,),
    lines=False,
    most=None,
)
