"""One line per series in a row of its own over one time axis, with scales of their own.

Values stand at their points and periods below the line, as far as there is room: the last, the
first, the largest and the smallest come before all others.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from suyuan.core.periods import decimal_year
from suyuan.figures import mpl, paint, suits, theme
from suyuan.figures.canvas import GAP, Marks, different, room_for
from suyuan.figures.kind import FEW, MEASURED, Kind
from suyuan.figures.lettering import height_of, widest, width_of, wrapped
from suyuan.figures.sheet import sheet
from suyuan.figures.svg import tag

PLOT, PANEL = 0.5, 0.2  # height of a line, and of the periods with the rule above them
NAMES = 0.26  # of the width that names may take up beside their lines; else they stand above
Box = tuple[float, float, float, float]


def draw(marks: Marks, width: float = theme.WIDTH_INCHES) -> mpl.Figure:
    names, points = different(marks, "series"), theme.small(width)
    lines = {name: wrapped(name, theme.POINTS, NAMES * width) for name in names}
    beside = width > theme.NARROW_INCHES
    if not beside:
        lines = {name: wrapped(name, theme.POINTS, width) for name in names}
    named = widest((one for own in lines.values() for one in own), theme.POINTS)
    value = height_of(1, theme.POINTS)
    half = room_for([*marks["txt"], *marks["x"]]) / 2
    left = (named + GAP if beside else 0.0) + half
    right = width - half
    heads = {
        name: 0.0 if beside else height_of(len(own), theme.POINTS) for name, own in lines.items()
    }
    most = max(height_of(len(own), theme.POINTS) for own in lines.values())
    tall = max(value * 2.5 + PLOT + PANEL, most)
    figure, axes = sheet(sum(heads.values()) + (tall + GAP) * len(names), width)
    placed = marks.assign(at=marks["x"].map(decimal_year)).sort_values("at", kind="stable")
    start, span = placed["at"].min(), (placed["at"].max() - placed["at"].min()) or 1
    y = 0.0
    for place, name in enumerate(names):
        colour, own = paint.PALETTE[place], placed[placed["series"] == name]
        style: dict[str, Any] = {
            "color": _ink(colour),
            "fontweight": "bold",
            "fontsize": theme.POINTS,
        }
        middle = y + (tall if beside else heads[name]) / 2
        axes.text(0.0, middle, "\n".join(lines[name]), va="center", linespacing=1.15, **style)
        y += heads[name]
        low, most = own["v"].min(), (own["v"].max() - own["v"].min()) or 1
        ground = y + tall - PANEL
        xs = [left + (right - left) * (at - start) / span for at in own["at"]]
        ys = [ground - value - PLOT * (v - low) / most for v in own["v"]]
        axes.plot(xs, ys, color=colour, linewidth=1.6, zorder=2)
        axes.plot([left - half, width], [ground, ground], color=paint.RULE, linewidth=0.6, zorder=1)
        taken = list(_along(xs, ys))
        stamped: list[Box] = []
        rows = list(own.itertuples())
        for row, x, at in zip(rows, xs, ys, strict=True):
            (dot,) = axes.plot([x], [at], "o", color=colour, markersize=4, zorder=3)
            tag(dot, row.value_id)
            taken.append((x - 0.04, at - 0.04, x + 0.04, at + 0.04))
        for n in _ordered(list(own["v"])):
            row, x, at = rows[n], xs[n], ys[n]
            for level in (at - value / 2 - 0.05, at + value / 2 + 0.05):
                label = _around(x, level, width_of(row.txt, theme.POINTS), value)
                if not _hits(label, taken):
                    words = axes.text(x, level, row.txt, ha="center", va="center",
                                      fontsize=theme.POINTS, zorder=4)  # fmt: skip
                    tag(words, row.value_id)
                    taken.append(label)
                    break
            stamp = _around(x, ground + PANEL / 2, width_of(row.x, points) + 0.06, 0.1)
            if not _hits(stamp, stamped):
                axes.text(x, ground + PANEL / 2, row.x, ha="center", va="center", fontsize=points,
                          color=paint.MUTED)  # fmt: skip
                stamped.append(stamp)
        y += tall + GAP
    return figure


def _ink(colour: str) -> str:
    """The colour where words can be read in it, else that of all words."""
    return colour if paint.ratio(colour, paint.WHITE) >= paint.READABLE else paint.TEXT


def _along(xs: list[float], ys: list[float]) -> Iterator[Box]:
    """Small boxes along a line, for words to keep off."""
    for (x, y), (to, end) in pairwise(zip(xs, ys, strict=True)):
        steps = max(1, int(max(abs(to - x), abs(end - y)) / 0.03))
        for step in range(1, steps):
            yield _around(x + (to - x) * step / steps, y + (end - y) * step / steps, 0.02, 0.02)


def _ordered(numbers: list[float]) -> Iterator[int]:
    """Places of numbers: the last, the first, the largest, the smallest, then all others."""
    last = len(numbers) - 1
    first = [last, 0, numbers.index(max(numbers)), numbers.index(min(numbers))]
    return iter(dict.fromkeys([*first, *range(last, -1, -1)]))


def _around(x: float, y: float, wide: float, high: float) -> Box:
    return (x - wide / 2, y - high / 2, x + wide / 2, y + high / 2)


def _hits(one: Box, others: list[Box]) -> bool:
    return any(
        one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
        for other in others
    )


KIND = Kind(
    draw,
    needs=frozenset({"v", "x"}),
    series=FEW,
    facts=MEASURED,
    suits=(suits.DATED,),
    lines=False,
    most=None,
)
