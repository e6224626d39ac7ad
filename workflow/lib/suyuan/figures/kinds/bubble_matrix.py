"""A bubble where a row (label) and a column (series) meet; its area is its number, if it has one.

Where marks have no numbers all bubbles are alike.
"""

from __future__ import annotations

from math import sqrt

from suyuan.figures import mpl, paint, theme
from suyuan.figures.canvas import Marks, different
from suyuan.figures.grid import grid
from suyuan.figures.kind import ANY, COUNTED, Kind
from suyuan.figures.sheet import CELL
from suyuan.figures.svg import tag

ROW, CELL_WIDTH = 0.25, 0.3
PLAIN, MOST = 0.06, 0.11  # radius of a bubble without a number, and of the largest


def draw(marks: Marks, width: float = theme.WIDTH_INCHES) -> mpl.Figure:
    rows, columns = different(marks, "label"), different(marks, "series")
    made = grid(
        [("", name) for name in rows], columns, width, row=ROW, cell=CELL_WIDTH, points=theme.POINTS
    )
    sizes = marks["v"] if "v" in marks else [float("nan")] * len(marks)
    top = max((size for size in sizes if size > 0), default=0)
    for y in sorted({y for _, y in made.corners.values()}):
        level = [y + made.high / 2] * 2
        made.axes.plot([made.left, width], level, color=paint.RULE, linewidth=0.5, zorder=0)
    for row, size in zip(marks.itertuples(), sizes, strict=True):
        x, y = made.corners[("", row.label), row.series]
        radius = MOST * sqrt(size / top) if size > 0 else PLAIN
        centre = (x + made.wide / 2, y + made.high / 2)
        bubble = mpl.Circle(centre, radius, facecolor=paint.INK, linewidth=0, zorder=CELL)
        tag(made.axes.add_patch(bubble), row.value_id)
    return made.figure


KIND = Kind(draw, needs=frozenset(), series=ANY, facts=COUNTED, lines=False, most=None, suits=())
