"""A tree as boxes: children right of their parent and as high as their weight allows.

``node`` and ``parent`` tell the tree, parents come first; the weights of siblings sum to 1. All is
as high as the box that is short of room needs.
"""

from __future__ import annotations

from typing import Any

from suyuan.figures import mpl, paint, theme
from suyuan.figures.canvas import Marks, room_for
from suyuan.figures.kind import FEW, MEASURED, Kind
from suyuan.figures.lettering import height_of, widest, wrapped
from suyuan.figures.sheet import CELL, box, sheet
from suyuan.figures.svg import tag

LEAST, PAD = 0.5, 0.06
COLOURS = (*paint.PALETTE[:4], paint.MUTED)  # the fifth of the palette is too pale to tint
TINTS = (1.0, 0.34, 0.14)  # of the dimension's colour, by level; deeper ones are as the last


def draw(marks: Marks, width: float = theme.WIDTH_INCHES) -> mpl.Figure:
    points = theme.small(width)
    tops, shares, depths = {"": 0.0}, {"": 1.0}, {"": -1}  # by node; where its next child begins
    places: dict[str, tuple[float, float, int]] = {}
    for row in marks.itertuples():
        top, share, depth = tops[row.parent], shares[row.parent] * row.v, depths[row.parent] + 1
        tops[row.parent] += share
        tops[row.node], shares[row.node], depths[row.node] = top, share, depth
        places[row.node] = (top, share, depth)
    edges = _edges(marks, [places[node][2] for node in marks["node"]], width, points)
    values = room_for(marks["txt"], points)
    lines = {}
    for row in marks.itertuples():
        depth = places[row.node][2]
        room = edges[depth + 1] - edges[depth] - values - 2 * PAD
        lines[row.node] = wrapped(row.label, points, room)
    needs = [
        (height_of(len(lines[node]), points) + 0.03) / share
        for node, (_, share, _) in places.items() if share > 0
    ]  # fmt: skip
    height = max([LEAST, *needs])
    figure, axes = sheet(height, width)
    colours = dict(zip(dict.fromkeys(marks["series"]), COLOURS, strict=False))
    for row in marks.itertuples():
        top, share, depth = places[row.node]
        left, right, tall = edges[depth], edges[depth + 1], share * height
        colour = paint.filled(colours[row.series], TINTS[min(depth, len(TINTS) - 1)])
        tag(box(axes, left, top * height, right - left, tall, colour), row.value_id)
        style: dict[str, Any] = {
            "color": paint.contrast(colour), "fontweight": "normal" if depth else "bold",
            "fontsize": points, "va": "center", "linespacing": 1.15,
        }  # fmt: skip
        middle = top * height + tall / 2
        weight = axes.text(right - PAD, middle, row.txt, ha="right", zorder=CELL, **style)
        tag(weight, row.value_id)
        axes.text(left + PAD, middle, "\n".join(lines[row.node]), **style)
    return figure


def _edges(marks: Marks, depths: list[int], width: float, points: float) -> list[float]:
    """Where each level begins, and the end: the deeper a level, the lower its boxes are.

    So the deepest has what its names ask for, if some is left for those before it.
    """
    levels = max(depths) + 1
    values = room_for(marks["txt"], points) + 2 * PAD
    names = [
        [n for n, d in zip(marks["label"], depths, strict=True) if d == at] for at in range(levels)
    ]
    wanted = [values + widest(own, points) + PAD for own in names]
    least = min(width / levels, values + 4.2 * points / 72)
    left, sizes = width, []
    for at in reversed(range(levels)):
        sizes.append(max(least, min(wanted[at], left - least * at)))
        left -= sizes[-1]
    spare = max(0.0, left) / levels
    edges = [0.0]
    for size in reversed(sizes):
        edges.append(edges[-1] + size + spare)
    return edges


KIND = Kind(
    draw,
    needs=frozenset({"v", "node", "parent"}),
    series=FEW,
    facts=MEASURED,
    lines=False,
    most=None,
    suits=(),
)
