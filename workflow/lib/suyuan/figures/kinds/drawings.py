"""Drawings: a table of marks in, a figure out. No files, no sums, no edition.

A table of marks has one row per mark in drawing order: ``series``, ``label``, ``x``,
``value_id``, ``v`` (float in display units, NaN for texts), ``txt`` and, where the chart wants
them, ``low`` and ``high``. Every mark and its printed label carry the value's id as gid, which
becomes ``data-fact`` in the SVG.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from matplotlib.figure import Figure
from matplotlib.patches import FancyBboxPatch

from suyuan.core.periods import decimal_year
from suyuan.figures import theme
from suyuan.figures.canvas import Marks, canvas, legend, value_label
from suyuan.figures.svg import tag

_YEAR = re.compile(r"\d{4}")


def bars(marks: Marks) -> Figure:
    """Horizontal bars in the given order; the largest stands out; values printed at the ends."""
    figure, (axes,) = canvas(0.3 + 0.26 * len(marks), left=0.2)
    top = marks["v"].max()
    for place, row in enumerate(marks.itertuples()):
        colour = theme.INK if row.v == top else theme.TEAL
        (bar,) = axes.barh([place], [row.v], height=0.62, color=colour, edgecolor="white")
        tag(bar, row.value_id)
        value_label(axes, row.v + top * 0.012, place, row, va="center")
    axes.set_yticks(range(len(marks)), list(marks["label"]))
    axes.set_xlim(0, top * 1.14)
    axes.invert_yaxis()
    theme.bare(axes)
    return figure


def grouped_bars(marks: Marks) -> Figure:
    """Horizontal bars of several series side by side for each label."""
    labels, series = list(dict.fromkeys(marks["label"])), list(dict.fromkeys(marks["series"]))
    figure, (axes,) = canvas(0.55 + 0.42 * len(labels), top=0.9, left=0.12)
    thick, top = 0.78 / len(series), marks["v"].max()
    for row in marks.itertuples():
        at = series.index(row.series)
        place = labels.index(row.label) + (at - (len(series) - 1) / 2) * thick
        colour = theme.PALETTE[at]
        (bar,) = axes.barh([place], [row.v], height=thick, color=colour, edgecolor="white")
        tag(bar, row.value_id)
        value_label(axes, row.v + top * 0.01, place, row, va="center")
    axes.set_yticks(range(len(labels)), labels)
    axes.set_xlim(0, top * 1.12)
    axes.invert_yaxis()
    legend(axes, series, theme.PALETTE)
    theme.bare(axes)
    return figure


def share_strip(marks: Marks) -> Figure:
    """One bar cut into shares of a whole, each labelled with its name and share."""
    figure, (axes,) = canvas(1.15, left=0.02, right=0.98, top=0.98, bottom=0.02)
    start = 0.0
    for place, row in enumerate(marks.itertuples()):
        colour = theme.PALETTE[place % len(theme.PALETTE)]
        (bar,) = axes.barh([0], [row.v], left=start, height=1, color=colour, edgecolor="white")
        tag(bar, row.value_id)
        middle = start + row.v / 2
        if row.v > 0.06 * marks["v"].sum():
            value_label(
                axes, middle, 0, row, ha="center", va="center", color=theme.contrast(colour)
            )
            axes.text(middle, -0.62, row.label, ha="center", va="top")
        else:
            value_label(axes, start + row.v, 0.62, row, ha="right", va="bottom")
            axes.text(start + row.v, 1.2, row.label, ha="right", va="bottom")
        start += row.v
    axes.set_xlim(0, start)
    axes.set_ylim(-1.3, 1.9)
    theme.bare(axes, y=False)
    return figure


def intervals(marks: Marks) -> Figure:
    """A dot for each value and a line over the interval that it may lie in."""
    figure, (axes,) = canvas(0.35 + 0.3 * len(marks), left=0.14)
    low, high = marks["low"].min(), marks["high"].max()
    room = (high - low) or 1
    for place, row in enumerate(marks.itertuples()):
        for end, bound in ((row.low, row.low_id), (row.high, row.high_id)):
            (half,) = axes.plot([end, row.v], [place, place], color=theme.MIST, linewidth=6)
            tag(half, bound)
        (dot,) = axes.plot([row.v], [place], "o", color=theme.INK, markersize=5)
        tag(dot, row.value_id)
        value_label(axes, row.high + room * 0.025, place, row, va="center")
    axes.set_yticks(range(len(marks)), list(marks["label"]))
    axes.set_xlim(low - room * 0.05, high + room * 0.16)
    axes.set_ylim(len(marks) - 0.5, -0.5)
    axes.grid(axis="y", color=theme.RULE, linewidth=0.5)
    axes.set_axisbelow(True)
    theme.bare(axes)
    return figure


# Where value and period of a point stand, in spans of the series above it.
LEANS = {
    "center": (0.25, -0.24),
    "right": (0.25, -0.24),
    "between": (0.22, 0.50),
    "left": (-0.22, -0.50),
}


def _sides(at: list[float], near: float) -> list[str]:
    """Which way the labels of each point lean so that close neighbours do not collide."""
    sides = []
    for place, x in enumerate(at):
        before = place > 0 and x - at[place - 1] < near
        after = place + 1 < len(at) and at[place + 1] - x < near
        sides.append(
            "between" if before and after else "left" if before else "right" if after else "center"
        )
    return sides


def series_panels(marks: Marks) -> Figure:
    """One line per series in a row of its own over one time axis, every point labelled."""
    names = list(dict.fromkeys(marks["series"]))
    placed = marks.assign(at=marks["x"].map(decimal_year)).sort_values("at", kind="stable")
    figure, panels = canvas(0.95 * len(names), rows=len(names), left=0.14, top=0.98, bottom=0.02)
    start, end = placed["at"].min(), placed["at"].max()
    width = (end - start) or 1
    for place, (axes, name) in enumerate(zip(panels, names, strict=True)):
        rows = placed[placed["series"] == name]
        colour = theme.PALETTE[place]
        span = (rows["v"].max() - rows["v"].min()) or 1
        axes.plot(rows["at"], rows["v"], color=colour, zorder=2)
        sides = _sides(list(rows["at"]), 0.07 * width)
        for row, side in zip(rows.itertuples(), sides, strict=True):
            (dot,) = axes.plot([row.at], [row.v], "o", color=colour, markersize=4, zorder=3)
            tag(dot, row.value_id)
            above, below = LEANS[side]
            lean = "center" if side == "between" else side
            value_label(axes, row.at, row.v + above * span, row, ha=lean, va="center")
            axes.text(
                row.at, row.v + below * span, row.x, ha=lean, va="center",
                fontsize=theme.POINTS - 1.5, color=theme.MUTED,
            )  # fmt: skip
        axes.text(
            -0.155, 0.5, "\n".join(name.split(" ")), transform=axes.transAxes, va="center",
            color=colour, fontweight="bold",
        )  # fmt: skip
        axes.set_ylim(rows["v"].min() - span * 0.62, rows["v"].max() + span * 0.62)
        axes.set_xlim(start - width * 0.06, end + width * 0.06)
        theme.bare(axes, y=False)
        axes.axhline(rows["v"].min() - span * 0.6, color=theme.RULE, linewidth=0.6)
    return figure


def columns(marks: Marks) -> Figure:
    """Vertical bars over periods, values on top, periods below."""
    figure, (axes,) = canvas(1.8, left=0.03, bottom=0.13, top=0.95)
    top = marks["v"].max()
    for place, row in enumerate(marks.itertuples()):
        colour = theme.INK if place == len(marks) - 1 else theme.TEAL
        (bar,) = axes.bar([place], [row.v], width=0.66, color=colour, edgecolor="white")
        tag(bar, row.value_id)
        value_label(axes, place, row.v + top * 0.02, row, ha="center", va="bottom")
    axes.set_xticks(range(len(marks)), list(marks["x"]))
    axes.set_ylim(0, top * 1.12)
    theme.bare(axes, x=True, y=False)
    return figure


def tiles(marks: Marks) -> Figure:
    """A tile map: one square per place, coloured by series, with name and value; no borders."""
    series = list(dict.fromkeys(marks["series"]))
    rows, cols = int(marks["row"].max()), int(marks["column"].max())
    figure, (axes,) = canvas(0.5 + 0.8 * rows, left=0.02, right=0.98, top=0.86, bottom=0.02)
    for row in marks.itertuples():
        colour = theme.PALETTE[series.index(row.series)]
        tile = FancyBboxPatch(
            (row.column - 0.46, row.row - 0.42), 0.92, 0.84,
            boxstyle="round,pad=0,rounding_size=0.06", facecolor=colour, edgecolor="white",
        )  # fmt: skip
        tag(axes.add_patch(tile), row.value_id)
        ink = theme.contrast(colour)
        axes.text(
            row.column, row.row - 0.1, row.label, ha="center", va="bottom", color=ink,
            fontsize=theme.POINTS + 2, fontweight="bold",
        )  # fmt: skip
        value_label(axes, row.column, row.row + 0.05, row, ha="center", va="top", color=ink)
    axes.set_xlim(0.4, cols + 0.6)
    axes.set_ylim(rows + 0.5, 0.5)
    legend(axes, series, theme.PALETTE)
    theme.bare(axes, y=False)
    return figure


def timeline(marks: Marks) -> Figure:
    """Plans and events over the years, one row each, grouped by series.

    A bar covers the years a plan is for (``span``), a dot marks when it was issued (``x``); a
    date known to the year only stands in its middle.
    """
    lanes = list(dict.fromkeys(marks["series"]))
    ordered = marks.sort_values("series", key=lambda s: s.map(lanes.index), kind="stable")
    total = len(ordered)
    figure, (axes,) = canvas(0.45 + 0.21 * total, left=0.09, top=0.9, bottom=0.02, right=0.99)
    years = [int(y) for text in ordered["x"] + "/" + ordered["span"] for y in _YEAR.findall(text)]
    first, last = min(years), max(years) + 1
    for place, row in enumerate(ordered.itertuples()):
        ends = []
        if row.span:
            years = [int(year) for year in _YEAR.findall(row.span)]
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


def matrix(marks: Marks) -> Figure:
    """A dot where a row (label) and a column (series) meet on the record."""
    rows, cols = list(dict.fromkeys(marks["label"])), list(dict.fromkeys(marks["series"]))
    figure, (axes,) = canvas(0.4 + 0.25 * len(rows), left=0.16, top=0.9, bottom=0.02)
    for row in marks.itertuples():
        at = (cols.index(row.series), rows.index(row.label))
        (dot,) = axes.plot([at[0]], [at[1]], "o", color=theme.INK, markersize=8)
        tag(dot, row.value_id)
    axes.set_xticks(range(len(cols)), cols)
    axes.set_yticks(range(len(rows)), rows)
    axes.xaxis.tick_top()
    axes.set_xlim(-0.5, len(cols) - 0.5)
    axes.set_ylim(len(rows) - 0.5, -0.5)
    axes.grid(color=theme.RULE, linewidth=0.6)
    axes.set_axisbelow(True)
    axes.spines["bottom"].set_visible(False)
    return figure


def bullets(marks: Marks) -> Figure:
    """Actual (bar) against target (tick) for each label, on a scale of its own."""
    labels = list(dict.fromkeys(marks["label"]))
    names = list(dict.fromkeys(marks["series"]))
    figure, (axes,) = canvas(0.5 + 0.42 * len(labels), left=0.2, top=0.88)
    for place, label in enumerate(labels):
        rows = marks[marks["label"] == label]
        top = rows["v"].max()
        for row in rows.itertuples():
            width = row.v / top
            if row.series == names[0]:
                (mark,) = axes.barh([place], [width], height=0.34, color=theme.TEAL)
                below = place - 0.21
                value_label(
                    axes, min(width, 0.93) + 0.01, below, row, va="bottom", color=theme.TEAL
                )
            else:
                (mark,) = axes.plot(
                    [width, width], [place - 0.3, place + 0.3], color=theme.WINE, linewidth=2.4
                )
                value_label(axes, width + 0.01, place + 0.21, row, va="top", color=theme.WINE)
            tag(mark, row.value_id)
    axes.set_yticks(range(len(labels)), labels)
    axes.set_xlim(0, 1.1)
    axes.set_ylim(len(labels) - 0.4, -0.6)
    legend(axes, names, (theme.TEAL, theme.WINE))
    theme.bare(axes)
    return figure


DRAWINGS: dict[str, Callable[[Marks], Figure]] = {
    draw.__name__: draw
    for draw in (
        bars,
        grouped_bars,
        share_strip,
        intervals,
        series_panels,
        columns,
        tiles,
        timeline,
        matrix,
        bullets,
    )
}
