"""One against the others on several scales: a dot and its interval, on the band of the others.

The first series is the one that is spoken of; its values are printed. All others make the band
behind it: the intervals they may lie in, and a small ring for each value.
"""

from __future__ import annotations

from typing import Any

from matplotlib.figure import Figure

from suyuan.figures import theme
from suyuan.figures.canvas import Marks, different, name_rows, value_label, whisker
from suyuan.figures.kind import ANY, MEASURED, Kind
from suyuan.figures.sheet import SMALL
from suyuan.figures.svg import tag
from suyuan.figures.wrapping import width, wrapped

ROW = 0.23
NAMES = 1.5  # the widest that names of rows may be, in inches
EDGE = 0.1
EM, LESS = theme.POINTS / 72, SMALL / 72  # inches of an em in rows, and in the legend
KEY, AXIS = 0.26, 0.3  # heights of the legend above and of the ticks below


def draw(marks: Marks) -> Figure:
    scales = different(marks, "label")
    lines = {name: wrapped(name, NAMES / EM) for name in scales}
    left = EDGE + EM * max(width(line) for own in lines.values() for line in own)
    right = EDGE + EM * max(width(text) for text in marks["txt"])
    row_height = max(ROW, 0.16 * max(map(len, lines.values())))
    height = KEY + row_height * len(scales) + AXIS
    figure = Figure(figsize=(theme.WIDTH_INCHES, height))
    axes = figure.add_axes(
        (left / theme.WIDTH_INCHES, AXIS / height,
         1 - (left + right) / theme.WIDTH_INCHES, 1 - (AXIS + KEY) / height)
    )  # fmt: skip
    spoken = different(marks, "series")[0]
    for row in marks[marks["series"] != spoken].itertuples():
        whisker(axes, row, scales.index(row.label), color=theme.RULE, linewidth=9, zorder=1,
                solid_capstyle="butt")  # fmt: skip
    for row in marks[marks["series"] != spoken].itertuples():
        (ring,) = axes.plot(
            [row.v], [scales.index(row.label)], "o", markersize=3.4, markerfacecolor="#FFFFFF",
            markeredgecolor=theme.MUTED, markeredgewidth=0.7, zorder=2, clip_on=False,
        )  # fmt: skip
        tag(ring, row.value_id)
    for row in marks[marks["series"] == spoken].itertuples():
        place = scales.index(row.label)
        whisker(axes, row, place, color=theme.INK, linewidth=1.4, zorder=3)
        (dot,) = axes.plot([row.v], [place], "o", color=theme.INK, markersize=6, zorder=4)
        tag(dot, row.value_id)
        value_label(axes, 1.01, place, row, va="center", transform=axes.get_yaxis_transform(),
                    color=theme.INK, fontweight="bold")  # fmt: skip
    name_rows(axes, ["\n".join(lines[name]) for name in scales])
    axes.margins(x=0.04)
    axes.tick_params(axis="x", labelsize=SMALL)
    axes.grid(axis="x", color=theme.RULE, linewidth=0.4, zorder=0)
    axes.set_axisbelow(True)
    _key(figure, height, left, [spoken, *different(marks, "series")[1:]])
    return figure


def _key(figure: Figure, height: float, left: float, names: list[str]) -> None:
    """Above the rows: whom the dot stands for, and whom the rings."""
    axes = figure.add_axes((0, 1 - KEY / height, 1, KEY / height))
    axes.set_xlim(0, theme.WIDTH_INCHES)
    axes.set_ylim(0, 1)
    axes.set_axis_off()
    x, spoken, others = left, names[0], "、".join(names[1:])
    axes.plot([x - 0.02, x + 0.18], [0.5, 0.5], color=theme.INK, linewidth=1.4)
    axes.plot([x + 0.08], [0.5], "o", color=theme.INK, markersize=6)
    style: dict[str, Any] = {"va": "center", "fontsize": SMALL}
    axes.text(x + 0.26, 0.5, spoken, color=theme.INK, fontweight="bold", **style)
    if not others:
        return
    x += 0.26 + LESS * width(spoken) + 0.35
    axes.plot([x - 0.04, x + 0.2], [0.5, 0.5], color=theme.RULE, linewidth=9, solid_capstyle="butt")
    axes.plot([x + 0.08], [0.5], "o", markersize=3.4, markerfacecolor="#FFFFFF",
              markeredgecolor=theme.MUTED, markeredgewidth=0.7)  # fmt: skip
    room = theme.WIDTH_INCHES - x - 0.28
    first, *rest = wrapped(others, room / LESS)
    axes.text(x + 0.28, 0.5, first.rstrip("、") + ("…" if rest else ""), color=theme.MUTED, **style)


KIND = Kind(draw, needs=frozenset({"v", "low", "high"}), series=ANY, facts=MEASURED)
