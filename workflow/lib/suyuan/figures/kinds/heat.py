"""A grid of labels × x; the darker a cell the higher its percentage, which is printed in it."""

from __future__ import annotations

from matplotlib.colors import LinearSegmentedColormap, to_hex
from matplotlib.figure import Figure

from suyuan.figures import theme
from suyuan.figures.canvas import Marks, canvas, different, name_rows, value_label
from suyuan.figures.kind import ANY, PLACED, Kind
from suyuan.figures.svg import tag

SHADES = LinearSegmentedColormap.from_list("shades", ["#FFFFFF", theme.TEAL, theme.INK])
DARKEST = 100  # per cent


def draw(marks: Marks) -> Figure:
    names, columns = different(marks, "label"), different(marks, "x")
    if set(columns) == set(names):
        columns = names  # pairs of the same: the empty cells lie on the diagonal
    figure, (axes,) = canvas(0.4 + 0.27 * len(names), left=0.16, top=0.88, bottom=0.02)
    for row in marks.itertuples():
        colour = to_hex(SHADES(row.v / DARKEST))
        at = columns.index(row.x), names.index(row.label)
        (cell,) = axes.bar([at[0]], [0.92], bottom=at[1] - 0.46, width=0.96, color=colour)
        cell.set(edgecolor=theme.RULE, linewidth=0.5)
        tag(cell, row.value_id)
        value_label(axes, *at, row, ha="center", va="center", color=theme.contrast(colour))
    name_rows(axes, names)
    axes.set_xticks(range(len(columns)), columns)
    axes.set_xlim(-0.5, len(columns) - 0.5)
    axes.xaxis.tick_top()
    axes.spines["bottom"].set_visible(False)
    return figure


KIND = Kind(draw, needs=frozenset({"v", "x"}), series=ANY, facts=PLACED)
