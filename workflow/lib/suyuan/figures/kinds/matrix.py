"""A dot where a row (label) and a column (series) meet on the record."""

from __future__ import annotations

from matplotlib.figure import Figure

from suyuan.figures import theme
from suyuan.figures.canvas import Marks, canvas, different
from suyuan.figures.kind import ANY, COUNTED, Kind
from suyuan.figures.svg import tag


def draw(marks: Marks) -> Figure:
    rows, cols = different(marks, "label"), different(marks, "series")
    figure, (axes,) = canvas(0.4 + 0.25 * len(rows), left=0.16, top=0.9, bottom=0.02)
    for row in marks.itertuples():
        at = (cols.index(row.series), rows.index(row.label))
        (dot,) = axes.plot([at[0]], [at[1]], "o", color=theme.INK, markersize=8)
        tag(dot, row.value_id)
    axes.set_xticks(range(len(cols)), cols)
    axes.set_yticks(range(len(rows)), rows)
    axes.xaxis.tick_top()
    axes.set_xlim(-0.5, len(cols) - 0.5)
    axes.set_ylim(len(rows) - 0.5, -0.5)
    axes.grid(color=theme.RULE, linewidth=0.6)
    axes.set_axisbelow(True)
    axes.spines["bottom"].set_visible(False)
    return figure


KIND = Kind(draw, needs=frozenset(), series=ANY, facts=COUNTED)
