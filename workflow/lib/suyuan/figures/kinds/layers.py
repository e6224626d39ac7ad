"""Layers of a chain as nested boxes: a band for each root, boxes in it, and boxes in these.

``node`` and ``parent`` tell the nesting, parents come first. Boxes are as large as their names
ask for; what is left of a line is shared out among them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from suyuan.figures import mpl, paint, theme
from suyuan.figures.canvas import Marks
from suyuan.figures.kind import ANY, COUNTED, Kind
from suyuan.figures.lettering import height_of, widest, wrapped
from suyuan.figures.sheet import box, sheet
from suyuan.figures.svg import tag

HEAD, NARROW_HEAD = 1.0, 0.62  # width of a band's name, and where the drawing is narrow
PAD, GAP, BETWEEN = 0.1, 0.07, 0.1  # inside a box, between boxes, between bands
NAME = 1.7  # width of a name, at most
SHADES = (paint.BAND, "#FFFFFF", paint.tint(paint.TEAL, 0.14), paint.tint(paint.TEAL, 0.28))
LEAST = 0.34  # height of a band


@dataclass
class _Box:
    """A node, its name in lines, and the boxes in it; ``width`` and ``height`` are the least."""

    row: Any
    lines: list[str]
    inner: list[_Box] = field(default_factory=list)
    width: float = 0.0
    height: float = 0.0

    @property
    def title(self) -> float:
        """Height of the name with the space around it."""
        return height_of(len(self.lines), theme.POINTS) + PAD

    def measure(self, room: float) -> None:
        """Find the least size of the box in ``room`` inches of width."""
        name = widest(self.lines, theme.POINTS) + 2 * PAD
        for one in self.inner:
            one.measure(room - 2 * PAD)
        lines = _flow(self.inner, room - 2 * PAD)
        self.width = max([name, *(_across(line) + 2 * PAD for line in lines)])
        self.height = self.title + _down(lines) + (PAD / 2 if lines else 0.0)

    def draw(self, axes: mpl.Axes, left: float, top: float, width: float, height: float, depth: int
             ) -> None:  # fmt: skip
        """Draw the box, and those in it, into the place that it was given."""
        colour = SHADES[min(depth, len(SHADES) - 1)]
        drawn = box(axes, left, top, width, height, colour)
        if depth == 1:
            drawn.set_edgecolor(paint.MIST)
        tag(drawn, self.row.value_id)
        middle = top + (self.title if self.inner else height) / 2
        _name(axes, left + width / 2, middle, self, paint.INK if self.inner else paint.TEXT)
        _fill(axes, self.inner, (left + PAD, top + self.title, width - 2 * PAD), depth + 1,
              height - self.title - PAD / 2)  # fmt: skip


def _across(line: list[_Box]) -> float:
    return sum(one.width for one in line) + GAP * (len(line) - 1)


def _down(lines: list[list[_Box]]) -> float:
    return sum(max(one.height for one in line) + GAP for line in lines)


def _flow(boxes: list[_Box], room: float) -> list[list[_Box]]:
    """The boxes in lines of at most ``room`` inches."""
    lines: list[list[_Box]] = []
    for one in boxes:
        if lines and _across([*lines[-1], one]) <= room + 1e-9:
            lines[-1].append(one)
        else:
            lines.append([one])
    return lines


def _fill(
    axes: mpl.Axes, boxes: list[_Box], place: tuple[float, float, float], depth: int, height: float
) -> None:
    """Draw boxes in lines from an upper left corner; each line is stretched to the width."""
    left, top, width = place
    lines = _flow(boxes, width)
    spare = max(0.0, height - _down(lines)) / len(lines) if lines else 0.0
    for line in lines:
        high = max(one.height for one in line) + spare
        more = (width - _across(line)) / len(line)
        at = left
        for one in line:
            one.draw(axes, at, top, one.width + more, high, depth)
            at += one.width + more + GAP
        top += high + GAP


def _name(axes: mpl.Axes, x: float, y: float, own: _Box, colour: str) -> None:
    text = axes.text(
        x, y, "\n".join(own.lines), ha="center", va="center", color=colour, fontsize=theme.POINTS,
        fontweight="bold" if own.inner or colour == "#FFFFFF" else "normal",
    )  # fmt: skip
    tag(text, own.row.value_id)


def draw(marks: Marks, width: float = theme.WIDTH_INCHES) -> mpl.Figure:
    boxes: dict[str, _Box] = {}
    roots: list[_Box] = []
    depths: dict[str, int] = {}
    head = HEAD if width > theme.NARROW_INCHES else NARROW_HEAD
    for row in marks.itertuples():
        first = row.parent not in boxes
        depths[row.node] = depth = 0 if first else depths[row.parent] + 1
        inner = width - head - 2 * PAD * (depth + 1)
        room = head - 2 * PAD if first else min(NAME, inner)
        boxes[row.node] = _Box(row, wrapped(row.txt, theme.POINTS, room))
        (roots if first else boxes[row.parent].inner).append(boxes[row.node])
    room = width - head - 2 * PAD
    heights = []
    for root in roots:
        for one in root.inner:
            one.measure(room)
        filled = _down(_flow(root.inner, room)) + 2 * PAD - GAP
        heights.append(max(LEAST, root.title + PAD, filled))
    figure, axes = sheet(sum(heights) + BETWEEN * (len(roots) - 1), width)
    top = 0.0
    for root, height in zip(roots, heights, strict=True):
        box(axes, 0.0, top, width, height, SHADES[0])
        tag(box(axes, 0.0, top, head, height, paint.INK), root.row.value_id)
        _name(axes, head / 2, top + height / 2, root, "#FFFFFF")
        _fill(axes, root.inner, (head + PAD, top + PAD, room), 1, height - 2 * PAD + GAP)
        top += height + BETWEEN
    return figure


KIND = Kind(
    draw,
    needs=frozenset({"node", "parent"}),
    series=ANY,
    facts=COUNTED,
    lines=False,
    most=None,
    suits=(),
)
