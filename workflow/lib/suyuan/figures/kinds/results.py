"""Drawings of results: cascades, probabilities, rank shifts, sensitivities, the power matrix.

As in ``drawings``: a table of marks in, a figure out. Intervals come with the marks.
"""

from __future__ import annotations

from collections.abc import Callable
from math import ceil, floor, log10
from typing import Any

from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap, to_hex
from matplotlib.figure import Figure

from suyuan.figures import theme
from suyuan.figures.canvas import Marks, canvas, legend, value_label
from suyuan.figures.svg import tag

SMALL = theme.POINTS - 1.5
SHADES = LinearSegmentedColormap.from_list("shades", ["#FFFFFF", theme.TEAL, theme.INK])
PANELS = 5  # side by side, at most
DARKEST = 100  # per cent


def _names(marks: Marks, column: str) -> list[str]:
    """Different entries of a column in order of appearance."""
    return list(dict.fromkeys(marks[column]))


def _rows(axes: Axes, names: list[str]) -> None:
    """Name the rows 0, 1, 2 … from the top down."""
    axes.set_yticks(range(len(names)), names)
    axes.set_ylim(len(names) - 0.5, -0.5)


def _whisker(axes: Axes, row: Any, at: float, *, upright: bool = False, **style: Any) -> None:
    """Two lines from the value of ``row`` to its bounds, at ``at`` of the other axis."""
    for end, bound in ((row.low, row.low_id), (row.high, row.high_id)):
        along, across = [row.v, end], [at, at]
        ends = (across, along) if upright else (along, across)
        (half,) = axes.plot(*ends, clip_on=False, **style)
        tag(half, bound)


def _decades(low: float, high: float) -> tuple[list[float], list[str]]:
    """Powers of ten from ``low`` to ``high``, for the ticks of a log axis, and their texts."""
    powers = [10.0**n for n in range(ceil(log10(low)), floor(log10(high)) + 1)]
    return powers, [f"{power:g}" for power in powers]


def cascade(marks: Marks) -> Figure:
    """Per label a row of dots on a log axis, one per series; first and last value printed."""
    names, steps = _names(marks, "label"), _names(marks, "series")
    colours = (theme.MUTED, *theme.PALETTE)
    figure, (axes,) = canvas(0.75 + 0.32 * len(names), top=0.88, bottom=0.12)
    for place, name in enumerate(names):
        rows = marks[marks["label"] == name]
        axes.plot(rows["v"], [place] * len(rows), color=theme.RULE, linewidth=3, zorder=1)
        for row in rows.itertuples():
            colour = colours[steps.index(row.series) % len(colours)]
            (dot,) = axes.plot([row.v], [place], "o", color=colour, markersize=5.5, zorder=2)
            tag(dot, row.value_id)
        *_, last = rows.itertuples()
        first = next(rows.itertuples())
        value_label(axes, first.v * 1.18, place, first, va="center")
        value_label(axes, last.v / 1.18, place, last, va="center", ha="right")
    _rows(axes, names)
    axes.set_xscale("log")
    low, high = marks["v"].min() / 2.2, marks["v"].max() * 2.2
    axes.set_xlim(low, high)
    axes.set_xticks(*_decades(low, high))
    axes.minorticks_off()
    axes.grid(axis="x", color=theme.RULE, linewidth=0.5)
    axes.set_axisbelow(True)
    legend(axes, steps, colours)
    return figure


def heat(marks: Marks) -> Figure:
    """A grid of labels × x; the darker a cell the higher its percentage, which is printed in it."""
    names, columns = _names(marks, "label"), _names(marks, "x")
    if set(columns) == set(names):
        columns = names  # pairs of the same: the empty cells lie on the diagonal
    figure, (axes,) = canvas(0.4 + 0.27 * len(names), left=0.16, top=0.88, bottom=0.02)
    for row in marks.itertuples():
        colour = to_hex(SHADES(row.v / DARKEST))
        at = columns.index(row.x), names.index(row.label)
        (cell,) = axes.bar([at[0]], [0.92], bottom=at[1] - 0.46, width=0.96, color=colour)
        cell.set(edgecolor=theme.RULE, linewidth=0.5)
        tag(cell, row.value_id)
        value_label(axes, *at, row, ha="center", va="center", color=theme.contrast(colour))
    _rows(axes, names)
    axes.set_xticks(range(len(columns)), columns)
    axes.set_xlim(-0.5, len(columns) - 0.5)
    axes.xaxis.tick_top()
    axes.spines["bottom"].set_visible(False)
    return figure


def dumbbells(marks: Marks) -> Figure:
    """Per label a dot for each series on one axis from 0; the values stand in columns beside it."""
    names, series = _names(marks, "label"), _names(marks, "series")
    figure, (axes,) = canvas(0.45 + 0.21 * len(names), left=0.2, right=0.72, top=0.9, bottom=0.03)
    top = max(marks["v"].max(), 1)
    sizes = [9 - 4 * at / max(len(series) - 1, 1) for at in range(len(series))]
    columns = [1.14 + 0.18 * at for at in range(len(series))]
    for row in marks.itertuples():
        place, at = names.index(row.label), series.index(row.series)
        (dot,) = axes.plot([row.v], [place], "o", color=theme.PALETTE[at], markersize=sizes[at])
        dot.set_zorder(2 + at)
        tag(dot, row.value_id)
        beside = {"transform": axes.get_yaxis_transform(), "color": theme.PALETTE[at]}
        value_label(axes, columns[at], place, row, ha="right", va="center", **beside)
    for place in range(len(names)):
        axes.axhline(place, color=theme.RULE, linewidth=0.5, zorder=1)
    _rows(axes, names)
    axes.set_xlim(-0.05 * top, 1.05 * top)
    legend(axes, series, theme.PALETTE)
    theme.bare(axes)
    return figure


def sensitivities(marks: Marks) -> Figure:
    """A panel per label: bars of the first series by x, ticks of the second, both with intervals.

    All panels share one scale. The value of the first series is printed.
    """
    names, inputs = _names(marks, "label"), _names(marks, "x")
    first, _ = _names(marks, "series")
    columns = min(len(names), PANELS)
    lines = -(-len(names) // columns)
    height = 0.55 + lines * (0.4 + 0.2 * len(inputs))
    figure = Figure(figsize=(theme.WIDTH_INCHES, height))
    grid = figure.subplots(lines, columns, squeeze=False, sharey=True).flatten()
    longest = max(len(name) for name in inputs)
    edges = {"top": 1 - 0.42 / height, "bottom": 0.08 / height, "hspace": 0.3, "wspace": 0.06}
    figure.subplots_adjust(left=0.03 + 0.0175 * longest, right=0.99, **edges)
    for axes, name in zip(grid, names, strict=False):
        for row in marks[marks["label"] == name].itertuples():
            place = inputs.index(row.x)
            if row.series == first:
                bar = axes.barh([place], [row.v], height=0.56, color=theme.TEAL, zorder=1)[0]
                end = marks["high"].max() * 1.04
                value_label(axes, end, place, row, va="center")
                line: dict[str, Any] = {"color": theme.INK, "linewidth": 0.9}
            else:
                (bar,) = axes.plot([row.v], [place], "|", color=theme.WINE, markersize=9, zorder=3)
                line = {"color": theme.WINE, "linewidth": 0.9}
            tag(bar, row.value_id)
            _whisker(axes, row, place + (-0.14 if row.series == first else 0.14), zorder=2, **line)
        axes.set_title(name, fontsize=theme.POINTS, fontweight="bold", color=theme.INK, pad=3)
        axes.set_xlim(min(marks["low"].min(), 0), marks["high"].max() * 1.45)
        _rows(axes, inputs)
        axes.axvline(0, color=theme.MUTED, linewidth=0.6)
        theme.bare(axes)
    for axes in grid[len(names) :]:
        axes.set_visible(False)
    _key(figure, _names(marks, "series"), (theme.TEAL, theme.WINE))
    return figure


def _key(figure: Figure, names: list[str], colours: tuple[str, ...]) -> None:
    """Names of the series in their colours along the figure's upper edge."""
    at = 0.03
    for name, colour in zip(names, colours, strict=True):
        figure.text(at, 0.995, f"■ {name}", color=colour, va="top", fontsize=theme.POINTS)
        at += 0.05 + 0.0175 * len(name)


def signed_bars(marks: Marks) -> Figure:
    """Bars to either side of zero, values printed at their ends; the last one is their sum."""
    figure, (axes,) = canvas(0.25 + 0.26 * len(marks), left=0.2)
    width = max(abs(marks["v"].min()), marks["v"].max()) or 1
    for place, row in enumerate(marks.itertuples()):
        last = place == len(marks) - 1
        colour = theme.INK if last else theme.TEAL if row.v >= 0 else theme.WINE
        (bar,) = axes.barh([place], [row.v], height=0.62, color=colour, edgecolor="white")
        tag(bar, row.value_id)
        side = "left" if row.v >= 0 else "right"
        value_label(
            axes, row.v + 0.012 * width * (1 if row.v >= 0 else -1), place, row, ha=side,
            va="center",
        )  # fmt: skip
    _rows(axes, list(marks["label"]))
    low = min(marks["v"].min(), 0)
    axes.set_xlim(low - (0.12 * width if low else 0), max(marks["v"].max(), 0) + 0.12 * width)
    axes.axhline(len(marks) - 1.5, color=theme.RULE, linewidth=0.6)
    axes.axvline(0, color=theme.MUTED, linewidth=0.6)
    theme.bare(axes)
    return figure


def crosses(marks: Marks) -> Figure:
    """Per label a point of the first series (x) and the second (y, log), with both intervals."""
    across, up = _names(marks, "series")
    wide, tall = (marks[marks["series"] == series] for series in (across, up))
    points = [
        (x, y) for x in wide.itertuples() for y in tall[tall["label"] == x.label].itertuples()
    ]
    figure, (axes,) = canvas(3.9, left=0.1, bottom=0.12, top=0.98)
    axes.set_yscale("log")
    room = (wide["high"].max() - wide["low"].min()) * 0.14 or 1
    axes.set_xlim(wide["low"].min() - room, wide["high"].max() + room)
    low, high = tall["low"].min() / 1.6, tall["high"].max() * 1.6
    axes.set_ylim(low, high)
    line: dict[str, Any] = {"color": theme.TEAL, "linewidth": 1.6, "zorder": 1}
    for x, y in points:
        _whisker(axes, x, y.v, **line)
        _whisker(axes, y, x.v, upright=True, **line)
        for mark, size, colour in ((x, 7.5, theme.INK), (y, 4, theme.AMBER)):
            (dot,) = axes.plot([x.v], [y.v], "o", color=colour, markersize=size, zorder=2)
            tag(dot, mark.value_id)
        near = any(0 < b.v - x.v < 2.2 * room and 0.4 < c.v / y.v < 2.5 for b, c in points)
        _name_point(axes, x, y, leftward=near)
    axes.set_yticks(*_decades(low, high))
    axes.minorticks_off()
    axes.set_xlabel(across)
    axes.set_ylabel(up)
    axes.grid(color=theme.RULE, linewidth=0.5)
    axes.set_axisbelow(True)
    return figure


def _name_point(axes: Axes, x: Any, y: Any, *, leftward: bool) -> None:
    """Name and y above a point, x below it; beside its upright line, to one side."""
    side, lean = (-6, "right") if leftward else (6, "left")
    lines = ((x.label, 15, "bold", None), (y.txt, 5, "normal", y), (x.txt, -12, "normal", x))
    for text, height, weight, mark in lines:
        words = axes.annotate(
            text, (x.v, y.v), xytext=(side, height), textcoords="offset points", ha=lean,
            fontsize=theme.POINTS, fontweight=weight,
        )  # fmt: skip
        if mark is not None:
            tag(words, mark.value_id)


RESULT_DRAWINGS: dict[str, Callable[[Marks], Figure]] = {
    draw.__name__: draw for draw in (cascade, heat, dumbbells, sensitivities, signed_bars, crosses)
}
