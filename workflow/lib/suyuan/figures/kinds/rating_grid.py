"""Points as colour and number; the line below a number is as long as its evidence is sure.

A cell without points is white with the word for what is missing, which is not 0.
"""

from __future__ import annotations

import math
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from suyuan.figures import theme
from suyuan.figures.canvas import Marks, different
from suyuan.figures.kind import ANY, MEASURED, Kind
from suyuan.figures.sheet import CELL, COLUMN, box, foot, grid, text
from suyuan.figures.svg import tag

BEST = 5.0  # points of the best rating
ROW = 0.172


def draw(marks: Marks) -> Figure:
    figure, axes, tops, left = grid(marks, ROW)
    vendors = different(marks, "series")
    for row in marks.itertuples():
        x, y = left + COLUMN * vendors.index(row.series), tops[row.label]
        if math.isnan(row.v):
            tag(box(axes, x, y, COLUMN, ROW, "#FFFFFF"), row.value_id)
            centre = (x + COLUMN / 2, y + ROW / 2)
            text(axes, *centre, row.missing, ha="center", color=theme.MUTED)
            continue
        colour = theme.tint(theme.INK, 0.04 + 0.9 * row.v / BEST)
        ink = theme.contrast(colour)
        tag(box(axes, x, y, COLUMN, ROW, colour), row.value_id)
        words: dict[str, Any] = {
            "ha": "center",
            "va": "center_baseline",
            "color": ink,
            "zorder": CELL,
        }
        tag(text(axes, x + COLUMN / 2, y + 0.072, row.txt, **words), row.value_id)
        tag(_grade(axes, x + COLUMN / 2, y + 0.145, row.sureness, ink), row.value_id)
    known = marks.dropna(subset="v").sort_values("sureness", ascending=False)
    middle, x = foot(axes, tops, ROW), left
    for grade, sureness in dict(zip(known["grade"], known["sureness"], strict=True)).items():
        _grade(axes, x + 0.3, middle, sureness, theme.TEXT)
        text(axes, x + 0.62, middle, grade)
        x += 0.95
    return figure


def _grade(axes: Axes, x: float, y: float, sureness: float, colour: str) -> Any:
    half = 0.2 * sureness
    ends = [x - half, x + half]
    (line,) = axes.plot(ends, [y, y], color=colour, linewidth=1.1, clip_on=False, zorder=CELL)
    return line


NEEDS = frozenset({"v", "group", "grade", "sureness", "missing"})
KIND = Kind(draw, needs=NEEDS, series=ANY, facts=MEASURED)
