"""From one time or measure to another: per label a line from its first value to its second.

The first series stands on the left. Names and values are spread so that none collide.
"""

from __future__ import annotations

from typing import Any

from suyuan.figures import mpl, paint, suits, theme
from suyuan.figures.canvas import GAP, SHARE, Marks, different, room_for
from suyuan.figures.kind import MEASURED, TWO, Kind
from suyuan.figures.lettering import height_of, widest, wrapped
from suyuan.figures.sheet import sheet
from suyuan.figures.svg import tag

HEAD, LEAST, LEAD = 0.26, 1.3, 0.16  # heads of the sides, height of the lines, leaders beside them


def draw(marks: Marks, width: float = theme.WIDTH_INCHES) -> mpl.Figure:
    before, after = different(marks, "series")
    names = {name: wrapped(name, theme.POINTS, SHARE * width) for name in different(marks, "label")}
    step = height_of(max(map(len, names.values())), theme.POINTS) + 0.02
    tall = max(LEAST, step * len(names))
    values = room_for(marks["txt"])
    named = widest((line for lines in names.values() for line in lines), theme.POINTS)
    left, right = values + LEAD, width - LEAD - GAP - values - named
    heads = {name: wrapped(name, theme.POINTS, width / 2 - GAP) for name in (before, after)}
    head = HEAD + height_of(max(map(len, heads.values())) - 1, theme.POINTS)
    figure, axes = sheet(head + tall, width)
    low, span = marks["v"].min(), (marks["v"].max() - marks["v"].min()) or 1

    def y(v: float) -> float:
        return head + step / 2 + (tall - step) * (1 - (v - low) / span)

    style: dict[str, Any] = {"fontsize": theme.POINTS, "va": "center"}
    for name, x, lean in ((before, 0.0, "left"), (after, width, "right")):
        axes.text(x, head / 2 - 0.03, "\n".join(heads[name]), ha=lean, color=paint.MUTED, **style)
    ends: dict[str, list[float]] = {}
    sides = {before: (left, left - LEAD), after: (right, right + LEAD)}
    top = marks[marks["series"] == after].nlargest(1, "v")["label"].iloc[0]
    for series, (x, beside) in sides.items():
        own = marks[marks["series"] == series].sort_values("v", ascending=False, kind="stable")
        places = _spread([y(v) for v in own["v"]], step, head + tall - step / 2)
        for row, place in zip(own.itertuples(), places, strict=True):
            colour = paint.INK if row.label == top else paint.TEAL
            (dot,) = axes.plot([x], [y(row.v)], "o", color=colour, markersize=4, zorder=3)
            tag(dot, row.value_id)
            ends.setdefault(row.label, []).append(y(row.v))
            axes.plot([x, beside], [y(row.v), place], color=paint.RULE, linewidth=0.5, zorder=1)
            _words(axes, row, beside, place, names[row.label] if series == after else [], values)
    for label, levels in ends.items():
        if len(levels) > 1:
            colour = paint.INK if label == top else paint.TEAL
            axes.plot([left, right], levels, color=colour, linewidth=1.3, zorder=2)
    return figure


def _words(axes: mpl.Axes, row: Any, x: float, y: float, name: list[str], values: float) -> None:
    """The value beside an end, and right of it the name, if any."""
    style: dict[str, Any] = {"fontsize": theme.POINTS, "va": "center", "linespacing": 1.15}
    if not name:
        tag(axes.text(x - 0.03, y, row.txt, ha="right", **style), row.value_id)
        return
    tag(axes.text(x + 0.03, y, row.txt, **style), row.value_id)
    axes.text(x + 0.03 + values, y, "\n".join(name), **style)


def _spread(places: list[float], step: float, end: float) -> list[float]:
    """Places from the top down, moved as little as gives each ``step``; none pass ``end``."""
    found: list[float] = []
    for place in places:
        found.append(max(place, found[-1] + step) if found else place)
    limit = end
    for at in range(len(found) - 1, -1, -1):
        found[at] = min(found[at], limit)
        limit = found[at] - step
    return found


KIND = Kind(
    draw,
    needs=frozenset({"v"}),
    series=TWO,
    facts=MEASURED,
    suits=(suits.ONCE,),
    lines=False,
    most=None,
)
