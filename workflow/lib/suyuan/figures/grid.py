"""A grid on a sheet: rows in groups, a column for each series, names that keep their room.

Where columns lack room they go on below, in a further block with the same rows.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from math import ceil

from suyuan.figures import mpl, paint, theme
from suyuan.figures.lettering import height_of, widest, wrapped
from suyuan.figures.sheet import sheet, text

NAMES = 0.36  # of the width that names of rows may take up
PAD = 0.08
BETWEEN = 0.14  # from one block to the next
Row = tuple[str, str]  # group and label


@dataclass(frozen=True)
class Grid:
    """A figure with room for cells: the upper left corner of each, by its row and column.

    ``wide`` and ``high`` are of a cell, ``left`` is where cells begin, ``end`` where they end.
    """

    figure: mpl.Figure
    axes: mpl.Axes
    corners: dict[tuple[Row, str], tuple[float, float]]
    wide: float
    high: float
    left: float
    end: float


@dataclass(frozen=True)
class _Plan:
    """What a grid's rows need: names in lines, height, and whether groups have lines of their own.

    ``begin`` is where names end, at least.
    """

    rows: Sequence[Row]
    lines: dict[Row, list[str]]
    heads: dict[str, list[str]]
    apart: bool
    begin: float
    high: float
    points: float

    @property
    def head(self) -> float:
        """Height of the line of a group, where it has one."""
        return self.high if self.apart else 0.0

    @property
    def height(self) -> float:
        own = sum(self.head * len(lines) for lines in self.heads.values())
        return self.high * len(self.rows) + own


def _plan(rows: Sequence[Row], width: float, row: float, points: float) -> _Plan:
    groups = list(dict.fromkeys(group for group, _ in rows if group))
    beside = widest(groups, points) + PAD if groups else 0.0
    names = widest((label for _, label in rows), points) + PAD
    apart = bool(groups) and beside + names > NAMES * width
    room = NAMES * width - (0.0 if apart else beside)
    lines = {each: wrapped(each[1], points, room) for each in rows}
    begin = widest((line for own in lines.values() for line in own), points) + PAD
    high = max(row, height_of(max(map(len, lines.values())), points) + 0.02)
    heads = {group: wrapped(group, points, width - PAD) if apart else [group] for group in groups}
    return _Plan(rows, lines, heads, apart, begin + (0.0 if apart else beside), high, points)


def grid(
    rows: Sequence[Row], columns: Sequence[str], width: float, *, row: float, cell: float,
    most: float = 9.0, foot: float = 0.0, points: float = 0.0,
) -> Grid:  # fmt: skip
    """Heads of columns, names of rows and groups.

    ``row`` is the least height of a row, ``cell`` the least and ``most`` the greatest width of a
    column, ``foot`` is kept free below; ``points`` are those of
    names, small ones unless said.
    """
    points = points or theme.small(width)
    plan = _plan(rows, width, row, points)
    room = width - plan.begin
    blocks = ceil(len(columns) / max(1, int(room / cell)))
    across = ceil(len(columns) / blocks)
    wide = min(most, room / across)
    left = width - wide * across
    parts = [columns[at : at + across] for at in range(0, len(columns), across)]
    named = {name: wrapped(name, points, wide - 0.03) for name in columns}
    tall = [height_of(max(len(named[name]) for name in part), points) + 0.08 for part in parts]
    height = sum(tall) + (plan.height + BETWEEN) * len(parts) - BETWEEN
    figure, axes = sheet(height + foot, width)
    corners: dict[tuple[Row, str], tuple[float, float]] = {}
    y = 0.0
    for part, head in zip(parts, tall, strict=True):
        for place, name in enumerate(part):
            middle = (left + (place + 0.5) * wide, y + head / 2)
            text(axes, *middle, "\n".join(named[name]), ha="center", color=paint.INK,
                 fontweight="bold", fontsize=points)  # fmt: skip
        tops = _names(axes, plan, y + head, left, width)
        corners |= {
            (each, name): (left + place * wide, top)
            for each, top in tops.items()
            for place, name in enumerate(part)
        }
        y += head + plan.height + BETWEEN
    return Grid(figure, axes, corners, wide, plan.high, left, height)


def _names(axes: mpl.Axes, plan: _Plan, y: float, left: float, width: float) -> dict[Row, float]:
    """Rules, groups and names of rows; the top of each row."""
    tops: dict[Row, float] = {}
    for group, members in groupby(plan.rows, key=lambda each: each[0]):
        axes.plot([0, width], [y, y], color=paint.INK, linewidth=0.6)
        if group:
            head = plan.head * len(plan.heads[group])
            middle = y + (head or plan.high) / 2
            text(axes, 0.0, middle, "\n".join(plan.heads[group]), color=paint.INK,
                 fontweight="bold", fontsize=plan.points)  # fmt: skip
            y += head
        for each in members:
            tops[each] = y
            text(axes, left - PAD, y + plan.high / 2, "\n".join(plan.lines[each]), ha="right",
                 fontsize=plan.points)  # fmt: skip
            y += plan.high
    axes.plot([0, width], [y, y], color=paint.INK, linewidth=0.6)
    return tops


def flowing(
    entries: Sequence[str], width: float, points: float, sign: float
) -> list[list[tuple[float, str]]]:
    """A legend in lines: where each entry begins that has a sign so wide before its words."""
    found: list[list[tuple[float, str]]] = [[]]
    at = 0.0
    for words in entries:
        wide = sign + widest([words], points) + 0.2
        if found[-1] and at + wide - 0.2 > width:
            found.append([])
            at = 0.0
        found[-1].append((at, words))
        at += wide
    return found
