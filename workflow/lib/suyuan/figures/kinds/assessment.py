"""Drawings of the assessment: the weighted tree, the grid of ratings, the grid of verdicts.

As in ``drawings``: a table of marks in, a figure out. Everything is placed in inches on one axes
that fills the figure, so that cells and text keep their size whatever the number of rows.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from itertools import groupby
from typing import Any, TypeAlias

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from matplotlib.path import Path
from matplotlib.text import Text

from suyuan.figures import theme
from suyuan.figures.svg import tag

Marks: TypeAlias = pd.DataFrame
SMALL = theme.POINTS - 1
COLUMN = 0.58  # width of a vendor's column
HEAD = 0.3  # height of the heads of columns
FOOT = 0.34  # height of the legend
BEST = 5.0  # points of the best rating
CELL = 1.0  # what is drawn in one cell lies on one level, so that its pieces become one mark


def _sheet(height: float) -> tuple[Figure, Axes]:
    """An empty figure of the text's width whose axes count inches from its upper left corner."""
    figure = Figure(figsize=(theme.WIDTH_INCHES, height))
    axes = figure.add_axes((0.0, 0.0, 1.0, 1.0))
    axes.set_xlim(0, theme.WIDTH_INCHES)
    axes.set_ylim(height, 0)
    axes.set_axis_off()
    return figure, axes


def _box(axes: Axes, x: float, y: float, width: float, height: float, colour: str) -> Rectangle:
    box = Rectangle(
        (x, y), width, height, facecolor=colour, edgecolor="white", clip_on=False, zorder=CELL
    )
    axes.add_patch(box)
    return box


def _text(axes: Axes, x: float, y: float, words: str, *, va: str = "center", **style: Any) -> Text:
    return axes.text(x, y, words, va=va, fontsize=SMALL, **style)


# --- the tree ---------------------------------------------------------------------------------

TREE_HEIGHT = 6.1
TREE_COLUMNS = (0.0, 1.62, 3.94, theme.WIDTH_INCHES)
TREE_COLOURS = (*theme.PALETTE[:4], theme.MUTED)  # the fifth of the palette is too pale to tint
TREE_TINTS = (1.0, 0.34, 0.14)  # of the dimension's colour, by level


def icicle(marks: Marks) -> Figure:
    """A tree as boxes: children right of their parent and as high as their weight allows.

    ``node`` and ``parent`` tell the tree, parents come first; the weights of siblings sum to 1.
    """
    figure, axes = _sheet(TREE_HEIGHT)
    colours = dict(zip(dict.fromkeys(marks["series"]), TREE_COLOURS, strict=False))
    free = {"": 0.0}  # by node: where its next child begins
    heights, depths = {"": TREE_HEIGHT}, {"": -1}
    for row in marks.itertuples():
        top, height = free[row.parent], heights[row.parent] * row.v
        depth = depths[row.parent] + 1
        free[row.parent] += height
        free[row.node], heights[row.node], depths[row.node] = top, height, depth
        left, right = TREE_COLUMNS[depth : depth + 2]
        colour = theme.tint(colours[row.series], TREE_TINTS[depth])
        tag(_box(axes, left, top, right - left, height, colour), row.value_id)
        style = {"color": theme.contrast(colour), "fontweight": "normal" if depth else "bold"}
        middle = top + height / 2
        weight = _text(axes, right - 0.07, middle, row.txt, ha="right", zorder=CELL, **style)
        tag(weight, row.value_id)
        _text(axes, left + 0.07, middle, row.label, **style)
    return figure


# --- grids: leaves or criteria by vendors -----------------------------------------------------


def _frame(marks: Marks, row_height: float) -> tuple[Figure, Axes, dict[str, float], float]:
    """A grid's heads, row names and groups: figure, axes, top of each row, left of the cells."""
    rows = list(dict.fromkeys(zip(marks["group"], marks["label"], strict=True)))
    vendors = list(dict.fromkeys(marks["series"]))
    left = theme.WIDTH_INCHES - COLUMN * len(vendors)
    figure, axes = _sheet(HEAD + row_height * len(rows) + FOOT)
    for place, vendor in enumerate(vendors):
        middle = left + (place + 0.5) * COLUMN
        _text(axes, middle, HEAD / 2, vendor, ha="center", color=theme.INK, fontweight="bold")
    tops: dict[str, float] = {}
    for group, members in groupby(rows, key=lambda row: row[0]):
        start = HEAD + row_height * len(tops)
        axes.plot([0, theme.WIDTH_INCHES], [start, start], color=theme.INK, linewidth=0.6)
        _text(axes, 0.0, start + row_height / 2, group, color=theme.INK, fontweight="bold")
        for _, label in members:
            tops[label] = HEAD + row_height * len(tops)
            _text(axes, left - 0.08, tops[label] + row_height / 2, label, ha="right")
    return figure, axes, tops, left


def _rest(axes: Axes, tops: dict[str, float], row_height: float) -> float:
    """The line below the last row; where the legend's middle is."""
    end = max(tops.values()) + row_height
    axes.plot([0, theme.WIDTH_INCHES], [end, end], color=theme.INK, linewidth=0.6)
    return end + FOOT / 2 + 0.03


RATING_ROW = 0.172


def rating_grid(marks: Marks) -> Figure:
    """Points as colour and number; the line below a number is as long as its evidence is sure.

    A cell without points is white with the word for what is missing, which is not 0.
    """
    figure, axes, tops, left = _frame(marks, RATING_ROW)
    vendors = list(dict.fromkeys(marks["series"]))
    for row in marks.itertuples():
        x, y = left + COLUMN * vendors.index(row.series), tops[row.label]
        if math.isnan(row.v):
            tag(_box(axes, x, y, COLUMN, RATING_ROW, "#FFFFFF"), row.value_id)
            centre = (x + COLUMN / 2, y + RATING_ROW / 2)
            _text(axes, *centre, row.missing, ha="center", color=theme.MUTED)
            continue
        colour = theme.tint(theme.INK, 0.04 + 0.9 * row.v / BEST)
        ink = theme.contrast(colour)
        tag(_box(axes, x, y, COLUMN, RATING_ROW, colour), row.value_id)
        words: dict[str, Any] = {
            "ha": "center",
            "va": "center_baseline",
            "color": ink,
            "zorder": CELL,
        }
        tag(_text(axes, x + COLUMN / 2, y + 0.072, row.txt, **words), row.value_id)
        tag(_grade(axes, x + COLUMN / 2, y + 0.145, row.sureness, ink), row.value_id)
    known = marks.dropna(subset="v").sort_values("sureness", ascending=False)
    middle, x = _rest(axes, tops, RATING_ROW), left
    for grade, sureness in dict(zip(known["grade"], known["sureness"], strict=True)).items():
        _grade(axes, x + 0.3, middle, sureness, theme.TEXT)
        _text(axes, x + 0.62, middle, grade)
        x += 0.95
    return figure


def _grade(axes: Axes, x: float, y: float, sureness: float, colour: str) -> Any:
    half = 0.2 * sureness
    ends = [x - half, x + half]
    (line,) = axes.plot(ends, [y, y], color=colour, linewidth=1.1, clip_on=False, zorder=CELL)
    return line


VERDICT_ROW = 0.25
ROUND = 48  # corners of what passes for a circle


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


def verdict_grid(marks: Marks) -> Figure:
    """How far each criterion is met: a circle filled that far, on a colour as deep.

    A dash stands where nothing is known.
    """
    figure, axes, tops, left = _frame(marks, VERDICT_ROW)
    vendors = list(dict.fromkeys(marks["series"]))
    for row in marks.itertuples():
        x, y = left + COLUMN * vendors.index(row.series), tops[row.label]
        tag(_box(axes, x, y, COLUMN, VERDICT_ROW, _shade(row.level)), row.value_id)
        tag(_sign(axes, x + COLUMN / 2, y + VERDICT_ROW / 2, row.level), row.value_id)
    middle, x = _rest(axes, tops, VERDICT_ROW), 0.1
    said = dict(zip(marks["said"], marks["level"], strict=True))
    for words, level in sorted(said.items(), key=lambda one: -one[1] if one[1] >= 0 else 1):
        tag(_sign(axes, x, middle, level), marks[marks["said"] == words]["value_id"].iloc[0])
        _text(axes, x + 0.13, middle, words)
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


ASSESSMENT_DRAWINGS: dict[str, Callable[[Marks], Figure]] = {
    draw.__name__: draw for draw in (icicle, rating_grid, verdict_grid)
}
