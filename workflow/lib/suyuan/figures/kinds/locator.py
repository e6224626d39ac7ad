"""A small tile map: one place set apart from the others, each with its name and value.

The place of the first series is the one that is shown; where a place stands in several series,
the first counts. The tiles are as large as their names ask for.
"""

from __future__ import annotations

from typing import Any

from suyuan.figures import mpl, paint, suits, theme
from suyuan.figures.canvas import Marks
from suyuan.figures.kind import MEASURED, TWO, Kind
from suyuan.figures.lettering import height_of, widest, wrapped
from suyuan.figures.sheet import CELL, sheet
from suyuan.figures.svg import tag

NAME = theme.POINTS + 1
PAD, GAP = 0.14, 0.05  # beside the words, between tiles
WIDEST, LEAST = 1.05, 0.5  # of the words in a tile


def draw(marks: Marks, width: float = theme.WIDTH_INCHES) -> mpl.Figure:
    shown = marks["series"].iloc[0]
    places = marks.drop_duplicates("label")
    rows, cols = int(places["row"].max()), int(places["column"].max())
    most = min(WIDEST, width / cols - PAD - GAP)
    named = [wrapped(label, NAME, most) for label in places["label"]]
    valued = [wrapped(text, theme.POINTS, most) for text in places["txt"]]
    lines = widest((line for own in named for line in own), NAME)
    inner = min(most, max(lines, widest(places["txt"], theme.POINTS), LEAST))
    top_half, low_half = (
        height_of(max(map(len, texts)), points)
        for texts, points in ((named, NAME), (valued, theme.POINTS))
    )
    high, step = top_half + low_half + 2 * PAD, inner + PAD + GAP
    figure, axes = sheet(rows * (high + GAP), width=cols * step)
    for row, name, value in zip(places.itertuples(), named, valued, strict=True):
        left, top = (row.column - 1) * step, (row.row - 1) * (high + GAP)
        colour = paint.INK if row.series == shown else paint.tint(paint.MIST, 0.55)
        tile = mpl.FancyBboxPatch(
            (left + 0.04, top + 0.04), step - GAP - 0.04, high - 0.04, zorder=CELL,
            boxstyle="round,pad=0,rounding_size=0.05", facecolor=colour, edgecolor="white",
        )  # fmt: skip
        tag(axes.add_patch(tile), row.value_id)
        style: dict[str, Any] = {
            "ha": "center", "va": "center", "color": paint.contrast(colour), "zorder": CELL,
            "linespacing": 1.15,
        }  # fmt: skip
        middle, below = left + step / 2, top + high - PAD - low_half / 2
        words = axes.text(middle, below, "\n".join(value), fontsize=theme.POINTS, **style)
        tag(words, row.value_id)
        axes.text(middle, top + PAD + top_half / 2, "\n".join(name), fontsize=NAME,
                  fontweight="bold", **style)  # fmt: skip
    return figure


KIND = Kind(
    draw,
    needs=frozenset({"v", "column", "row"}),
    series=TWO,
    facts=MEASURED,
    suits=(suits.PLACED,),
    lines=False,
    most=None,
)
