"""The chart kind ``tile_map``."""

from __future__ import annotations

from suyuan.figures.kinds.tile_map import draw
from tests.code.figures.drawing import marks, named, numbers, tagged, texts

SAMPLE = marks(v=[1.0, 2.0], column=[1, 2], row=[1, 1], label=["甲", "乙"], series=["甲档", "乙档"])


def many(name, count):
    """So many places with such names, six across."""
    return marks(
        v=numbers(count), txt=texts(count), label=named(name, count),
        series=[f"{name}{n % 3}" for n in range(count)],
        column=[n % 6 + 1 for n in range(count)], row=[n // 6 + 1 for n in range(count)],
    )  # fmt: skip


def test_tiles_are_coloured_by_series():
    figure = draw(SAMPLE)
    one, two = (tagged(figure, f"s{n}.compute_total")[0] for n in range(2))
    assert one.get_facecolor() != two.get_facecolor()
