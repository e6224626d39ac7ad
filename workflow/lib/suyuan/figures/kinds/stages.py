"""Stages as a staircase: each step has a head with its name, and below it what is said of it.

A series is a stage. The mark whose label is the series itself is its head; the labels of all
others head their texts. A row holds as many steps as can be read, and begins again below.
"""

from __future__ import annotations

from typing import Any

import pandas as pd

from suyuan.figures import mpl, paint, theme
from suyuan.figures.canvas import Marks, different
from suyuan.figures.kind import ANY, COUNTED, Kind
from suyuan.figures.sheet import CELL, box, sheet
from suyuan.figures.svg import tag
from suyuan.figures.wrapping import wrapped

ACROSS, LEAST = 4, 1.5  # steps in a row; inches of one
RISE = 0.14  # from one step to the next
PAD = 0.08
GAP = 0.06
BETWEEN = 0.16  # from one row of steps to the next
POINT = 1 / 72  # in inches
LEADING = 1.45


def draw(marks: Marks, width: float = theme.WIDTH_INCHES) -> mpl.Figure:
    stages = [(name, marks[marks["series"] == name]) for name in different(marks, "series")]
    across = max(1, min(ACROSS, len(stages), int(width / LEAST)))
    wide, points = width / across, theme.small(width)
    rows = [stages[start : start + across] for start in range(0, len(stages), across)]
    heights = [_height(row, wide - GAP - 2 * PAD, points) for row in rows]
    figure, axes = sheet(sum(heights) + BETWEEN * (len(rows) - 1), width)
    top = 0.0
    for row, height in zip(rows, heights, strict=True):
        for place, (name, own) in enumerate(row):
            upper = top + RISE * (len(row) - 1 - place)
            corner = (place * wide, upper, wide - GAP, top + height - upper)
            _step(axes, corner, name, own, points)
        top += height + BETWEEN
    return figure


def _height(row: list[tuple[str, pd.DataFrame]], room: float, points: float) -> float:
    """Of a row of steps, so that what is said of each fits below its head."""
    needed = []
    for place, (name, own) in enumerate(row):
        tall = (sum(map(len, _lines(mark, room, points))) for mark in _said(name, own))
        text = sum(height_of(lines, points) + PAD / 2 for lines in tall)
        needed.append(RISE * (len(row) - 1 - place) + _head(name, room) + text + PAD)
    return max(needed)


def height_of(lines: int, points: float) -> float:
    """How many inches so many lines take up in type of ``points``."""
    return lines * points * LEADING * POINT


def _head(name: str, room: float) -> float:
    return height_of(len(wrapped(name, room / (theme.POINTS * POINT))), theme.POINTS) + PAD


def _said(name: str, own: pd.DataFrame) -> list[Any]:
    return [mark for mark in own.itertuples() if mark.label != name]


def _lines(mark: Any, room: float, points: float) -> tuple[list[str], list[str]]:
    """A mark's label and its text in lines."""
    ems = room / (points * POINT)
    return wrapped(mark.label, ems), wrapped(mark.txt, ems)


def _step(
    axes: mpl.Axes, corner: tuple[float, float, float, float], name: str, own: pd.DataFrame,
    points: float,
) -> None:  # fmt: skip
    """One step: head, then each text under its label; the boxes are the marks' shapes."""
    x, y, width, height = corner
    room, head = width - 2 * PAD, _head(name, width - 2 * PAD)
    box(axes, x, y, width, height, paint.BAND)
    lines = wrapped(name, room / (theme.POINTS * POINT))
    top = box(axes, x, y, width, head, paint.INK)
    words = axes.text(
        x + PAD, y + head / 2, "\n".join(lines), va="center", color="#FFFFFF", fontweight="bold",
        fontsize=theme.POINTS, zorder=CELL + 1,
    )  # fmt: skip
    for mark in own[own["label"] == name].itertuples():
        tag(top, mark.value_id)
        tag(words, mark.value_id)
    at = y + head + PAD / 2
    for mark in _said(name, own):
        label, lines = _lines(mark, room, points)
        tall = height_of(len(label) + len(lines), points)
        tag(box(axes, x, at, width, tall, paint.BAND), mark.value_id)
        style: dict[str, Any] = {
            "va": "top", "fontsize": points, "zorder": CELL + 1, "linespacing": 1.3
        }  # fmt: skip
        axes.text(x + PAD, at, "\n".join(label), color=paint.INK, fontweight="bold", **style)
        below = at + height_of(len(label), points)
        text = axes.text(x + PAD, below, "\n".join(lines), **style)
        tag(text, mark.value_id)
        at += tall + PAD / 2


KIND = Kind(draw, needs=frozenset(), series=ANY, facts=COUNTED, lines=False, most=None, suits=())
