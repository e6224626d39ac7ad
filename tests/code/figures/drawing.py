"""What tests of chart kinds share: tables of marks, and what was drawn for a value."""

from __future__ import annotations

from itertools import combinations
from xml.etree import ElementTree as ET

import pandas as pd
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import to_hex
from matplotlib.patches import Patch
from matplotlib.text import Text

from suyuan.figures.svg import MARK, to_svg

SVG = "{http://www.w3.org/2000/svg}"


def marks(**given):
    """A table of marks; what is not given is the same for all."""
    table = pd.DataFrame(given)
    plain = {"series": "总规模", "label": "甲", "x": "2029", "span": "", "txt": "1"}
    for name, text in plain.items():
        if name not in table:
            table[name] = text
    if "value_id" not in table:
        table["value_id"] = [f"s{n}.compute_total" for n in range(len(table))]
    return table


def bounded(**given):
    """Marks with bounds, a tenth to either side."""
    table = marks(**given)
    return table.assign(
        low=table["v"] * 0.9, low_id=table["value_id"] + "_lower",
        high=table["v"] * 1.1, high_id=table["value_id"] + "_upper",
    )  # fmt: skip


def pieces(figure, value_id):
    """Everything drawn for a value: its shapes and its printed label."""
    return figure.findobj(lambda artist: artist.get_gid() == MARK + value_id)


def tagged(figure, value_id):
    """The shapes of one value, without its printed label."""
    return [artist for artist in pieces(figure, value_id) if not hasattr(artist, "get_text")]


def box(figure, value_id):
    """The box of a value."""
    (found,) = [one for one in pieces(figure, value_id) if hasattr(one, "get_width")]
    return found


def labels(figure):
    """Printed text by value."""
    texts = figure.findobj(lambda artist: hasattr(artist, "get_text") and artist.get_gid())
    return {text.get_gid().removeprefix(MARK): text.get_text() for text in texts}


def words(figure):
    """Every text of a figure, in drawing order."""
    svg = ET.fromstring(to_svg(figure, "fig"))
    return ["".join(text.itertext()) for text in svg.iter(f"{SVG}text")]


def crowded(figure):
    """Texts that leave the figure, and pairs of texts that lie on each other."""
    FigureCanvasAgg(figure)
    renderer = figure.canvas.get_renderer()
    width, height = figure.get_size_inches() * figure.dpi
    found = [
        (text.get_text(), text.get_window_extent(renderer))
        for text in figure.findobj(Text)
        if text.get_visible() and text.get_text().strip()
    ]
    out = [
        (said,) for said, at in found
        if at.x0 < -1 or at.y0 < -1 or at.x1 > width + 1 or at.y1 > height + 1
    ]  # fmt: skip
    return out + [
        (one, two)
        for (one, a), (two, b) in combinations(found, 2)
        if min(a.x1, b.x1) - max(a.x0, b.x0) > 0.7 and min(a.y1, b.y1) - max(a.y0, b.y0) > 0.7
    ]


# Names of 4, 8 and 21 characters, and how many of them: what a drawing must have room for.
NAMES = ("国家枢纽", "青藏高原绿色算力", "国家自然科学基金区域联合基金（西北）以及其他")
COUNTS = (1, 5, 31)
every_size = pytest.mark.parametrize(
    ("name", "count"), [(name, count) for name in NAMES for count in COUNTS]
)


def named(name, count):
    """So many different names of that length or a little more."""
    return [f"{name}{n}" if n else name for n in range(count)]


def numbers(count):
    """So many numbers above zero, none alike."""
    return [float(3 + 7 * n % 41 + n) for n in range(count)]


def texts(count):
    """What such numbers print as, with thousands."""
    return [f"{1000 + n:,}" for n in range(count)]


def paired(name, count):
    """Two series with so many labels of that length."""
    return marks(
        v=numbers(2 * count), label=named(name, count) * 2, txt=texts(2 * count),
        series=[f"{name}前"] * count + [f"{name}后"] * count,
    )  # fmt: skip


def outside(figure):
    """Marks that leave the figure."""
    FigureCanvasAgg(figure)
    renderer = figure.canvas.get_renderer()
    width, height = figure.get_size_inches() * figure.dpi
    tagged_ones = figure.findobj(lambda artist: (artist.get_gid() or "").startswith(MARK))
    extents = {artist.get_gid(): artist.get_window_extent(renderer) for artist in tagged_ones}
    return [
        fact for fact, at in extents.items()
        if at.x0 < -2 or at.y0 < -2 or at.x1 > width + 2 or at.y1 > height + 2
    ]  # fmt: skip


def lettered(figure):
    """Every text with its colour and that of the topmost shape below it, white for none."""
    FigureCanvasAgg(figure)
    figure.draw_without_rendering()
    renderer = figure.canvas.get_renderer()
    shapes = [
        (one.get_window_extent(renderer), one.get_facecolor())
        for one in sorted(figure.findobj(Patch), key=lambda one: one.get_zorder())
        if one.get_facecolor()[3] and one.get_visible()
    ]
    for text in figure.findobj(Text):
        if text.get_text().strip():
            at = text.get_window_extent(renderer)
            x, y = (at.x0 + at.x1) / 2, (at.y0 + at.y1) / 2
            behind = [colour for box, colour in shapes if box.contains(x, y)]
            ground = to_hex(behind[-1]) if behind else "#ffffff"
            yield text.get_text(), to_hex(text.get_color()), ground
