"""Bars to either side of zero, values printed at their ends; the last one is their sum."""

from __future__ import annotations

from matplotlib.figure import Figure

from suyuan.figures import theme
from suyuan.figures.canvas import Marks, canvas, name_rows, value_label
from suyuan.figures.kind import ANY, MEASURED, Kind
from suyuan.figures.svg import tag


def draw(marks: Marks) -> Figure:
    figure, (axes,) = canvas(0.25 + 0.26 * len(marks), left=0.2)
    width = max(abs(marks["v"].min()), marks["v"].max()) or 1
    for place, row in enumerate(marks.itertuples()):
        last = place == len(marks) - 1
        colour = theme.INK if last else theme.TEAL if row.v >= 0 else theme.WINE
        (bar,) = axes.barh([place], [row.v], height=0.62, color=colour, edgecolor="white")
        tag(bar, row.value_id)
        side = "left" if row.v >= 0 else "right"
        value_label(
            axes, row.v + 0.012 * width * (1 if row.v >= 0 else -1), place, row, ha=side,
            va="center",
        )  # fmt: skip
    name_rows(axes, list(marks["label"]))
    low = min(marks["v"].min(), 0)
    axes.set_xlim(low - (0.12 * width if low else 0), max(marks["v"].max(), 0) + 0.12 * width)
    axes.axhline(len(marks) - 1.5, color=theme.RULE, linewidth=0.6)
    axes.axvline(0, color=theme.MUTED, linewidth=0.6)
    theme.bare(axes)
    return figure


KIND = Kind(draw, needs=frozenset({"v"}), series=ANY, facts=MEASURED)
