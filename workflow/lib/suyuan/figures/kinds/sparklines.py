"""Small multiples over one time axis: a row with a scale of its own for each label.

Points of the first series are joined, those of the others stand alone: another compiler, a target.
What is known to a month is a dot at its end, what is known to a longer period a bar over it.
Values stand above their row, where they have room, and a thin stem leads to the point.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, floor
from typing import Any

from suyuan.core.periods import span
from suyuan.figures import mpl, paint, suits, theme
from suyuan.figures.canvas import GAP, SWATCH, Marks, different, key_height, key_lines
from suyuan.figures.kind import MEASURED, Kind
from suyuan.figures.lettering import height_of, widest, width_of, wrapped
from suyuan.figures.sheet import sheet
from suyuan.figures.svg import tag

SERIES = range(1, 5)
COLOURS = (paint.INK, paint.AMBER, paint.WINE, paint.TEAL)
MARKERS = ("o", "D", "s", "^")
NAMES = 0.3  # of the width that the rows' names may take up
EDGE = 0.3  # inches between names and lines, and right of these
FOOT = 0.26
PLOT, BELOW = 0.42, 0.14  # height of the lines of a row, space below it
QUARTER = 3  # months; what spans more of them is a bar


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


def draw(marks: Marks, width: float = theme.WIDTH_INCHES) -> mpl.Figure:
    names, labels = different(marks, "series"), different(marks, "label")
    points = theme.small(width)
    months = [span(text) for text in marks["x"]]
    placed = [
        _Point(row, one.first, one.last + 1)
        for row, one in zip(marks.itertuples(), months, strict=True)
    ]
    start = floor(min(point.first if point.long else point.last for point in placed) / 12) * 12
    end = max(ceil(max(point.last for point in placed) / 12) * 12, start + 12)

    lines = {label: wrapped(label, theme.POINTS, NAMES * width) for label in labels}
    left = widest((line for own in lines.values() for line in own), theme.POINTS) + EDGE
    right = width - max(EDGE, widest(marks["txt"], theme.POINTS) / 2)

    def x(month: float) -> float:
        return left + (right - left) * (month - start) / (end - start)

    rows = [_levelled([p for p in placed if p.row.label == label], x, points) for label in labels]
    level = height_of(1, points)
    head = key_height(names, width) + 0.08
    heights = [
        max(
            level * (1 + max(point.level for point in own)) + PLOT,
            height_of(len(lines[label]), theme.POINTS),
        )
        + BELOW
        for label, own in zip(labels, rows, strict=True)
    ]
    figure, axes = sheet(head + sum(heights) + FOOT, width)
    _years(axes, (start, end), x, (head - 0.04, head + sum(heights)), points)
    _key(axes, names, width)
    top = head
    for label, own, height in zip(labels, rows, heights, strict=True):
        ground = top + height - BELOW
        axes.plot([left, right], [ground, ground], color=paint.MUTED, linewidth=0.5, zorder=1)
        middle = ground - max(PLOT, height_of(len(lines[label]), theme.POINTS)) / 2
        axes.text(0.0, middle, "\n".join(lines[label]), va="center", fontweight="bold",
                  color=paint.INK, fontsize=theme.POINTS)  # fmt: skip
        most = max(point.row.v for point in own) or 1.0
        line = [p for p in own if p.row.series == names[0]]
        axes.plot([x(p.at) for p in line], [ground - PLOT * p.row.v / most for p in line],
                  color=paint.INK, linewidth=1.4, zorder=2)  # fmt: skip
        for point in own:
            y = ground - PLOT * point.row.v / most
            _mark(axes, point, names.index(point.row.series), x, y)
            value = ground - PLOT - level * (point.level + 0.62)
            axes.plot([x(point.at)] * 2, [value + level / 2, y - 0.035], color=paint.MUTED,
                      linewidth=0.4, zorder=1)  # fmt: skip
            text = axes.text(x(point.at), value, point.row.txt, ha="center", va="center",
                             fontsize=points, zorder=4)  # fmt: skip
            tag(text, point.row.value_id)
        top += height
    return figure


def _levelled(points: list[_Point], x: Any, letters: float) -> list[_Point]:
    """The points by time, each value on the lowest level where it has room and no stem crosses."""
    ends: list[float] = []  # by level: where its last value ends
    found = []
    for point in sorted(points, key=lambda one: one.at):
        half = width_of(point.row.txt, letters) / 2 + 0.02
        level = next((n for n, end in enumerate(ends) if end <= x(point.at) - half), len(ends))
        ends[level : level + 1] = [x(point.at) + half]
        # what stands lower must not be crossed by this one's stem, nor reach under it
        ends[:level] = [max(end, x(point.at) + 0.02) for end in ends[:level]]
        found.append(_Point(point.row, point.first, point.last, level))
    return found


def _mark(axes: mpl.Axes, point: _Point, series: int, x: Any, y: float) -> None:
    colour = COLOURS[series]
    if point.long:
        (drawn,) = axes.plot([x(point.first), x(point.last)], [y, y], color=colour, linewidth=3.2,
                             solid_capstyle="butt", zorder=3)  # fmt: skip
    else:
        (drawn,) = axes.plot([x(point.at)], [y], MARKERS[series], color=colour, markersize=4,
                             zorder=3)  # fmt: skip
    tag(drawn, point.row.value_id)


def _years(
    axes: mpl.Axes, ends: tuple[int, int], x: Any, upright: tuple[float, float], points: float
) -> None:
    """Every other year shaded, and as many named below as have room."""
    (start, end), (top, bottom) = ends, upright
    after = -1.0
    for number, year in enumerate(range(start // 12, end // 12)):
        first, last = x(12 * year), x(12 * year + 12)
        if number % 2 == 0:
            band = mpl.Rectangle((first, top), last - first, bottom - top, facecolor=paint.BAND,
                             linewidth=0, zorder=0)  # fmt: skip
            axes.add_patch(band)
        middle, half = (first + last) / 2, width_of(str(year), points) / 2
        if middle - half > after:
            axes.text(middle, bottom + FOOT / 2, str(year), ha="center", va="center",
                      fontsize=points, color=paint.MUTED)  # fmt: skip
            after = middle + half + 0.04


def _key(axes: mpl.Axes, names: list[str], width: float) -> None:
    """The series: their signs and names above the rows."""
    y = 0.02
    for line in key_lines(names, width):
        tall = height_of(max(len(own) for _, own, _ in line), theme.POINTS)
        for at, own, name in line:
            series = names.index(name)
            axes.plot([at + 0.05], [y + tall / 2], MARKERS[series], color=COLOURS[series],
                      markersize=4)  # fmt: skip
            axes.text(at + SWATCH + GAP, y + tall / 2, "\n".join(own), va="center",
                      fontsize=theme.POINTS, linespacing=1.15)  # fmt: skip
        y += tall


KIND = Kind(
    draw,
    needs=frozenset({"v", "x"}),
    series=SERIES,
    facts=MEASURED,
    suits=(suits.DATED,),
    lines=False,
    most=None,
)
