"""A table of labels × x; the darker a cell the higher its percentage, which is printed in it."""

from __future__ import annotations

from suyuan.figures import mpl, paint, suits, theme
from suyuan.figures.canvas import Marks, different
from suyuan.figures.grid import grid
from suyuan.figures.kind import ANY, PLACED, Kind
from suyuan.figures.lettering import widest
from suyuan.figures.sheet import CELL, box
from suyuan.figures.svg import tag

DARKEST = 100  # per cent
ROW = 0.25
MOST = 31  # of more rows or columns nobody finds his own


def draw(marks: Marks, width: float = theme.WIDTH_INCHES) -> mpl.Figure:
    names, columns = different(marks, "label"), different(marks, "x")
    if set(columns) == set(names):
        columns = names  # pairs of the same: the empty cells lie on the diagonal
    least = max(widest(marks["txt"], theme.POINTS), 0.25) + 0.06
    made = grid(
        [("", name) for name in names], columns, width, row=ROW, cell=least, points=theme.POINTS
    )
    for row in marks.itertuples():
        colour = paint.filled(paint.INK, row.v / DARKEST)
        x, y = made.corners[("", row.label), row.x]
        tag(box(made.axes, x, y, made.wide, made.high, colour), row.value_id)
        words = made.axes.text(
            x + made.wide / 2, y + made.high / 2, row.txt, ha="center", va="center",
            color=paint.contrast(colour), fontsize=theme.POINTS, zorder=CELL,
        )  # fmt: skip
        tag(words, row.value_id)
    return made.figure


KIND = Kind(
    draw,
    needs=frozenset({"v", "x"}),
    series=ANY,
    facts=PLACED,
    most=MOST,
    suits=(suits.SHARES,),
    lines=False,
)
