"""How far each criterion is met: a circle filled that far, on a colour as deep.

A dash stands where nothing is known.
"""

from __future__ import annotations

import math
from typing import Any

from suyuan.figures import mpl, paint, theme
from suyuan.figures.canvas import Marks, different
from suyuan.figures.grid import flowing, grid
from suyuan.figures.kind import ANY, COUNTED, Kind
from suyuan.figures.sheet import CELL, box, text
from suyuan.figures.svg import tag

ROW, CELL_WIDTH, COLUMN = 0.25, 0.28, 0.58
LINE, SIGN = 0.22, 0.2  # of the legend: its height, room for a sign
ROUND = 48  # corners of what passes for a circle


def draw(marks: Marks, width: float = theme.WIDTH_INCHES) -> mpl.Figure:
    points = theme.small(width)
    said = dict(zip(marks["said"], marks["level"], strict=True))
    ordered = sorted(said, key=lambda one: -said[one] if said[one] >= 0 else 1)
    legend = flowing(ordered, width, points, SIGN)
    vendors, rows = different(marks, "series"), zip(marks["group"], marks["label"], strict=True)
    made = grid(
        list(dict.fromkeys(rows)), vendors, width, row=ROW, cell=CELL_WIDTH, most=COLUMN,
        foot=LINE * len(legend) + 0.06,
    )  # fmt: skip
    axes, half = made.axes, made.wide / 2
    for row in marks.itertuples():
        x, y = made.corners[(row.group, row.label), row.series]
        tag(box(axes, x, y, made.wide, made.high, _shade(row.level)), row.value_id)
        tag(_sign(axes, x + half, y + made.high / 2, row.level), row.value_id)
    y = made.end + 0.06 + LINE / 2
    for line in legend:
        for at, words in line:
            first = marks[marks["said"] == words]["value_id"].iloc[0]
            tag(_sign(axes, at + 0.08, y, said[words]), first)
            text(axes, at + SIGN, y, words, fontsize=points)
        y += LINE
    return made.figure


def _shade(level: float) -> str:
    return paint.WHITE if math.isnan(level) else paint.filled(paint.TEAL, 0.06 + 0.5 * level)


def _sign(axes: mpl.Axes, x: float, y: float, level: float) -> Any:
    """The sign of a level; drawn with <use>, so that its outline is written once."""
    marker: Any = "_" if math.isnan(level) else _pie(level)
    colour = paint.MUTED if math.isnan(level) else paint.INK
    edge = 0.8 if math.isnan(level) else 0.0
    (sign,) = axes.plot(
        [x], [y], marker=marker, markersize=9, color=colour, markeredgewidth=edge, zorder=CELL
    )
    return sign


def _pie(share: float) -> mpl.Path:
    """A circle's outline, filled by ``share`` from the top clockwise."""
    turn = [2 * math.pi * step / ROUND for step in range(ROUND + 1)]
    outer = [(math.sin(angle), math.cos(angle)) for angle in turn]
    inner = [(0.8 * x, 0.8 * y) for x, y in reversed(outer)]
    pieces = [mpl.Path(outer, closed=True), mpl.Path(inner, closed=True)]
    if share:
        wedge = [(0.9 * x, 0.9 * y) for x, y in outer[: round(share * ROUND) + 1]]
        pieces.append(mpl.Path([(0.0, 0.0), *wedge, (0.0, 0.0)], closed=True))
    return mpl.Path.make_compound_path(*pieces)


KIND = Kind(
    draw,
    needs=frozenset({"group", "level", "said"}),
    series=ANY,
    facts=COUNTED,
    lines=False,
    most=None,
    suits=(),
)
