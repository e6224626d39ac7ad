"""Small bars to stand beside a paragraph; names and values at their ends."""

from __future__ import annotations

from matplotlib.figure import Figure

from suyuan.figures import theme
from suyuan.figures.canvas import Marks, canvas, name_rows, value_label
from suyuan.figures.kind import ANY, MEASURED, Kind
from suyuan.figures.svg import tag

WIDTH = 2.16  # inches: a third of the text
ROW = 0.12  # inches


def draw(marks: Marks) -> Figure:
    """The room for names is that of the longest; the largest bar stands out."""
    longest = max(len(label) for label in marks["label"])
    left = 0.02 + longest * (theme.POINTS - 1.4) / 72 / WIDTH
    figure, (axes,) = canvas(
        0.04 + ROW * len(marks), width=WIDTH, left=left, right=0.99, top=0.99, bottom=0.01
    )
    top = marks["v"].max()
    for place, row in enumerate(marks.itertuples()):
        colour = theme.INK if row.v == top else theme.TEAL
        (bar,) = axes.barh([place], [row.v], height=0.66, color=colour, edgecolor="white")
        tag(bar, row.value_id)
        value_label(axes, row.v + top * 0.03, place, row, va="center")
    name_rows(axes, list(marks["label"]))
    axes.tick_params(axis="y", labelsize=theme.POINTS - 1.4, pad=1)
    axes.set_xlim(0, top * 1.5)
    theme.bare(axes)
    return figure


KIND = Kind(draw, needs=frozenset({"v"}), series=ANY, facts=MEASURED)
