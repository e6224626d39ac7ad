"""Parts that add up: each bar begins where the one before it ends; the last one is their sum."""

from __future__ import annotations

from itertools import pairwise

from suyuan.figures import mpl, paint, theme
from suyuan.figures.canvas import GAP, Marks, named_rows, room_for, value_label
from suyuan.figures.kind import ANY, MEASURED, Kind
from suyuan.figures.svg import tag


def draw(marks: Marks, width: float = theme.WIDTH_INCHES) -> mpl.Figure:
    figure, axes = named_rows(list(marks["label"]), width, right=room_for(marks["txt"]))
    steps = [0.0]  # where each part ends
    for v in marks["v"].iloc[:-1]:
        steps.append(steps[-1] + v)
    spans = [*pairwise(steps), (0.0, marks["v"].iloc[-1])]
    for place, (row, (start, end)) in enumerate(zip(marks.itertuples(), spans, strict=True)):
        last = place == len(marks) - 1
        colour = paint.INK if last else paint.TEAL if row.v >= 0 else paint.WINE
        (bar,) = axes.barh(
            [place], [row.v], left=start, height=0.62, color=colour, edgecolor="white"
        )
        tag(bar, row.value_id)
        value_label(axes, max(start, end), place, row, aside=GAP, va="center")
        if not last:
            axes.plot([end, end], [place + 0.31, place + 0.69], color=paint.MUTED, linewidth=0.6)
    ends = [end for span in spans for end in span]
    low, high = min(ends), max(ends)
    axes.set_xlim(low, high if high > low else low + 1)
    axes.axhline(len(marks) - 1.5, color=paint.RULE, linewidth=0.6)
    axes.axvline(0, color=paint.MUTED, linewidth=0.6)
    return figure


KIND = Kind(
    draw, needs=frozenset({"v"}), series=ANY, facts=MEASURED, lines=False, most=None, suits=()
)
