"""Per label a dot for each series on one axis from 0; the values stand in columns beside it."""

from __future__ import annotations

from matplotlib.figure import Figure

from suyuan.figures import theme
from suyuan.figures.canvas import Marks, canvas, different, legend, name_rows, value_label
from suyuan.figures.kind import FEW, MEASURED, Kind
from suyuan.figures.svg import tag


def draw(marks: Marks) -> Figure:
    names, series = different(marks, "label"), different(marks, "series")
    figure, (axes,) = canvas(0.45 + 0.21 * len(names), left=0.2, right=0.72, top=0.9, bottom=0.03)
    top = max(marks["v"].max(), 1)
    sizes = [9 - 4 * at / max(len(series) - 1, 1) for at in range(len(series))]
    columns = [1.14 + 0.18 * at for at in range(len(series))]
    for row in marks.itertuples():
        place, at = names.index(row.label), series.index(row.series)
        (dot,) = axes.plot([row.v], [place], "o", color=theme.PALETTE[at], markersize=sizes[at])
        dot.set_zorder(2 + at)
        tag(dot, row.value_id)
        beside = {"transform": axes.get_yaxis_transform(), "color": theme.PALETTE[at]}
        value_label(axes, columns[at], place, row, ha="right", va="center", **beside)
    for place in range(len(names)):
        axes.axhline(place, color=theme.RULE, linewidth=0.5, zorder=1)
    name_rows(axes, names)
    axes.set_xlim(-0.05 * top, 1.05 * top)
    legend(axes, series, theme.PALETTE)
    theme.bare(axes)
    return figure


KIND = Kind(draw, needs=frozenset({"v"}), series=FEW, facts=MEASURED)
