"""Levels of a delay as nested half-rings, a set for each series, side by side where there is room.

Rings are as far from each other as their labels need, not in proportion to the delay: levels of
the same delay stay apart. The first mark of a series is the innermost ring.
"""

from __future__ import annotations

from math import ceil, cos, pi, sin, sqrt
from typing import Any

from suyuan.figures import mpl, paint, theme
from suyuan.figures.canvas import Marks, different
from suyuan.figures.kind import MEASURED, Kind
from suyuan.figures.lettering import height_of, widest, wrapped
from suyuan.figures.sheet import CELL, sheet
from suyuan.figures.svg import tag

SETS = range(1, 4)
HEAD, FOOT, GAP = 0.3, 0.08, 0.12
RADIUS = 0.95  # across, at most
LEAD = 0.7  # where on a ring its label begins, of the ring's height
STEPS = 48
LEAST = 2.0  # inches of a set beside another


def draw(marks: Marks, width: float = theme.WIDTH_INCHES) -> mpl.Figure:
    names = different(marks, "series")
    panel = width / (len(names) if width / len(names) >= LEAST else 1)
    beside = int(width / panel + 0.5)
    across = min(RADIUS, 0.26 * panel)
    values = widest(list(marks["txt"]), theme.POINTS) + GAP
    room = panel - 2 * across - values - 3 * GAP
    labelled = marks.assign(lines=[wrapped(text, theme.POINTS, room) for text in marks["label"]])
    row = height_of(labelled["lines"].map(len).max(), theme.POINTS) + 0.06
    most = max(int((marks["series"] == name).sum()) for name in names)
    high = max(row * most / LEAD, 0.6)
    heads = [wrapped(name, theme.POINTS, panel - GAP) for name in names]
    head = HEAD + height_of(max(map(len, heads)) - 1, theme.POINTS)
    block = head + high + FOOT
    figure, axes = sheet(block * ceil(len(names) / beside), width)
    for place, (name, lines) in enumerate(zip(names, heads, strict=True)):
        left, top = place % beside * panel, place // beside * block
        axes.text(
            left, top + head / 2 - 0.04, "\n".join(lines), va="center", color=paint.INK,
            fontweight="bold", fontsize=theme.POINTS,
        )  # fmt: skip
        levels = list(labelled[labelled["series"] == name].itertuples())
        at = (left + across, top + head + high, across, high)
        named = widest([line for level in levels for line in level.lines], theme.POINTS)
        for order, level in reversed(list(enumerate(levels, start=1))):
            _ring(axes, level, order / len(levels), at)
        for order, level in enumerate(levels, start=1):
            _label(axes, level, order / len(levels), at, named)
    return figure


def _ring(axes: mpl.Axes, level: Any, share: float, at: tuple[float, float, float, float]) -> None:
    middle, ground, across, high = at
    turns = [pi * step / STEPS for step in range(STEPS + 1)]
    edge = [
        (middle + share * across * cos(turn), ground - share * high * sin(turn)) for turn in turns
    ]
    colour = paint.tint(paint.TEAL, 0.95 - 0.8 * share)
    ring = mpl.Polygon(edge, closed=True, facecolor=colour, edgecolor="white", linewidth=0.9)
    tag(axes.add_patch(ring), level.value_id)


def _label(
    axes: mpl.Axes, level: Any, share: float, at: tuple[float, float, float, float], named: float
) -> None:
    middle, ground, across, high = at
    y = ground - LEAD * share * high
    x = middle + share * across * sqrt(1 - LEAD**2)
    begin = middle + across + GAP
    axes.plot([x, begin - 0.04], [y, y], color=paint.INK, linewidth=0.6, zorder=2)
    (dot,) = axes.plot([x], [y], "o", color=paint.INK, markersize=2.6, zorder=3)
    tag(dot, level.value_id)
    axes.text(begin, y, "\n".join(level.lines), va="center", fontsize=theme.POINTS, zorder=CELL)
    value = axes.text(
        begin + named + GAP, y, level.txt, ha="left", va="center", fontsize=theme.POINTS,
        fontweight="bold", color=paint.INK, zorder=3,
    )  # fmt: skip
    tag(value, level.value_id)


KIND = Kind(
    draw, needs=frozenset({"v"}), series=SETS, facts=MEASURED, lines=False, most=None, suits=()
)
