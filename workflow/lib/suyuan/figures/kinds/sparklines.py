"""Small multiples over one time axis: a row with a scale of its own for each label.

Points of the first series are joined, those of the others stand alone: another compiler, a target.
What is known to a month is a dot at its end, what is known to a longer period a bar over it.
Values stand above their row, where they have room, and a thin stem leads to the point.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, floor
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from suyuan.core.periods import span
from suyuan.figures import theme
from suyuan.figures.canvas import Marks, different
from suyuan.figures.kind import MEASURED, Kind
from suyuan.figures.lettering import height_of, width_of, wrapped
from suyuan.figures.sheet import sheet
from suyuan.figures.svg import tag

SERIES = range(1, 5)
COLOURS = (theme.INK, theme.AMBER, theme.WINE, theme.TEAL)
MARKERS = ("o", "D", "s", "^")
NAMES = 1.05  # width of the rows' names
LEFT, RIGHT = NAMES + 0.3, theme.WIDTH_INCHES - 0.3
HEAD, FOOT = 0.34, 0.26
PLOT, GAP = 0.42, 0.14  # height of the lines of a row, space below it
QUARTER = 3  # months; what spans more of them is a bar
SMALL = theme.POINTS - 0.5


@dataclass(frozen=True)
class _Point:
    """A mark, its months from first to last, and the level on which its value is printed."""

    row: Any
    first: float
    last: float
    level: int = 0

    @property
    def long(self) -> bool:
        return self.last - self.first > QUARTER

    @property
    def at(self) -> float:
        return (self.first + self.last) / 2 if self.long else self.last


def draw(marks: Marks) -> Figure:
    names, labels = different(marks, "series"), different(marks, "label")
    months = [span(text) for text in marks["x"]]
    placed = [
        _Point(row, one.first, one.last + 1)
        for row, one in zip(marks.itertuples(), months, strict=True)
    ]
    start = floor(min(point.first if point.long else point.last for point in placed) / 12) * 12
    end = max(ceil(max(point.last for point in placed) / 12) * 12, start + 12)

    def x(month: float) -> float:
        return LEFT + (RIGHT - LEFT) * (month - start) / (end - start)

    rows = [_levelled([p for p in placed if p.row.label == label], x) for label in labels]
    level = height_of(1, SMALL)
    heights = [
        max(
            level * (1 + max(point.level for point in points)) + PLOT,
            height_of(len(wrapped(label, theme.POINTS, NAMES)), theme.POINTS),
        )
        + GAP
        for label, points in zip(labels, rows, strict=True)
    ]
    figure, axes = sheet(HEAD + sum(heights) + FOOT)
    _years(axes, start, end, x, HEAD - 0.04, HEAD + sum(heights))
    _key(axes, names)
    top = HEAD
    for label, points, height in zip(labels, rows, heights, strict=True):
        ground = top + height - GAP
        axes.plot([LEFT, RIGHT], [ground, ground], color=theme.MUTED, linewidth=0.5, zorder=1)
        lines = wrapped(label, theme.POINTS, NAMES)
        axes.text(0.0, ground - PLOT / 2, "\n".join(lines), va="center", fontweight="bold",
                  color=theme.INK, fontsize=theme.POINTS)  # fmt: skip
        most = max(point.row.v for point in points) or 1.0
        line = [p for p in points if p.row.series == names[0]]
        axes.plot([x(p.at) for p in line], [ground - PLOT * p.row.v / most for p in line],
                  color=theme.INK, linewidth=1.4, zorder=2)  # fmt: skip
        for point in points:
            y = ground - PLOT * point.row.v / most
            _mark(axes, point, names.index(point.row.series), x, y)
            value = ground - PLOT - level * (point.level + 0.62)
            axes.plot([x(point.at)] * 2, [value + level / 2, y - 0.035], color=theme.MUTED,
                      linewidth=0.4, zorder=1)  # fmt: skip
            text = axes.text(x(point.at), value, point.row.txt, ha="center", va="center",
                             fontsize=SMALL, zorder=4)  # fmt: skip
            tag(text, point.row.value_id)
        top += height
    return figure


def _levelled(points: list[_Point], x: Any) -> list[_Point]:
    """The points by time, each value on the lowest level where it has room and no stem crosses."""
    ends: list[float] = []  # by level: where its last value ends
    found = []
    for point in sorted(points, key=lambda one: one.at):
        half = width_of(point.row.txt, SMALL) / 2 + 0.02
        level = next((n for n, end in enumerate(ends) if end <= x(point.at) - half), len(ends))
        ends[level : level + 1] = [x(point.at) + half]
        # what stands lower must not be crossed by this one's stem, nor reach under it
        ends[:level] = [max(end, x(point.at) + 0.02) for end in ends[:level]]
        found.append(_Point(point.row, point.first, point.last, level))
    return found


def _mark(axes: Axes, point: _Point, series: int, x: Any, y: float) -> None:
    colour = COLOURS[series]
    if point.long:
        (drawn,) = axes.plot([x(point.first), x(point.last)], [y, y], color=colour, linewidth=3.2,
                             solid_capstyle="butt", zorder=3)  # fmt: skip
    else:
        (drawn,) = axes.plot([x(point.at)], [y], MARKERS[series], color=colour, markersize=4,
                             zorder=3)  # fmt: skip
    tag(drawn, point.row.value_id)


def _years(axes: Axes, start: int, end: int, x: Any, top: float, bottom: float) -> None:
    years = range(start // 12, end // 12)
    every = ceil(len(years) * 0.42 / (RIGHT - LEFT))
    for number, year in enumerate(years):
        if number % 2 == 0:
            axes.axvspan(
                x(12 * year), x(12 * year + 12), 1 - bottom / axes.get_ylim()[0],
                1 - top / axes.get_ylim()[0], color=theme.BAND, linewidth=0, zorder=0,
            )  # fmt: skip
        if number % every == 0:
            axes.text(x(12 * year + 6), bottom + FOOT / 2, str(year), ha="center", va="center",
                      fontsize=SMALL, color=theme.MUTED)  # fmt: skip


def _key(axes: Axes, names: list[str]) -> None:
    """The series: their signs and names above the rows."""
    left = LEFT
    for series, name in enumerate(names):
        axes.plot([left + 0.05], [0.12], MARKERS[series], color=COLOURS[series], markersize=4)
        axes.text(left + 0.16, 0.12, name, va="center", fontsize=theme.POINTS)
        left += 0.42 + width_of(name, theme.POINTS)


KIND = Kind(draw, needs=frozenset({"v", "x"}), series=SERIES, facts=MEASURED)
