"""Plans and events over the years, one row each, grouped by series.

A bar covers the years a plan is for (``span``), a dot marks when it was issued (``x``); a
date known to the year only stands in its middle.
"""

from __future__ import annotations

import re

from matplotlib.figure import Figure

from suyuan.core.periods import decimal_year
from suyuan.figures import theme
from suyuan.figures.canvas import Marks, canvas, different, value_label
from suyuan.figures.kind import ANY, COUNTED, Kind
from suyuan.figures.svg import tag

YEAR = re.compile(r"\d{4}")


def draw(marks: Marks) -> Figure:
    lanes = different(marks, "series")
    ordered = marks.sort_values("series", key=lambda s: s.map(lanes.index), kind="stable")
    total = len(ordered)
    figure, (axes,) = canvas(0.45 + 0.21 * total, left=0.09, top=0.9, bottom=0.02, right=0.99)
    years = [int(y) for text in ordered["x"] + "/" + ordered["span"] for y in YEAR.findall(text)]
    first, last = min(years), max(years) + 1
    for place, row in enumerate(ordered.itertuples()):
        ends = []
        if row.span:
            years = [int(year) for year in YEAR.findall(row.span)]
            width = years[-1] + 1 - years[0]
            (bar,) = axes.barh([place], [width], left=years[0], height=0.5, color=theme.MIST)
            tag(bar, row.value_id)
            ends.append(years[-1] + 1.0)
        if row.x:
            at = decimal_year(row.x) - (0.125 if "Q" in row.x else 0.5)
            (dot,) = axes.plot([at], [place], "o", color=theme.INK, markersize=4.5)
            tag(dot, row.value_id)
            ends.append(at + 0.08)
        value_label(axes, max(ends) + 0.05, place, row, va="center")
    series = list(ordered["series"])
    for lane in lanes:
        axes.axhline(series.index(lane) - 0.5, color=theme.RULE, linewidth=0.6)
    middles = [series.index(lane) + (series.count(lane) - 1) / 2 for lane in lanes]
    axes.set_yticks(middles, lanes)
    shown = range(first, last)
    for year in shown[::2]:
        axes.axvspan(year, year + 1, color=theme.BAND, linewidth=0, zorder=0)
    axes.set_xticks([year + 0.5 for year in shown], [str(year) for year in shown])
    axes.xaxis.tick_top()
    axes.set_xlim(first, last + 0.9)
    axes.set_ylim(total - 0.5, -0.5)
    axes.spines["bottom"].set_visible(False)
    return figure


KIND = Kind(draw, needs=frozenset({"x", "span"}), series=ANY, facts=COUNTED)
