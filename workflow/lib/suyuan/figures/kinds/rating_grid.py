"""Points as colour and number; the line below a number is as long as its evidence is sure.

A cell without points is white with the word for what is missing, which is not 0.
"""

from __future__ import annotations

import math
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from suyuan.figures import paint, theme
from suyuan.figures.canvas import Marks, different
from suyuan.figures.grid import flowing, grid
from suyuan.figures.kind import ANY, MEASURED, Kind
from suyuan.figures.lettering import widest
from suyuan.figures.sheet import CELL, box, text
from suyuan.figures.svg import tag

BEST = 5.0  # points of the best rating
ROW, CELL_WIDTH, COLUMN = 0.172, 0.28, 0.58
SIGN, LINE = 0.52, 0.2  # of the legend: room for a line, height


def draw(marks: Marks, width: float = theme.WIDTH_INCHES) -> Figure:
    points = theme.small(width)
    row_height = ROW + (points - theme.SMALL) / 72
    known = marks.dropna(subset="v").sort_values("sureness", ascending=False)
    grades = dict(zip(known["grade"], known["sureness"], strict=True))
    legend = flowing(list(grades), width, points, SIGN)
    vendors, rows = (
        different(marks, "series"),
        list(zip(marks["group"], marks["label"], strict=True)),
    )
    least = max(CELL_WIDTH, widest([*marks["missing"]], points) + 0.06)
    made = grid(
        list(dict.fromkeys(rows)), vendors, width, row=row_height, cell=least, most=COLUMN,
        foot=LINE * len(legend) + 0.06,
    )  # fmt: skip
    axes, half = made.axes, made.wide / 2
    for row in marks.itertuples():
        x, y = made.corners[(row.group, row.label), row.series]
        middle = y + made.high / 2
        if math.isnan(row.v):
            tag(box(axes, x, y, made.wide, made.high, paint.WHITE), row.value_id)
            style: dict[str, Any] = {"ha": "center", "color": paint.MUTED, "fontsize": points}
            text(axes, x + half, middle, row.missing, **style)
            continue
        colour = paint.filled(paint.INK, 0.04 + 0.9 * row.v / BEST)
        ink = paint.contrast(colour)
        tag(box(axes, x, y, made.wide, made.high, colour), row.value_id)
        words: dict[str, Any] = {"ha": "center", "color": ink, "zorder": CELL, "fontsize": points}
        tag(text(axes, x + half, middle - 0.012, row.txt, **words), row.value_id)
        below = y + made.high - 0.027
        tag(_grade(axes, x + half, below, row.sureness * min(0.2, half - 0.03), ink), row.value_id)
    y = made.end + 0.06 + LINE / 2
    for line in legend:
        for at, grade in line:
            _grade(axes, at + 0.22, y, 0.2 * grades[grade], paint.TEXT)
            text(axes, at + SIGN - 0.06, y, grade, fontsize=points)
        y += LINE
    return made.figure


def _grade(axes: Axes, x: float, y: float, half: float, colour: str) -> Any:
    ends = [x - half, x + half]
    line = Line2D(ends, [y, y], color=colour, linewidth=1.1, clip_on=False, zorder=CELL)
    return axes.add_artist(line)


NEEDS = frozenset({"v", "group", "grade", "sureness", "missing"})
KIND = Kind(draw, needs=NEEDS, series=ANY, facts=MEASURED)
