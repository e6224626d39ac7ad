"""Ranges by the period they speak of and, within it, by when they were issued.

A mark is one end of a range; two of the same series, period and label make it. Rows are periods
and in them labels; each series has a panel, side by side where there is room, all on one scale.
Ends are printed beside their range. ``state`` tells forecasts from what came.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from suyuan.figures import mpl, paint, theme
from suyuan.figures.canvas import GAP, Marks, different, key, key_height, room_for
from suyuan.figures.kind import FEW, MEASURED, Kind
from suyuan.figures.lettering import height_of, widest, width_of, wrapped
from suyuan.figures.sheet import sheet
from suyuan.figures.svg import tag

COLOURS = (paint.TEAL, paint.WINE, paint.INK)  # by state
ROW, BAR, BETWEEN = 0.2, 0.11, 0.24  # inches of a row, of a range, between panels
FOOT = 0.14  # for the name of zero
LEAST = 1.7  # of a panel
NAMES = 0.26


class _Block(NamedTuple):
    """Panels side by side, and the rows that they have ranges in."""

    series: list[str]
    rows: list[tuple[str, str]]

    @classmethod
    def of(cls, marks: Marks, series: list[str], rows: list[tuple[str, str]]) -> _Block:
        own = marks[marks["series"].isin(series)]
        there = set(zip(own["x"], own["label"], strict=True))
        return cls(series, [row for row in rows if row in there])

    @property
    def lines(self) -> int:
        """A line for each row, and one for each period."""
        return len(self.rows) + len({period for period, _ in self.rows})


def draw(marks: Marks, width: float = theme.WIDTH_INCHES) -> mpl.Figure:
    series, states = different(marks, "series"), different(marks, "state")
    order = {
        row: n for n, row in reversed([*enumerate(zip(marks["x"], marks["label"], strict=True))])
    }
    rows = sorted(order, key=lambda row: (row[0], order[row]))
    lines = {row: wrapped(row[1], theme.POINTS, NAMES * width) for row in rows}
    named = widest((line for own in lines.values() for line in own), theme.POINTS) + GAP
    across = max(1, min(len(series), int((width - named) / LEAST)))
    wide = (width - named - BETWEEN * (across - 1)) / across
    high = max(ROW, height_of(max(map(len, lines.values())), theme.POINTS) + 0.03)
    head = key_height(states, width)
    titles = {name: wrapped(name, theme.POINTS, wide) for name in series}
    title = height_of(max(map(len, titles.values())), theme.POINTS) + 0.04
    blocks = [
        _Block.of(marks, series[at : at + across], rows) for at in range(0, len(series), across)
    ]
    figure, axes = sheet(
        head + sum(title + block.lines * high + FOOT + BETWEEN / 2 for block in blocks), width
    )
    scale, top = _scale(marks, wide), head
    for block in blocks:
        places = _rows(axes, block.rows, lines, (top + title, high), named, width)
        end = top + title + high * block.lines
        for at, name in enumerate(block.series):
            left = named + at * (wide + BETWEEN)
            axes.text(left, top + title / 2 - 0.02, "\n".join(titles[name]), va="center",
                      color=paint.INK, fontweight="bold", fontsize=theme.POINTS)  # fmt: skip
            zero = left + scale(0.0)
            axes.plot([zero] * 2, [top + title, end], color=paint.MUTED, linewidth=0.6, zorder=1)
            axes.text(zero, end + FOOT / 2, "0", ha="center", va="center", color=paint.MUTED,
                      fontsize=theme.POINTS)  # fmt: skip
            own = marks[marks["series"] == name]
            for (period, label), ends in own.groupby(["x", "label"], sort=False):
                middle = places[(period, label)]
                _range(axes, ends.sort_values("v"), left, middle, (scale, states))
        top = end + FOOT + BETWEEN / 2
    key(figure, states, COLOURS)
    return figure


def _scale(marks: Marks, wide: float) -> Any:
    """Inches of a number from the left of a panel, with room for values on either side."""
    low, high = min(marks["v"].min(), 0.0), max(marks["v"].max(), 0.0)
    room = room_for(marks["txt"])
    return lambda v: room + (wide - 2 * room) * (v - low) / ((high - low) or 1)


def _rows(
    axes: mpl.Axes, rows: list[tuple[str, str]], lines: dict[tuple[str, str], list[str]],
    size: tuple[float, float], named: float, width: float,
) -> dict[tuple[str, str], float]:  # fmt: skip
    """Periods as heads, labels below them; where the middle of each row is."""
    y, high = size
    places: dict[tuple[str, str], float] = {}
    before = ""
    for row in rows:
        if row[0] != before:
            axes.add_patch(mpl.Rectangle((0, y), width, high, facecolor=paint.BAND, linewidth=0))
            axes.text(0.04, y + high / 2, row[0], va="center", fontweight="bold",
                      fontsize=theme.POINTS)  # fmt: skip
            y, before = y + high, row[0]
        places[row] = y + high / 2
        axes.text(named - GAP, y + high / 2, "\n".join(lines[row]), va="center", ha="right",
                  fontsize=theme.POINTS, color=paint.MUTED, linespacing=1.15)  # fmt: skip
        y += high
    return places


def _range(
    axes: mpl.Axes, ends: Marks, left: float, y: float, given: tuple[Any, list[str]]
) -> None:
    """A range: each half is a mark of the end it goes to, which is printed beside it."""
    scale, states = given
    middle = left + scale(ends["v"].mean())
    for row, way in zip(ends.itertuples(), (-1, 1), strict=False):
        colour = COLOURS[states.index(row.state) % len(COLOURS)]
        to = left + scale(row.v)
        start = min(middle, to)
        half = mpl.Rectangle((start, y - BAR / 2), max(abs(to - middle), 0.01), BAR,
                             facecolor=colour, linewidth=0, zorder=2)  # fmt: skip
        tag(axes.add_patch(half), row.value_id)
        text = axes.text(to + way * 0.04, y, row.txt, ha="left" if way > 0 else "right",
                         va="center", fontsize=theme.POINTS)  # fmt: skip
        tag(text, row.value_id)
        near, far = to + way * 0.02, to + way * (0.06 + width_of(row.txt, theme.POINTS))
        if min(near, far) <= left + scale(0.0) <= max(near, far):  # the line of zero
            text.set_bbox({"facecolor": paint.WHITE, "linewidth": 0, "pad": 0.4})


KIND = Kind(
    draw,
    needs=frozenset({"v", "x", "state"}),
    series=FEW,
    facts=MEASURED,
    lines=False,
    most=None,
    suits=(),
)
