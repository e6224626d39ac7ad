"""Stations of a cycle, one for each series, with what belongs to each listed in it.

Stations stand in two columns and follow each other clockwise from the upper left; arrows lead from
each to the next. A mark without a label tells what the station is about, those with one are told
apart by it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from suyuan.figures import mpl, paint, theme
from suyuan.figures.boxes import arrow
from suyuan.figures.canvas import Marks, different
from suyuan.figures.kind import ANY, COUNTED, Kind
from suyuan.figures.lettering import height_of, widest, wrapped
from suyuan.figures.sheet import CELL, box, sheet
from suyuan.figures.svg import tag

LANE, DOWN = 0.5, 0.34  # between the columns, between the rows
PAD, STRIP = 0.12, 0.05  # inside a box; the coloured edge of a mark
LEAST = 2.2  # width of a station; where two have less, they stand below each other
ASIDE_LANE = 0.3  # right of stations one below the other: the way back
LABEL = 0.8  # width of a label, at most
SMALL = theme.POINTS
ASIDE = 0.16  # of an arrow from the middle, so that one there and one back stay apart
Place = tuple[int, int]  # column and row


@dataclass(frozen=True)
class _Line:
    """A mark with the lines of its label and of its text."""

    row: Any
    label: list[str]
    text: list[str]

    @property
    def height(self) -> float:
        return height_of(max(len(self.label), len(self.text)), SMALL) + 0.07


@dataclass(frozen=True)
class _Station:
    """A name in lines and its marks; ``begin`` is where texts begin after labels."""

    name: list[str]
    lines: list[_Line]
    begin: float

    @property
    def title(self) -> float:
        return height_of(len(self.name), theme.POINTS) + PAD

    @property
    def height(self) -> float:
        return self.title + sum(line.height for line in self.lines) + 1.5 * PAD


def _station(name: str, rows: Marks, width: float) -> _Station:
    labels = [wrapped(label, SMALL, LABEL) if label else [] for label in rows["label"]]
    begin = widest([line for lines in labels for line in lines], SMALL) + (
        0.1 if any(labels) else 0
    )
    room = width - 2 * PAD - 2 * STRIP
    lines = [
        _Line(row, label, wrapped(row.txt, SMALL, room - (begin if label else 0)))
        for row, label in zip(rows.itertuples(), labels, strict=True)
    ]
    return _Station(wrapped(name, theme.POINTS, width - 2 * PAD), lines, begin)


def places(count: int, *, one: bool = False) -> list[Place]:
    """Where so many stations stand: the first upper left, then down the right, up the left.

    Or all in ``one`` column.
    """
    if one:
        return [(0, row) for row in range(count)]
    down = (count + 1) // 2
    right = [(1, row) for row in range(down)]
    left = [(0, row) for row in range(down - 1, 0, -1)]
    return [(0, 0), *right, *left][:count]


def draw(marks: Marks, width: float = theme.WIDTH_INCHES) -> mpl.Figure:
    names = different(marks, "series")
    one = (width - LANE) / 2 < LEAST
    wide = width - ASIDE_LANE if one else (width - LANE) / 2
    stations = [_station(name, marks[marks["series"] == name], wide) for name in names]
    stand = places(len(stations), one=one)
    rows = max(row for _, row in stand) + 1
    heights = [
        max((s.height for s, at in zip(stations, stand, strict=True) if at[1] == row), default=0.0)
        for row in range(rows)
    ]
    tops = [sum(heights[:row]) + DOWN * row for row in range(rows)]
    figure, axes = sheet(tops[-1] + heights[-1], width)
    for station, (column, row) in zip(stations, stand, strict=True):
        _draw(axes, station, (column * (wide + LANE), tops[row], wide, heights[row]))
    following = [*stand[1:], stand[0]] if len(stand) > 1 else []
    if one and following:
        following.pop()
        ends = (tops[0] + heights[0] / 2, tops[-1] + heights[-1] / 2)
        arrow(axes, _back(wide, *ends), paint.WINE, zorder=3)
    for (column, row), (to, end) in zip(stand, following, strict=False):
        _arrow(axes, (column, tops[row], heights[row]), (to, tops[end], heights[end]), wide)
    return figure


def _back(wide: float, first: float, last: float) -> list[tuple[float, float]]:
    """The way from the last of stations below each other to the first, on their right."""
    lane = wide + ASIDE_LANE - 0.06
    return [(wide, last), (lane, last), (lane, first), (wide + 0.02, first)]


def _draw(axes: mpl.Axes, station: _Station, corner: tuple[float, float, float, float]) -> None:
    left, top, wide, height = corner
    box(axes, left, top, wide, height, paint.BAND).set_zorder(0)
    box(axes, left, top, wide, station.title, paint.INK)
    axes.text(
        left + PAD, top + station.title / 2, "\n".join(station.name), va="center",
        color="#FFFFFF", fontweight="bold", fontsize=theme.POINTS, zorder=CELL,
    )  # fmt: skip
    at, begin = top + station.title + 0.75 * PAD, left + PAD + 2 * STRIP
    for line in station.lines:
        colour = paint.TEAL if line.label else paint.AMBER
        strip = mpl.Rectangle(
            (left + PAD, at + 0.03), STRIP, line.height - 0.06, facecolor=colour, linewidth=0
        )
        tag(axes.add_patch(strip), line.row.value_id)
        style: dict[str, Any] = {"va": "top", "fontsize": SMALL, "zorder": CELL, "linespacing": 1.2}
        axes.text(begin, at + 0.04, "\n".join(line.label), color=paint.INK, fontweight="bold",
                  **style)  # fmt: skip
        x = begin + (station.begin if line.label else 0)
        tag(axes.text(x, at + 0.04, "\n".join(line.text), **style), line.row.value_id)
        at += line.height


def _arrow(
    axes: mpl.Axes, begin: tuple[int, float, float], end: tuple[int, float, float], wide: float
) -> None:
    """From one box to the next, each given by column, top and height."""
    (column, top, height), (to, below, tall) = begin, end
    left = column * (wide + LANE)
    if column != to:
        aside = ASIDE if column else -ASIDE
        inner = (wide, wide + LANE)
        ends = [(inner[column], top + height / 2 + aside), (inner[to], below + tall / 2 + aside)]
    else:
        x = left + wide / 2
        ends = [(x, top + height), (x, below)] if below > top else [(x, top), (x, below + tall)]
    axes.add_patch(
        mpl.FancyArrowPatch(*ends, arrowstyle="-|>", mutation_scale=11, color=paint.WINE,
                        linewidth=1.6, shrinkA=3, shrinkB=3, zorder=3)
    )  # fmt: skip


KIND = Kind(draw, needs=frozenset(), series=ANY, facts=COUNTED, lines=False, most=None, suits=())
