"""Stages as a staircase: each step has a head with its name, and below it what is said of it.

A series is a stage. The mark whose label is the series itself is its head; the labels of all
others head their texts. A row holds as many steps as can be read, and begins again below.
"""

from __future__ import annotations

from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from suyuan.figures import theme
from suyuan.figures.canvas import Marks, different
from suyuan.figures.kind import ANY, COUNTED, Kind
from suyuan.figures.sheet import CELL, SMALL, box, sheet
from suyuan.figures.svg import tag
from suyuan.figures.wrapping import wrapped

ACROSS = 4  # steps in a row
RISE = 0.14  # from one step to the next
PAD = 0.08
GAP = 0.06
BETWEEN = 0.16  # from one row of steps to the next
POINT = 1 / 72  # in inches
LEADING = 1.45


def draw(marks: Marks) -> Figure:
    stages = [(name, marks[marks["series"] == name]) for name in different(marks, "series")]
    across = min(ACROSS, len(stages))
    width = theme.WIDTH_INCHES / across
    rows = [stages[start : start + across] for start in range(0, len(stages), across)]
    heights = [_height(row, width - GAP - 2 * PAD) for row in rows]
    figure, axes = sheet(sum(heights) + BETWEEN * (len(rows) - 1))
    top = 0.0
    for row, height in zip(rows, heights, strict=True):
        for place, (name, own) in enumerate(row):
            upper = top + RISE * (len(row) - 1 - place)
            _step(axes, place * width, upper, width - GAP, top + height - upper, name, own)
        top += height + BETWEEN
    return figure


def _height(row: list[tuple[str, pd.DataFrame]], room: float) -> float:
    """Of a row of steps, so that what is said of each fits below its head."""
    needed = []
    for place, (name, own) in enumerate(row):
        lines = [wrapped(mark.txt, room / (SMALL * POINT)) for mark in _said(name, own)]
        text = sum(height_of(len(found) + 1, SMALL) + PAD / 2 for found in lines)
        needed.append(RISE * (len(row) - 1 - place) + _head(name, room) + text + PAD)
    return max(needed)


def height_of(lines: int, points: float) -> float:
    """How many inches so many lines take up in type of ``points``."""
    return lines * points * LEADING * POINT


def _head(name: str, room: float) -> float:
    return height_of(len(wrapped(name, room / (theme.POINTS * POINT))), theme.POINTS) + PAD


def _said(name: str, own: pd.DataFrame) -> list[Any]:
    return [mark for mark in own.itertuples() if mark.label != name]


def _step(
    axes: Axes, x: float, y: float, width: float, height: float, name: str, own: pd.DataFrame
) -> None:
    """One step: head, then each text under its label; the boxes are the marks' shapes."""
    room, head = width - 2 * PAD, _head(name, width - 2 * PAD)
    box(axes, x, y, width, height, theme.BAND)
    lines = wrapped(name, room / (theme.POINTS * POINT))
    top = box(axes, x, y, width, head, theme.INK)
    words = axes.text(
        x + PAD, y + head / 2, "\n".join(lines), va="center", color="#FFFFFF", fontweight="bold",
        fontsize=theme.POINTS, zorder=CELL + 1,
    )  # fmt: skip
    for mark in own[own["label"] == name].itertuples():
        tag(top, mark.value_id)
        tag(words, mark.value_id)
    at = y + head + PAD / 2
    for mark in _said(name, own):
        lines = wrapped(mark.txt, room / (SMALL * POINT))
        tall = height_of(len(lines) + 1, SMALL)
        tag(box(axes, x, at, width, tall, theme.BAND), mark.value_id)
        style: dict[str, Any] = {"va": "top", "fontsize": SMALL, "zorder": CELL + 1}
        axes.text(x + PAD, at, mark.label, color=theme.TEAL, fontweight="bold", **style)
        below = at + height_of(1, SMALL)
        text = axes.text(x + PAD, below, "\n".join(lines), linespacing=1.3, **style)
        tag(text, mark.value_id)
        at += tall + PAD / 2


KIND = Kind(draw, needs=frozenset(), series=ANY, facts=COUNTED)
