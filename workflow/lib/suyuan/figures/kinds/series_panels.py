"""One line per series in a row of its own over one time axis, every point labelled."""

from __future__ import annotations

from matplotlib.figure import Figure

from suyuan.core.periods import decimal_year
from suyuan.figures import theme
from suyuan.figures.canvas import Marks, canvas, different, value_label
from suyuan.figures.kind import FEW, MEASURED, Kind
from suyuan.figures.svg import tag

# Where value and period of a point stand, in spans of the series above it.
LEANS = {
    "center": (0.25, -0.24),
    "right": (0.25, -0.24),
    "between": (0.22, 0.50),
    "left": (-0.22, -0.50),
}


def draw(marks: Marks) -> Figure:
    names = different(marks, "series")
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


KIND = Kind(draw, needs=frozenset({"v", "x"}), series=FEW, facts=MEASURED)
