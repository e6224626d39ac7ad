"""Ranges by the period they speak of and, within it, by when they were issued.

A mark is one end of a range; two of the same series, period and label make it. Each series has a
panel, all on one scale; a range's ends are printed above and below it, its label below the panel's
axis. ``state`` tells forecasts from what came.
"""

from __future__ import annotations

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from suyuan.figures import theme
from suyuan.figures.boxes import EM
from suyuan.figures.canvas import Marks, canvas, different, legend, value_label
from suyuan.figures.kind import FEW, MEASURED, Kind
from suyuan.figures.svg import tag
from suyuan.figures.wrapping import width, wrapped

COLOURS = (theme.TEAL, theme.WINE, theme.INK)  # by state
PANEL, HEAD, FOOT = 1.75, 0.24, 0.16  # inches
SPACE = 0.5  # between periods, in places of a range
SMALL = theme.POINTS - 1.5


def draw(marks: Marks) -> Figure:
    series, states = different(marks, "series"), different(marks, "state")
    periods = sorted(set(marks["x"]))
    places, centres, end = _places(marks, periods)
    height = HEAD + PANEL * len(series) + FOOT
    left = 0.1 + max(width(line) for name in series for line in wrapped(name, 6)) * EM
    figure, panels = canvas(
        height, rows=len(series), left=left / theme.WIDTH_INCHES, right=0.995,
        top=1 - HEAD / height, bottom=FOOT / height,
    )  # fmt: skip
    span = (marks["v"].max() - marks["v"].min()) or 1
    low, high = min(marks["v"].min(), 0.0), max(marks["v"].max(), 0.0)
    for axes, name in zip(panels, series, strict=True):
        for at, period in enumerate(periods):
            if at % 2 == 0:
                first, last = centres[period]
                axes.axvspan(first, last, color=theme.BAND, linewidth=0, zorder=0)
        axes.axhline(0, color=theme.MIST, linewidth=0.8, zorder=1)
        own = marks[marks["series"] == name]
        for key, ends in own.groupby(["x", "label"], sort=False):
            _range(axes, places[name, *key], ends.sort_values("v"), states)
        axes.text(
            -left / (theme.WIDTH_INCHES * 0.995 - left), 0.5, "\n".join(wrapped(name, 6)),
            transform=axes.transAxes, va="center", color=theme.INK, fontweight="bold",
        )  # fmt: skip
        axes.set_xlim(0, end)
        axes.set_ylim(low - 0.42 * span, high + 0.18 * span)
        theme.bare(axes, y=False)
    for period, (first, last) in centres.items():
        panels[-1].text(
            (first + last) / 2, -0.01, period, transform=panels[-1].get_xaxis_transform(),
            ha="center", va="top", color=theme.TEXT, fontweight="bold", fontsize=theme.POINTS,
        )  # fmt: skip
    legend(panels[0], states, COLOURS)
    return figure


def _places(
    marks: Marks, periods: list[str]
) -> tuple[dict[tuple[str, str, str], float], dict[str, tuple[float, float]], float]:
    """Where each range stands, where each period begins and ends, and where all end."""
    places: dict[tuple[str, str, str], float] = {}
    spans: dict[str, tuple[float, float]] = {}
    at = 0.0
    for period in periods:
        own = marks[marks["x"] == period]
        labels = {name: different(rows, "label") for name, rows in own.groupby("series")}
        room = max(map(len, labels.values())) + SPACE
        for name, found in labels.items():
            start = at + (room - len(found)) / 2 + 0.5
            places |= {(name, period, label): start + n for n, label in enumerate(found)}
        spans[period] = (at, at + room)
        at += room
    return places, spans, at


def _range(axes: Axes, at: float, ends: Marks, states: list[str]) -> None:
    """A range: each half is a mark of the end it goes to, which is printed beside it."""
    middle = ends["v"].mean()
    for row, va in zip(ends.itertuples(), ("top", "bottom"), strict=False):
        colour = COLOURS[states.index(row.state)]
        (half,) = axes.plot(
            [at, at], [middle, row.v], color=colour, linewidth=13, solid_capstyle="butt", zorder=2
        )
        tag(half, row.value_id)
        away = 1.5 if va == "bottom" else -1.5
        value_label(axes, at, row.v + away, row, ha="center", va=va)
    first = next(ends.itertuples())
    axes.text(
        at, 0.07, "\n".join(wrapped(first.label, 4.5)), transform=axes.get_xaxis_transform(),
        ha="center", va="center", fontsize=SMALL, color=theme.MUTED, linespacing=1.1,
    )  # fmt: skip


KIND = Kind(draw, needs=frozenset({"v", "x", "state"}), series=FEW, facts=MEASURED)
