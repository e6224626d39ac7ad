"""Plans and events over the years, one row each, grouped by series.

A bar covers the years a plan is for (``span``), a dot marks when it was issued (``x``); a
date known to the year only stands in its middle. Names stand left of the years, below the name of
their series.
"""

from __future__ import annotations

import re
from typing import Any

from suyuan.core.periods import decimal_year
from suyuan.figures import mpl, paint, theme
from suyuan.figures.canvas import GAP, Marks, different
from suyuan.figures.kind import ANY, COUNTED, Kind
from suyuan.figures.lettering import height_of, widest, width_of, wrapped
from suyuan.figures.sheet import sheet
from suyuan.figures.svg import tag

YEAR = re.compile(r"\d{4}")
NAMES, ROW, BAR, HEAD = 0.5, 0.2, 0.1, 0.2  # share of the width; inches


def draw(marks: Marks, width: float = theme.WIDTH_INCHES) -> mpl.Figure:
    lanes, points = different(marks, "series"), theme.small(width)
    years = [int(y) for text in marks["x"] + "/" + marks["span"] for y in YEAR.findall(text)]
    first, last = min(years), max(years) + 1
    lines = {row.Index: wrapped(row.txt, theme.POINTS, NAMES * width) for row in marks.itertuples()}
    heads = {lane: wrapped(lane, theme.POINTS, width) for lane in lanes}
    named = widest((line for own in lines.values() for line in own), theme.POINTS) + 2 * GAP
    heights = {at: max(ROW, height_of(len(own), theme.POINTS) + 0.03) for at, own in lines.items()}
    titles = {
        lane: max(ROW, height_of(len(own), theme.POINTS) + 0.04) for lane, own in heads.items()
    }
    figure, axes = sheet(HEAD + sum(heights.values()) + sum(titles.values()) + 0.02, width)

    def x(year: float) -> float:
        return named + (width - named) * (year - first) / (last - first)

    _years(axes, range(first, last), x, points)
    y = HEAD
    for lane in lanes:
        axes.plot([0, width], [y, y], color=paint.RULE, linewidth=0.6, zorder=1)
        axes.text(0.0, y + titles[lane] / 2, "\n".join(heads[lane]), va="center", color=paint.INK,
                  fontweight="bold", fontsize=theme.POINTS, linespacing=1.15)  # fmt: skip
        y += titles[lane]
        for row in marks[marks["series"] == lane].itertuples():
            middle = y + heights[row.Index] / 2
            _mark(axes, row, middle, x)
            words = axes.text(0.0, middle, "\n".join(lines[row.Index]), va="center",
                              fontsize=theme.POINTS, linespacing=1.15)  # fmt: skip
            tag(words, row.value_id)
            y += heights[row.Index]
    return figure


def _mark(axes: Any, row: Any, y: float, x: Any) -> None:
    if row.span:
        ends = [int(year) for year in YEAR.findall(row.span)]
        start, end = x(ends[0]), x(ends[-1] + 1)
        bar = mpl.Rectangle((start, y - BAR / 2), end - start, BAR, facecolor=paint.MIST,
                            linewidth=0, zorder=2)  # fmt: skip
        tag(axes.add_patch(bar), row.value_id)
    if row.x:
        at = decimal_year(row.x) - (0.125 if "Q" in row.x else 0.5)
        (dot,) = axes.plot([x(at)], [y], "o", color=paint.INK, markersize=4.5, zorder=3)
        tag(dot, row.value_id)


def _years(axes: Any, years: range, x: Any, points: float) -> None:
    """Every other year shaded, and as many named as have room."""
    bottom, end = axes.get_ylim()[0], -1.0
    for year in years:
        if year % 2 == 0:
            band = mpl.Rectangle((x(year), HEAD), x(year + 1) - x(year), bottom - HEAD, linewidth=0,
                             facecolor=paint.BAND, zorder=0)  # fmt: skip
            axes.add_patch(band)
        middle, half = x(year + 0.5), width_of(str(year), points) / 2
        if end < middle - half and middle + half <= x(years[-1] + 1):
            axes.text(middle, HEAD / 2, str(year), ha="center", va="center", fontsize=points,
                      color=paint.MUTED)  # fmt: skip
            end = middle + half + 0.04


KIND = Kind(
    draw,
    needs=frozenset({"x", "span"}),
    series=ANY,
    facts=COUNTED,
    lines=False,
    most=None,
    suits=(),
)
