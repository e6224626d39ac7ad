"""A tile map: one square per place, coloured by series, with name and value; no borders."""

from __future__ import annotations

from matplotlib.figure import Figure
from matplotlib.patches import FancyBboxPatch

from suyuan.figures import theme
from suyuan.figures.canvas import Marks, canvas, different, legend, value_label
from suyuan.figures.kind import FEW, MEASURED, Kind
from suyuan.figures.svg import tag


def draw(marks: Marks) -> Figure:
    series = different(marks, "series")
    rows, cols = int(marks["row"].max()), int(marks["column"].max())
    figure, (axes,) = canvas(0.5 + 0.8 * rows, left=0.02, right=0.98, top=0.86, bottom=0.02)
    for row in marks.itertuples():
        colour = theme.PALETTE[series.index(row.series)]
        tile = FancyBboxPatch(
            (row.column - 0.46, row.row - 0.42), 0.92, 0.84,
            boxstyle="round,pad=0,rounding_size=0.06", facecolor=colour, edgecolor="white",
        )  # fmt: skip
        tag(axes.add_patch(tile), row.value_id)
        ink = theme.contrast(colour)
        axes.text(
            row.column, row.row - 0.1, row.label, ha="center", va="bottom", color=ink,
            fontsize=theme.POINTS + 2, fontweight="bold",
        )  # fmt: skip
        value_label(axes, row.column, row.row + 0.05, row, ha="center", va="top", color=ink)
    axes.set_xlim(0.4, cols + 0.6)
    axes.set_ylim(rows + 0.5, 0.5)
    legend(axes, series, theme.PALETTE)
    theme.bare(axes, y=False)
    return figure


KIND = Kind(draw, needs=frozenset({"v", "column", "row"}), series=FEW, facts=MEASURED)
