"""Steps and what each leads to: boxes in columns, arrows between them.

A step stands in the column after the last of those that lead to it, on the lane of its place
there. A row holds so many columns; a chain without branches goes on in the next row. Where a step
would be too narrow so, columns become levels, one below the other. What leads back to an earlier
step goes around the boxes. A step that is our own reading (``judged``) has a dashed edge.
"""

from __future__ import annotations

from collections import Counter
from math import ceil
from typing import Any, NamedTuple

from suyuan.figures import mpl, paint, theme
from suyuan.figures.boxes import EM, LINE, Point, arrow, block, words
from suyuan.figures.canvas import Marks
from suyuan.figures.kind import ANY, COUNTED, Kind
from suyuan.figures.sheet import sheet
from suyuan.figures.svg import tag
from suyuan.figures.wrapping import wrapped

ACROSS = 5  # columns in a row
GAP, BELOW, PAD, WIDEST, EDGE = 0.3, 0.3, 0.08, 2.4, 0.01  # inches
BACK = 0.3  # right of levels: what leads back
SMALL = 0.8  # points by which what a step is about is smaller than its name
SEPARATOR = ";"


class Step(NamedTuple):
    """A step in its place; sizes in inches, x and y of the upper left corner."""

    x: float
    y: float
    wide: float
    head: float
    high: float
    row: int
    column: int
    name: list[str]
    note: list[str]


def draw(marks: Marks, width: float = theme.WIDTH_INCHES) -> mpl.Figure:
    leads = {
        row.node: [to for to in row.leads.split(SEPARATOR) if to] for row in marks.itertuples()
    }
    upright = width <= theme.NARROW_INCHES
    place = _levels if upright else _placed
    small = 0.0 if upright else SMALL
    steps, height = place(marks, leads, width)
    figure, axes = sheet(height, width)
    for row in marks.itertuples():
        _box(axes, row, steps[row.node], small)
    returns: Counter[int] = Counter()
    for node, targets in leads.items():
        for target in targets:
            own, other = steps[node], steps[target]
            back = own.row == other.row and other.column <= own.column
            if upright:
                back = other.row <= own.row
                path = _down(own, other, width - EDGE - 0.07 * returns[0])
                returns[0] += back
            else:
                path = _path(own, other, returns[own.row])
                returns[own.row] += back
            arrow(axes, path, paint.WINE if back else paint.TEAL)
    return figure


def _columns(leads: dict[str, list[str]]) -> dict[str, int]:
    """The column of each step: one after the last of those before it that lead to it."""
    order, columns = list(leads), dict.fromkeys(leads, 0)
    for node in order:
        for target in leads[node]:
            if order.index(target) > order.index(node):
                columns[target] = max(columns[target], columns[node] + 1)
    return columns


def _texts(marks: Marks, wide: float, small: float) -> dict[str, tuple[list[str], list[str]]]:
    """Name and note of each step, in lines for a box so wide."""
    room = (wide - 2 * PAD) / EM
    return {
        row.node: (wrapped(row.label, room), wrapped(row.txt, room / (1 - small / theme.POINTS)))
        for row in marks.itertuples()
    }


def _sizes(within: list[tuple[list[str], list[str]]]) -> tuple[float, float]:
    """Height of the heads of boxes that stand side by side, and of the boxes."""
    head = 2 * PAD * 0.7 + LINE * max(len(name) for name, _ in within)
    return head, head + 2 * PAD + LINE * max(len(note) for _, note in within)


def _placed(
    marks: Marks, leads: dict[str, list[str]], width: float
) -> tuple[dict[str, Step], float]:
    """Every step in its place, and how high all is. Raises ValueError where they find none."""
    columns = _columns(leads)
    count = max(columns.values()) + 1
    rows = ceil(count / ACROSS)
    if rows > 1 and count < len(columns):
        raise ValueError(f"a flow with branches has at most {ACROSS} columns, not {count}")
    across = ceil(count / rows)
    wide = min(WIDEST, (width - 2 * EDGE - GAP * (across - 1)) / across)
    left = (width - wide * across - GAP * (across - 1)) / 2
    texts = _texts(marks, wide, SMALL)
    lanes, taken = {}, Counter[int]()
    for node, column in columns.items():
        lanes[node] = (column // across, taken[column])
        taken[column] += 1
    tops, heads, highs, y = {}, {}, {}, 0.02
    for lane in sorted(set(lanes.values())):
        heads[lane], highs[lane] = _sizes([texts[node] for node in lanes if lanes[node] == lane])
        tops[lane] = y
        y += highs[lane] + BELOW
    loops = any(columns[to] <= columns[node] for node in leads for to in leads[node])
    steps = {}
    for node, column in columns.items():
        lane, place = lanes[node], column % across
        x = left + place * (wide + GAP)
        sizes = (wide, heads[lane], highs[lane])
        steps[node] = Step(x, tops[lane], *sizes, lane[0], place, *texts[node])
    return steps, y - (0.05 if loops else BELOW - 0.02)


def _levels(
    marks: Marks, leads: dict[str, list[str]], width: float
) -> tuple[dict[str, Step], float]:
    """Every step in its place, a level for each column, and how high all is."""
    columns = _columns(leads)
    loops = any(columns[to] <= columns[node] for node in leads for to in leads[node])
    room = width - 2 * EDGE - (BACK if loops else 0.0)
    levels = [
        [node for node in columns if columns[node] == at] for at in sorted({*columns.values()})
    ]
    steps, y = {}, 0.02
    for row, level in enumerate(levels):
        wide = (room - GAP / 2 * (len(level) - 1)) / len(level)
        texts = _texts(marks[marks["node"].isin(level)], wide, 0.0)
        head, high = _sizes([texts[node] for node in level])
        for place, node in enumerate(level):
            x = EDGE + place * (wide + GAP / 2)
            steps[node] = Step(x, y, wide, head, high, row, place, *texts[node])
        y += high + BELOW
    return steps, y - BELOW + 0.02


def _box(axes: mpl.Axes, row: Any, step: Step, small: float) -> None:
    fill = paint.MUTED if row.judged else paint.INK
    middle = step.x + step.wide / 2
    dashes = {"linewidth": 0.9, "edgecolor": fill} | (
        {"linestyle": (0, (3, 2))} if row.judged else {}
    )
    tag(block(axes, step.x, step.y, step.wide, step.high, paint.BAND, **dashes), row.value_id)
    at = step.y + (step.head + step.high) / 2
    note = words(axes, step.x + PAD, at, step.note, small=small, ha="left", color=paint.TEXT)
    tag(note, row.value_id)
    tag(block(axes, step.x, step.y, step.wide, step.head, fill), row.label_id)
    name = words(axes, middle, step.y + step.head / 2, step.name, bold=True, color="#FFFFFF")
    tag(name, row.label_id)


def _path(own: Step, other: Step, before: int) -> list[Point]:
    """From one box to the other; ``before`` is how many go back in that row already."""
    start = (own.x + own.wide + 0.02, own.y + own.head / 2)
    end = (other.x - 0.02, other.y + other.head / 2)
    if own.row == other.row and other.column == own.column + 1:
        if start[1] == end[1]:
            return [start, end]
        turn = end[0] - GAP / 2
        return [start, (turn, start[1]), (turn, end[1]), end]
    lean = 0.3 * own.wide if own.row == other.row else 0.0
    down, up = own.x + own.wide / 2 - lean, other.x + other.wide / 2 + lean
    under = own.y + own.high
    if own.row == other.row and other.column <= own.column:
        floor = max(under, other.y + other.high)
        level = floor + 0.12 + 0.06 * before
        return [(down, under), (down, level), (up, level), (up, other.y + other.high + 0.01)]
    if other.row == own.row + 1:
        level = under + BELOW / 2
        return [(down, under), (down, level), (up, level), (up, other.y - 0.02)]
    raise ValueError("an arrow passes over a step")


def _down(own: Step, other: Step, lane: float) -> list[Point]:
    """From a level to the next, or back along ``lane`` on the right."""
    if other.row == own.row + 1:
        start, end = own.x + own.wide / 2, other.x + other.wide / 2
        under = own.y + own.high
        if start == end:
            return [(start, under + 0.02), (end, other.y - 0.02)]
        level = under + BELOW / 2
        return [(start, under + 0.02), (start, level), (end, level), (end, other.y - 0.02)]
    if other.row <= own.row:
        start, end = own.y + own.high / 2, other.y + other.high / 2
        return [(own.x + own.wide, start), (lane, start), (lane, end),
                (other.x + other.wide + 0.02, end)]  # fmt: skip
    raise ValueError("an arrow passes over a step")


KIND = Kind(
    draw,
    needs=frozenset({"node", "leads", "label_id", "judged"}),
    series=ANY,
    facts=COUNTED,
    lines=False,
    most=None,
    suits=(),
)
