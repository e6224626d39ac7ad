"""From one state to another: per label two boxes of words and an arrow between them.

The first series holds the states before, the second those after. Boxes are as high as their words
need. The name stands beside its boxes, or above them where these would be too narrow.
"""

from __future__ import annotations

from suyuan.figures import mpl, paint, theme
from suyuan.figures.boxes import EM, LINE, arrow, block, words
from suyuan.figures.canvas import Marks, different
from suyuan.figures.kind import COUNTED, TWO, Kind
from suyuan.figures.sheet import sheet
from suyuan.figures.svg import tag
from suyuan.figures.wrapping import wrapped

PAD, GAP = 0.09, 0.1  # inches: within a box, between rows
NAME, ARROW, LEAST = 1.35, 0.5, 1.6  # inches: names, between two boxes, the least of a box
FILLS = (paint.BAND, paint.INK)


def draw(marks: Marks, width: float = theme.WIDTH_INCHES) -> mpl.Figure:
    before, after = different(marks, "series")
    beside = (width - NAME - ARROW) / 2 >= LEAST
    name, between = (NAME, ARROW) if beside else (0.0, ARROW * 0.7)
    wide = (width - name - between) / 2
    room = ((NAME if beside else width) - PAD) / EM
    names = {label: wrapped(label, room) for label in different(marks, "label")}
    heads = {series: wrapped(series, wide / EM) for series in (before, after)}
    head = LINE * max(map(len, heads.values())) + 0.1
    lines = [wrapped(text, (wide - 2 * PAD) / EM) for text in marks["txt"]]
    above = {label: 0.0 if beside else LINE * len(own) + 0.05 for label, own in names.items()}
    heights = {
        label: 2 * PAD
        + LINE * max(len(own) if beside else 0, *map(len, _of(lines, marks["label"] == label)))
        for label, own in names.items()
    }
    total = head + sum(heights.values()) + sum(above.values()) + GAP * len(names)
    figure, axes = sheet(total, width)
    left = {before: name, after: name + wide + between}
    for series, x in left.items():
        words(axes, x, head / 2 - 0.02, heads[series], ha="left", color=paint.MUTED)
    tops, y = {}, head
    for label, height in heights.items():
        middle = y + (height if beside else above[label]) / 2
        words(axes, 0.0, middle, names[label], ha="left", color=paint.INK, bold=True)
        y += above[label]
        tops[label] = y
        level, start = y + height / 2, left[after] - between
        arrow(axes, [(start + 0.08, level), (left[after] - 0.06, level)])
        y += height + GAP
    for row, text in zip(marks.itertuples(), lines, strict=True):
        fill, top, height = FILLS[row.series == after], tops[row.label], heights[row.label]
        tag(block(axes, left[row.series], top, wide, height, fill), row.value_id)
        centre = (left[row.series] + wide / 2, top + height / 2)
        tag(words(axes, *centre, text, color=paint.contrast(fill)), row.value_id)
    return figure


def _of(lines: list[list[str]], chosen: list[bool]) -> list[list[str]]:
    return [line for line, own in zip(lines, chosen, strict=True) if own]


KIND = Kind(draw, needs=frozenset(), series=TWO, facts=COUNTED, lines=False, most=None, suits=())
