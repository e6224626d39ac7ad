"""What drawings share: rows with names, marks that know their value, labels, a key of colours.

A table of marks has one row per mark in drawing order: ``series``, ``label``, ``value_id``,
``txt`` and what else its kind needs: ``v`` (float in display units, NaN where missing), ``x``,
``low`` and ``high``. Every mark and its printed label carry the value's id as gid, which becomes
``data-fact`` in the SVG. All takes its room from its words, counted in inches.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import ceil, floor, log10
from typing import Any, TypeAlias

import pandas as pd

from suyuan.figures import mpl, paint, theme
from suyuan.figures.lettering import height_of, widest, width_of, wrapped
from suyuan.figures.svg import tag

Marks: TypeAlias = pd.DataFrame
SHARE = 0.36  # of the width that names may take up
GAP = 0.06  # inches between a name or a value and what it belongs to
ROW = 0.26  # the height of a row
SWATCH, APART = 0.1, 0.22  # of a key: its boxes, and from one entry to the next


def frame(
    figure: mpl.Figure, left: float, top: float, wide: float, high: float, **style: Any
) -> mpl.Axes:
    """Axes of that size in inches, from the upper left corner of the figure."""
    width, height = figure.get_size_inches()
    inside = (left / width, 1 - (top + high) / height, wide / width, high / height)
    return figure.add_axes(inside, **style)


def named_rows(
    names: Sequence[str], width: float, *, row: float = ROW, right: float = 0.0,
    left: float = 0.0, head: float = 0.0, foot: float = 0.0, points: float = theme.POINTS,
    share: float = SHARE,
) -> tuple[mpl.Figure, mpl.Axes]:  # fmt: skip
    """A figure with named rows 0, 1, 2 … from the top down, as high as their names need.

    ``head`` and ``foot`` are kept free above and below, ``right`` and ``left`` of the axes, after
    the names, which take up at most ``share`` of the width.
    """
    lines = [wrapped(name, points, share * width) for name in names]
    start = widest((line for own in lines for line in own), points) + GAP
    most = max(map(len, lines))
    high = row if most == 1 else max(row, height_of(most, points) + 0.05)
    figure = mpl.Figure(figsize=(width, head + high * len(names) + foot))
    room = width - start - left - right
    axes = frame(figure, start + left, head, room, high * len(names))
    for place, own in enumerate(lines):
        axes.annotate(
            "\n".join(own), (0, place), xytext=(-72 * (GAP + left), 0), va="center", ha="right",
            xycoords=axes.get_yaxis_transform(), textcoords="offset points", fontsize=points,
            linespacing=1.15, annotation_clip=False,
        )  # fmt: skip
    axes.set_ylim(len(names) - 0.5, -0.5)
    theme.bare(axes, y=False)
    return figure, axes


def value_label(
    axes: mpl.Axes, x: float, y: float, row: Any, *, aside: float = 0.0, above: float = 0.0,
    points: float = theme.POINTS, **style: Any,
) -> None:  # fmt: skip
    """Print the value of a mark so many inches right of and above a place of the axes."""
    transform = style.pop("transform", axes.transData)
    text = axes.annotate(
        row.txt, (x, y), xytext=(72 * aside, 72 * above), textcoords="offset points",
        xycoords=transform, fontsize=points, annotation_clip=False, **style,
    )  # fmt: skip
    tag(text, row.value_id)


def room_for(texts: Iterable[str], points: float = theme.POINTS) -> float:
    """Inches for values beside their marks."""
    return widest(list(texts), points) + GAP + 0.02


def key_lines(names: Sequence[str], width: float) -> list[list[tuple[float, list[str], str]]]:
    """A key in lines: where each entry begins, its name in lines, and its name."""
    found: list[list[tuple[float, list[str], str]]] = [[]]
    at = 0.0
    for name in names:
        lines = wrapped(name, theme.POINTS, width - SWATCH - GAP)
        wide = SWATCH + GAP + widest(lines, theme.POINTS)
        if found[-1] and at + wide > width:
            found.append([])
            at = 0.0
        found[-1].append((at, lines, name))
        at += wide + APART
    return found


def key_height(names: Sequence[str], width: float) -> float:
    """Inches that a key takes up, with the space below it."""
    lines = (max(len(own) for _, own, _ in line) for line in key_lines(names, width))
    return sum(height_of(most, theme.POINTS) for most in lines) + 0.1


def key(
    figure: mpl.Figure, names: Sequence[str], colours: Sequence[str], *, top: float = 0.0
) -> None:  # fmt: skip
    """Colours and their names along the upper edge of the figure, or ``top`` inches below it."""
    width, _ = figure.get_size_inches()
    high = key_height(names, width)
    axes = frame(figure, 0, top, width, high)
    axes.set_xlim(0, width)
    axes.set_ylim(high, 0)
    axes.set_axis_off()
    y = 0.02
    for line in key_lines(names, width):
        tall = height_of(max(len(own) for _, own, _ in line), theme.POINTS)
        for x, own, name in line:
            colour = colours[list(names).index(name) % len(colours)]
            first = y + height_of(1, theme.POINTS) / 2
            box = mpl.Rectangle(
                (x, first - SWATCH / 2), SWATCH, SWATCH, facecolor=colour, linewidth=0
            )
            axes.add_patch(box)
            axes.text(
                x + SWATCH + GAP, y + tall / 2 if len(own) == 1 else y, "\n".join(own),
                va="center" if len(own) == 1 else "top", fontsize=theme.POINTS, linespacing=1.15,
            )  # fmt: skip
        y += tall


def different(marks: Marks, column: str) -> list[str]:
    """Different entries of a column in order of appearance."""
    return list(dict.fromkeys(marks[column]))


def whisker(axes: mpl.Axes, row: Any, at: float, *, upright: bool = False, **style: Any) -> None:
    """Two lines from the value of ``row`` to its bounds, at ``at`` of the other axis."""
    for end, bound in ((row.low, row.low_id), (row.high, row.high_id)):
        along, across = [row.v, end], [at, at]
        ends = (across, along) if upright else (along, across)
        (half,) = axes.plot(*ends, clip_on=False, **style)
        tag(half, bound)


def decades(low: float, high: float) -> tuple[list[float], list[str]]:
    """Powers of ten from ``low`` to ``high``, for the ticks of a log axis, and their texts."""
    powers = [10.0**n for n in range(ceil(log10(low)), floor(log10(high)) + 1)]
    return powers, [f"{power:g}" for power in powers]


def round_ticks(low: float, high: float) -> list[float]:
    """At most six round numbers from ``low`` to ``high``, evenly apart."""
    steps = (digit * 10.0**power for power in range(-6, 12) for digit in (1, 2, 5))
    step = next(one for one in steps if (high - low) / one <= 5)
    return [n * step for n in range(ceil(low / step), floor(high / step) + 1)]


def ticks(axes: mpl.Axes, places: Sequence[float], texts: Sequence[str], width: float) -> None:
    """Mark places along the lower edge of axes ``width`` inches wide, as many as have room."""
    points = theme.SMALL if width > theme.NARROW_INCHES else theme.POINTS
    axes.xaxis.set_visible(True)
    if not places:  # none so round lies between the ends
        return
    axes.set_xticks(list(places), [""] * len(places))
    axes.grid(axis="x", color=paint.RULE, linewidth=0.5)
    axes.set_axisbelow(True)
    scale = axes.get_xaxis_transform()
    across = axes.transData.transform([(place, 0) for place in places])[:, 0] / 72
    end = -1.0
    for place, text, at in zip(places, texts, across, strict=True):
        half = width_of(text, points) / 2
        if at - half < end:
            continue
        axes.annotate(
            text, (place, 0), xycoords=scale, xytext=(0, -3), textcoords="offset points",
            ha="center", va="top", fontsize=points, color=paint.MUTED, annotation_clip=False,
        )  # fmt: skip
        end = at + half + 0.08
