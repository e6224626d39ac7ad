"""A small tile map: one place set apart from the others, each with its name and value.

The place of the first series is the one that is shown; where a place stands in several series,
the first counts. The tiles are as large as their names ask for.
"""

from __future__ import annotations

from matplotlib.figure import Figure
from matplotlib.patches import FancyBboxPatch

from suyuan.figures import theme
from suyuan.figures.canvas import Marks
from suyuan.figures.kind import MEASURED, TWO, Kind
from suyuan.figures.lettering import height_of, widest, wrapped
from suyuan.figures.sheet import CELL, sheet
from suyuan.figures.svg import tag

NAME = theme.POINTS + 1
PAD, GAP = 0.14, 0.05  # beside the words, between tiles
WIDEST = 1.05  # of the words in a tile


def draw(marks: Marks) -> Figure:
    shown = marks["series"].iloc[0]
    places = marks.drop_duplicates("label")
    rows, cols = int(places["row"].max()), int(places["column"].max())
    most = min(WIDEST, theme.WIDTH_INCHES / cols - PAD - GAP)
    named = [wrapped(label, NAME, most) for label in places["label"]]
    inner = max(
        widest([line for lines in named for line in lines], NAME),
        widest(list(places["txt"]), theme.POINTS),
        0.5,
    )
    high = height_of(max(map(len, named)), NAME) + height_of(1, theme.POINTS) + 2 * PAD
    step = inner + PAD + GAP
    figure, axes = sheet(rows * (high + GAP), width=cols * step)
    for row, lines in zip(places.itertuples(), named, strict=True):
        left, top = (row.column - 1) * step, (row.row - 1) * (high + GAP)
        colour = theme.INK if row.series == shown else theme.tint(theme.MIST, 0.55)
        tile = FancyBboxPatch(
            (left + 0.04, top + 0.04), step - GAP - 0.04, high - 0.04, zorder=CELL,
            boxstyle="round,pad=0,rounding_size=0.05", facecolor=colour, edgecolor="white",
        )  # fmt: skip
        tag(axes.add_patch(tile), row.value_id)
        ink, middle = theme.contrast(colour), left + step / 2
        value = top + high - PAD - height_of(1, theme.POINTS) / 2
        tag(
            axes.text(
                middle, value, row.txt, ha="center", va="center", color=ink, zorder=CELL,
                fontsize=theme.POINTS,
            ),
            row.value_id,
        )  # fmt: skip
        axes.text(
            middle, top + PAD + height_of(len(lines), NAME) / 2, "\n".join(lines), ha="center",
            va="center", color=ink, fontsize=NAME, fontweight="bold", zorder=CELL,
        )  # fmt: skip
    return figure


KIND = Kind(draw, needs=frozenset({"v", "column", "row"}), series=TWO, facts=MEASURED)
