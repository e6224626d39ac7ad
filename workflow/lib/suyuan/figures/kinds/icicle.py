"""A tree as boxes: children right of their parent and as high as their weight allows.

``node`` and ``parent`` tell the tree, parents come first; the weights of siblings sum to 1.
"""

from __future__ import annotations

from matplotlib.figure import Figure

from suyuan.figures import theme
from suyuan.figures.canvas import Marks
from suyuan.figures.kind import FEW, MEASURED, Kind
from suyuan.figures.sheet import CELL, box, sheet, text
from suyuan.figures.svg import tag

HEIGHT = 6.1
COLUMNS = (0.0, 1.62, 3.94, theme.WIDTH_INCHES)
COLOURS = (*theme.PALETTE[:4], theme.MUTED)  # the fifth of the palette is too pale to tint
TINTS = (1.0, 0.34, 0.14)  # of the dimension's colour, by level


def draw(marks: Marks) -> Figure:
    figure, axes = sheet(HEIGHT)
    colours = dict(zip(dict.fromkeys(marks["series"]), COLOURS, strict=False))
    free = {"": 0.0}  # by node: where its next child begins
    heights, depths = {"": HEIGHT}, {"": -1}
    for row in marks.itertuples():
        top, height = free[row.parent], heights[row.parent] * row.v
        depth = depths[row.parent] + 1
        free[row.parent] += height
        free[row.node], heights[row.node], depths[row.node] = top, height, depth
        left, right = COLUMNS[depth : depth + 2]
        colour = theme.tint(colours[row.series], TINTS[depth])
        tag(box(axes, left, top, right - left, height, colour), row.value_id)
        style = {"color": theme.contrast(colour), "fontweight": "normal" if depth else "bold"}
        middle = top + height / 2
        weight = text(axes, right - 0.07, middle, row.txt, ha="right", zorder=CELL, **style)
        tag(weight, row.value_id)
        text(axes, left + 0.07, middle, row.label, **style)
    return figure


KIND = Kind(draw, needs=frozenset({"v", "node", "parent"}), series=FEW, facts=MEASURED)
