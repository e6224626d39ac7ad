"""Points as colour and number; the line below a number is as long as its evidence is sure.

A cell without points is white with the word for what is missing, which is not 0.
"""

from __future__ import annotations

import math
from typing import Any

from suyuan.figures import mpl, paint, theme
from suyuan.figures.canvas import Marks, different
from suyuan.figures.grid import Grid, flowing, grid
from suyuan.figures.kind import ANY, MEASURED, Kind
from suyuan.figures.lettering import widest
from suyuan.figures.sheet import text
from suyuan.figures.svg import tag

BEST = 5.0  # points of the best rating
ROW, CELL_WIDTH, COLUMN = 0.172, 0.28, 0.58
THICK = 0.015  # of the line of evidence
BEHIND = -1  # cells lie behind the axes, which hold names and rules
SIGN, LINE = 0.52, 0.2  # of the legend: room for a line, height


def draw(marks: Marks, width: float = theme.WIDTH_INCHES) -> mpl.Figure:
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
    half = made.wide / 2
    for row in marks.itertuples():
        x, y = made.corners[(row.group, row.label), row.series]
        _cell(made, row, (x, y), points, min(0.2, half - 0.03))
    y = made.end + 0.06 + LINE / 2
    for line in legend:
        for at, grade in line:
            _grade(made.axes, at + 0.22, y, 0.2 * grades[grade], paint.TEXT)
            text(made.axes, at + SIGN - 0.06, y, grade, fontsize=points)
        y += LINE
    return made.figure


def _cell(made: Grid, row: Any, corner: tuple[float, float], points: float, longest: float) -> None:
    """One rating: a box, its number or the word for none, and the line of its evidence."""
    x, y = corner[0] + made.wide / 2, corner[1] + made.high / 2
    missing = math.isnan(row.v)
    fill = paint.WHITE if missing else paint.filled(paint.INK, 0.04 + 0.9 * row.v / BEST)
    box = mpl.Rectangle(
        corner, made.wide, made.high, facecolor=fill, edgecolor="white", zorder=BEHIND
    )
    tag(_put(made.axes, box), row.value_id)
    style: dict[str, Any] = {"ha": "center", "va": "center", "fontsize": points, "zorder": BEHIND}
    if missing:
        _put(made.axes, mpl.Text(x, y, row.missing, color=paint.MUTED, **style))
        return
    ink = paint.contrast(fill)
    tag(_put(made.axes, mpl.Text(x, y - 0.012, row.txt, color=ink, **style)), row.value_id)
    below = corner[1] + made.high - 0.027
    tag(_grade(made.axes, x, below, row.sureness * longest, ink), row.value_id)


def _grade(axes: mpl.Axes, x: float, y: float, half: float, colour: str) -> mpl.Artist:
    left, right, top, bottom = x - half, x + half, y - THICK / 2, y + THICK / 2
    around = [(left, top), (right, top), (right, bottom), (left, bottom)]
    return _put(axes, mpl.Polygon(around, facecolor=colour, linewidth=0, zorder=BEHIND))


def _put(axes: mpl.Axes, artist: mpl.Artist) -> mpl.Artist:
    """Draw something in the inches of axes, but no part of them.

    They would give each of so many pieces a path to be clipped by: a quarter of all time.
    """
    artist.set_transform(axes.transData)
    figure = axes.get_figure()
    assert figure is not None
    figure.add_artist(artist)
    return artist


NEEDS = frozenset({"v", "group", "grade", "sureness", "missing"})
KIND = Kind(draw, needs=NEEDS, series=ANY, facts=MEASURED, lines=False, most=None, suits=())
