"""Boxes of words and arrows between them, on a sheet that counts inches."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from suyuan.figures import mpl, paint, theme

EM, LINE = theme.POINTS / 72, 1.4 * theme.POINTS / 72  # a sign and a line, in inches
TIP = 0.075  # inches: how long the head of an arrow is
Point = tuple[float, float]


def block(
    axes: mpl.Axes, x: float, y: float, wide: float, high: float, fill: str, **style: Any
) -> mpl.Rectangle:
    """A box; x and y are its upper left corner."""
    box = mpl.Rectangle((x, y), wide, high, facecolor=fill, **({"linewidth": 0} | style))
    axes.add_patch(box)
    return box


def words(
    axes: mpl.Axes, x: float, y: float, lines: Sequence[str], *, bold: bool = False,
    small: float = 0, **style: Any,
) -> mpl.Text:  # fmt: skip
    """Lines of words about a point; ``small`` is by how many points they are smaller."""
    given: dict[str, Any] = {"ha": "center", "va": "center", "linespacing": 1.2} | style
    weight = "bold" if bold else "normal"
    size = theme.POINTS - small
    return axes.text(x, y, "\n".join(lines), fontsize=size, fontweight=weight, **given)


def arrow(axes: mpl.Axes, path: Sequence[Point], colour: str = paint.TEAL, **style: Any) -> None:
    """A line along ``path`` of level and upright strokes, with a head at its end."""
    (before, end) = path[-2:]
    along = [(to > at) - (to < at) for at, to in zip(before, end, strict=True)]
    base = (end[0] - TIP * along[0], end[1] - TIP * along[1])
    xs, ys = zip(*path[:-1], base, strict=True)
    axes.plot(xs, ys, color=colour, linewidth=1.2, solid_capstyle="butt", **style)
    across = (0.6 * TIP * along[1], 0.6 * TIP * along[0])
    sides = [(base[0] + way * across[0], base[1] + way * across[1]) for way in (-1, 1)]
    axes.add_patch(mpl.Polygon([end, *sides], closed=True, facecolor=colour, linewidth=0))
