"""A panel per label: bars of the first series by x, diamonds of the second, both with intervals.

All panels share one scale. The value of the first series is printed.
"""

from __future__ import annotations

from typing import Any

from suyuan.figures import mpl, paint, theme
from suyuan.figures.canvas import (
    GAP,
    SHARE,
    Marks,
    different,
    frame,
    key,
    key_height,
    room_for,
    value_label,
    whisker,
)
from suyuan.figures.kind import MEASURED, TWO, Kind
from suyuan.figures.lettering import height_of, widest, wrapped
from suyuan.figures.svg import tag

PANELS, LEAST, APART = 5, 0.95, 0.1  # side by side, at most; inches of one; between them
ROW, BELOW = 0.2, 0.12


def draw(marks: Marks, width: float = theme.WIDTH_INCHES) -> mpl.Figure:
    names, inputs = different(marks, "label"), different(marks, "x")
    series = different(marks, "series")
    inner = [wrapped(name, theme.POINTS, 0.7 * SHARE * width) for name in inputs]
    left = widest((line for own in inner for line in own), theme.POINTS) + GAP
    row = max(ROW, height_of(max(map(len, inner)), theme.POINTS) + 0.02)
    columns = max(1, min(len(names), PANELS, int((width - left + APART) / (LEAST + APART))))
    wide = (width - left + APART) / columns - APART
    titles = [wrapped(name, theme.POINTS, wide) for name in names]
    title = height_of(max(map(len, titles)), theme.POINTS) + 0.06
    head, block = key_height(series, width), title + row * len(inputs) + BELOW
    figure = mpl.Figure(figsize=(width, head + block * -(-len(names) // columns)))
    values = room_for(marks["txt"])
    low, high = min(marks["low"].min(), 0), max(marks["high"].max(), 0)
    for n, (name, lines) in enumerate(zip(names, titles, strict=True)):
        start = left + n % columns * (wide + APART)
        top = head + n // columns * block + title
        axes = frame(figure, start, top, wide - values, row * len(inputs))
        axes.set_xlim(low, high if high > low else low + 1)
        axes.set_ylim(len(inputs) - 0.5, -0.5)
        theme.bare(axes, y=False)
        axes.axvline(0, color=paint.MUTED, linewidth=0.6)
        own = marks[marks["label"] == name]
        _panel(axes, own, inputs, series[0])
        style: dict[str, Any] = {
            "textcoords": "offset points", "fontsize": theme.POINTS, "linespacing": 1.15,
            "annotation_clip": False,
        }  # fmt: skip
        axes.annotate(
            "\n".join(lines), (0, 1), xycoords="axes fraction", xytext=(0, 3), va="bottom",
            fontweight="bold", color=paint.INK, **style,
        )  # fmt: skip
        for place, words in enumerate(inner if n % columns == 0 else []):
            axes.annotate(
                "\n".join(words), (0, place), xycoords=axes.get_yaxis_transform(), ha="right",
                xytext=(-72 * GAP, 0), va="center", **style,
            )  # fmt: skip
    key(figure, series, (paint.TEAL, paint.WINE))
    return figure


def _panel(axes: Any, own: Marks, inputs: list[str], first: str) -> None:
    for row in own.itertuples():
        place = inputs.index(row.x)
        if row.series == first:
            (mark,) = axes.barh([place - 0.1], [row.v], height=0.4, color=paint.TEAL, zorder=1)
            beside = {"transform": axes.get_yaxis_transform(), "va": "center"}
            value_label(axes, 1, place, row, aside=GAP, **beside)
            line: dict[str, Any] = {"color": paint.INK, "linewidth": 0.9}
        else:
            (mark,) = axes.plot(
                [row.v], [place + 0.26], "D", color=paint.WINE, markersize=3.2, zorder=3
            )
            line = {"color": paint.WINE, "linewidth": 0.9}
        tag(mark, row.value_id)
        whisker(axes, row, place + (-0.1 if row.series == first else 0.26), zorder=2, **line)


KIND = Kind(
    draw,
    needs=frozenset({"v", "x", "low", "high"}),
    series=TWO,
    facts=MEASURED,
    lines=False,
    most=None,
    suits=(),
)
