"""From one state to another: per label two boxes of words and an arrow between them.

The first series holds the states before, the second those after. Boxes are as high as their words
need.
"""

from __future__ import annotations

from matplotlib.figure import Figure

from suyuan.figures import theme
from suyuan.figures.boxes import EM, LINE, arrow, block, words
from suyuan.figures.canvas import Marks, different
from suyuan.figures.kind import COUNTED, TWO, Kind
from suyuan.figures.sheet import sheet
from suyuan.figures.svg import tag
from suyuan.figures.wrapping import wrapped

HEAD, PAD, GAP = 0.26, 0.09, 0.1  # inches: heads of the columns, within a box, between rows
NAME, ARROW = 1.35, 0.5  # inches: the column of names, and between two boxes
WIDE = (theme.WIDTH_INCHES - NAME - ARROW) / 2
FILLS = (theme.BAND, theme.INK)


def draw(marks: Marks) -> Figure:
    before, after = different(marks, "series")
    names = {name: wrapped(name, (NAME - PAD) / EM) for name in different(marks, "label")}
    lines = [wrapped(text, (WIDE - 2 * PAD) / EM) for text in marks["txt"]]
    heights = {
        name: 2 * PAD + LINE * max(len(names[name]), *map(len, _of(lines, marks["label"] == name)))
        for name in names
    }
    figure, axes = sheet(HEAD + sum(heights.values()) + GAP * len(names))
    left = {before: NAME, after: NAME + WIDE + ARROW}
    for series, x in left.items():
        words(axes, x, HEAD / 2, [series], ha="left", color=theme.MUTED)
    tops, y = {}, HEAD
    for name, height in heights.items():
        tops[name] = y
        words(axes, 0.0, y + height / 2, names[name], ha="left", color=theme.INK, bold=True)
        arrow(
            axes,
            [(left[after] - ARROW + 0.08, y + height / 2), (left[after] - 0.06, y + height / 2)],
        )
        y += height + GAP
    for row, text in zip(marks.itertuples(), lines, strict=True):
        fill, top, height = FILLS[row.series == after], tops[row.label], heights[row.label]
        tag(block(axes, left[row.series], top, WIDE, height, fill), row.value_id)
        middle = (left[row.series] + WIDE / 2, top + height / 2)
        tag(words(axes, *middle, text, color=theme.contrast(fill)), row.value_id)
    return figure


def _of(lines: list[list[str]], chosen: list[bool]) -> list[list[str]]:
    return [line for line, own in zip(lines, chosen, strict=True) if own]


KIND = Kind(draw, needs=frozenset(), series=TWO, facts=COUNTED)
