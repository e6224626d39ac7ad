"""Per label a point of the first series (x) and the second (y, log), with both intervals.

A label stands beside its point, where nothing else is; where labels are many or the drawing is
narrow, numbers stand there, and a list below says what they mean.
"""

from __future__ import annotations

from math import cos, pi, sin
from typing import Any

from suyuan.figures import mpl, paint, suits, theme
from suyuan.figures.canvas import (
    GAP,
    Marks,
    decades,
    different,
    frame,
    room_for,
    round_ticks,
    ticks,
    whisker,
)
from suyuan.figures.kind import MEASURED, TWO, Kind
from suyuan.figures.lettering import height_of, widest, width_of, wrapped
from suyuan.figures.svg import tag

DIRECT = 8  # so many points are named where they are
HEIGHT, FOOT, EDGE = 3.2, 0.42, 0.3
Box = tuple[float, float, float, float]


def draw(marks: Marks, width: float = theme.WIDTH_INCHES) -> mpl.Figure:
    across, up = different(marks, "series")
    tall = marks[marks["series"] == up].set_index("label", drop=False)
    wide = marks[marks["series"] == across]
    points = [(x, next(tall.loc[[x.label]].itertuples())) for x in wide.itertuples()]
    direct = len(points) <= DIRECT and width > theme.NARROW_INCHES
    lines = [wrapped(x.label, theme.POINTS, width - _columns(marks)[-1]) for x, _ in points]
    heights = [height_of(len(own), theme.POINTS) + 0.03 for own in lines]
    heads = [wrapped(name, theme.POINTS, width / 2) for name in (across, up)]
    row = height_of(1, theme.POINTS)
    above = row * len(heads[1]) + 0.06
    high = above + HEIGHT + FOOT
    total = high + (0 if direct else 0.1 + sum(heights))
    figure = mpl.Figure(figsize=(width, total))
    low, most = tall["low"].min() / 1.6, tall["high"].max() * 1.6
    texts = decades(low, most)[1]
    left = widest(texts, theme.POINTS) + 2 * GAP
    axes = frame(figure, left, above, width - left - EDGE, HEIGHT)
    axes.set_yscale("log")
    axes.set_ylim(low, most)
    room = (wide["high"].max() - wide["low"].min()) * 0.1 or 1
    axes.set_xlim(wide["low"].min() - room, wide["high"].max() + room)
    line: dict[str, Any] = {"color": paint.TEAL, "linewidth": 1.6, "zorder": 1}
    for x, y in points:
        whisker(axes, x, y.v, **line)
        whisker(axes, y, x.v, upright=True, **line)
        for mark, size, colour in ((x, 7.5, paint.INK), (y, 4, paint.AMBER)):
            (dot,) = axes.plot([x.v], [y.v], "o", color=colour, markersize=size, zorder=2)
            tag(dot, mark.value_id)
    _scales(axes, (low, most), width)
    said: dict[str, Any] = {
        "va": "top",
        "color": paint.MUTED,
        "fontsize": theme.POINTS,
        "linespacing": 1.15,
    }
    figure.text(0, 1, "\n".join(heads[1]), **said)
    figure.text(1, 1 - (high - 0.2) / total, "\n".join(heads[0]), ha="right", **said)
    labels = [x.label if direct else str(n) for n, (x, _) in enumerate(points, start=1)]
    _name(figure, axes, points, labels, direct=direct)
    if not direct:
        _list(figure, points, lines, heights, high + 0.1)
    return figure


def _scales(axes: mpl.Axes, ends: tuple[float, float], width: float) -> None:
    theme.bare(axes, x=True, y=False)
    low, high = axes.get_xlim()
    places = round_ticks(low, high)
    ticks(axes, places, [f"{place:g}" for place in places], width)
    powers, texts = decades(*ends)
    for power, text in zip(powers, texts, strict=True):
        axes.axhline(power, color=paint.RULE, linewidth=0.5, zorder=0)
        axes.annotate(
            text, (0, power), xycoords=axes.get_yaxis_transform(), xytext=(-3, 0), ha="right",
            va="center", textcoords="offset points", color=paint.MUTED, fontsize=theme.POINTS,
            annotation_clip=False,
        )  # fmt: skip


def _name(
    figure: mpl.Figure,
    axes: mpl.Axes,
    points: list[tuple[Any, Any]],
    labels: list[str],
    *,
    direct: bool,
) -> None:
    """Labels of points where nothing else is, and with them the values, if ``direct``."""
    width, height = figure.get_size_inches()
    spots = [axes.transData.transform((x.v, y.v)) / 72 for x, y in points]
    edge = axes.get_window_extent()
    taken = [(x - 0.06, y - 0.06, x + 0.06, y + 0.06) for x, y in spots]
    for (x, y), (left, low) in zip(points, spots, strict=True):
        for end in (x.low, x.high):
            to = axes.transData.transform((end, y.v))[0] / 72
            taken.append((min(left, to), low - 0.02, max(left, to), low + 0.02))
        for end in (y.low, y.high):
            to = axes.transData.transform((x.v, end))[1] / 72
            taken.append((left - 0.02, min(low, to), left + 0.02, max(low, to)))
    inside = (0.0, edge.y0 / 72, width, height)
    row = 0.14
    for (x, y), label, spot in zip(points, labels, spots, strict=True):
        texts = [label, f"{x.txt} · {y.txt}"] if direct else [label]
        size = (max(width_of(text, theme.POINTS) for text in texts) + 0.02, row * len(texts))
        found = _free(spot, size, taken, inside)
        taken.append(found)
        middle = (found[0] + found[2]) / 2
        near = (min(max(spot[0], found[0]), found[2]), min(max(spot[1], found[1]), found[3]))
        style: dict[str, Any] = {"fontsize": theme.POINTS, "transform": figure.dpi_scale_trans}
        if (near[0] - spot[0]) ** 2 + (near[1] - spot[1]) ** 2 > 0.04:
            axes.plot(
                [spot[0], near[0]], [spot[1], near[1]], color=paint.MUTED, linewidth=0.5,
                transform=figure.dpi_scale_trans, clip_on=False, zorder=1,
            )  # fmt: skip
        figure.text(
            middle, found[3] - row / 2, label, ha="center", va="center", fontweight="bold", **style
        )
        if direct:
            y_text = found[1] + row / 2
            start = middle - width_of(texts[1], theme.POINTS) / 2
            tag(figure.text(start, y_text, x.txt, va="center", **style), x.value_id)
            after = start + width_of(f"{x.txt} ", theme.POINTS) + 0.06
            tag(
                figure.text(after, y_text, y.txt, va="center", color=paint.TEXT, **style),
                y.value_id,
            )


def _free(spot: Any, size: tuple[float, float], taken: list[Box], inside: Box) -> Box:
    """The place for a label nearest to its point that nothing else takes."""
    for ring in range(60):
        for turn in range(16):
            angle = pi / 4 + 2 * pi * turn / 16
            away = 0.1 + 0.05 * ring
            x = spot[0] + cos(angle) * (away + size[0] / 2)
            y = spot[1] + sin(angle) * (away + size[1] / 2)
            box = (x - size[0] / 2, y - size[1] / 2, x + size[0] / 2, y + size[1] / 2)
            within = (
                inside[0] <= box[0] and inside[1] <= box[1]
                and box[2] <= inside[2] and box[3] <= inside[3]
            )  # fmt: skip
            if within and not any(
                box[0] < o[2] and o[0] < box[2] and box[1] < o[3] and o[1] < box[3] for o in taken
            ):
                return box
    raise ValueError("no room for the names of points")


def _columns(marks: Marks) -> tuple[float, float]:
    """Inches of a number before a name in the list, and of all but the name."""
    number = room_for([str(len(marks))]) + GAP
    return number, number + 2 * (room_for(marks["txt"]) + GAP)


def _list(
    figure: mpl.Figure, points: list[tuple[Any, Any]], lines: list[list[str]], heights: list[float],
    top: float,
) -> None:  # fmt: skip
    """What the numbers mean: name, x and y of each point."""
    width, height = figure.get_size_inches()
    values = room_for([row.txt for pair in points for row in pair]) + GAP
    y = height - top
    for n, ((x, up), own, high) in enumerate(zip(points, lines, heights, strict=True), start=1):
        style: dict[str, Any] = {
            "va": "center", "fontsize": theme.POINTS, "transform": figure.dpi_scale_trans,
            "linespacing": 1.15,
        }  # fmt: skip
        middle = y - high / 2
        figure.text(0, middle, str(n), fontweight="bold", **style)
        begin = room_for([str(2 * len(points))]) + GAP
        figure.text(begin, middle, "\n".join(own), **style)
        tag(figure.text(width - values, middle, x.txt, ha="right", **style), x.value_id)
        tag(figure.text(width, middle, up.txt, ha="right", **style), up.value_id)
        y -= high


KIND = Kind(
    draw,
    needs=frozenset({"v", "low", "high"}),
    series=TWO,
    facts=MEASURED,
    suits=(suits.PAIRED, suits.UPRIGHT),
    lines=False,
    most=None,
)
