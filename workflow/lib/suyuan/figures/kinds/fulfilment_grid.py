"""How far each criterion is met: a circle filled that far, on a colour as deep.

A dash stands where nothing is known.
"""

from __future__ import annotations

import math
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.path import Path

from suyuan.figures import theme
from suyuan.figures.canvas import Marks, different
from suyuan.figures.kind import ANY, COUNTED, Kind
from suyuan.figures.sheet import CELL, COLUMN, box, foot, grid, text
from suyuan.figures.svg import tag

ROW = 0.25
ROUND = 48  # corners of what passes for a circle


def draw(marks: Marks) -> Figure:
    figure, axes, tops, left = grid(marks, ROW)
    vendors = different(marks, "series")
    for row in marks.itertuples():
        x, y = left + COLUMN * vendors.index(row.series), tops[row.label]
        tag(box(axes, x, y, COLUMN, ROW, _shade(row.level)), row.value_id)
        tag(_sign(axes, x + COLUMN / 2, y + ROW / 2, row.level), row.value_id)
    middle, x = foot(axes, tops, ROW), 0.1
    said = dict(zip(marks["said"], marks["level"], strict=True))
    for words, level in sorted(said.items(), key=lambda one: -one[1] if one[1] >= 0 else 1):
        tag(_sign(axes, x, middle, level), marks[marks["said"] == words]["value_id"].iloc[0])
        text(axes, x + 0.13, middle, words)
        x += 0.36 + 0.11 * len(words)
    return figure


def _shade(level: float) -> str:
    return "#FFFFFF" if math.isnan(level) else theme.tint(theme.TEAL, 0.06 + 0.5 * level)


def _sign(axes: Axes, x: float, y: float, level: float) -> Any:
    """The sign of a level; drawn with <use>, so that its outline is written once."""
    marker: Any = "_" if math.isnan(level) else _pie(level)
    colour = theme.MUTED if math.isnan(level) else theme.INK
    edge = 0.8 if math.isnan(level) else 0.0
    (sign,) = axes.plot(
        [x], [y], marker=marker, markersize=9, color=colour, markeredgewidth=edge, zorder=CELL
    )
    return sign


def _pie(share: float) -> Path:
    """A circle's outline, filled by ``share`` from the top clockwise."""
    turn = [2 * math.pi * step / ROUND for step in range(ROUND + 1)]
    outer = [(math.sin(angle), math.cos(angle)) for angle in turn]
    inner = [(0.8 * x, 0.8 * y) for x, y in reversed(outer)]
    pieces = [Path(outer, closed=True), Path(inner, closed=True)]
    if share:
        wedge = [(0.9 * x, 0.9 * y) for x, y in outer[: round(share * ROUND) + 1]]
        pieces.append(Path([(0.0, 0.0), *wedge, (0.0, 0.0)], closed=True))
    return Path.make_compound_path(*pieces)


KIND = Kind(draw, needs=frozenset({"group", "level", "said"}), series=ANY, facts=COUNTED)
