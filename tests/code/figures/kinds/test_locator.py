"""The chart kind ``locator``."""

from __future__ import annotations

import pandas as pd

from suyuan.figures import paint
from suyuan.figures.kinds.locator import draw
from tests.code.figures.drawing import (
    labels,
    marks,
    named,
    numbers,
    tagged,
    texts,
)

SAMPLE = marks(
    v=[1.0, 2.0], column=[1, 2], row=[1, 1], label=["甲", "乙"], txt=["1.0", "2.0"],
    series=["本省区", "其他"],
)  # fmt: skip


def many(name, count):
    """So many places with such names, six across, and the first of them again."""
    own = range(count)
    return marks(
        v=[1.0, *numbers(count)], txt=["1,000", *texts(count)], label=[name, *named(name, count)],
        series=["这里", *["别处"] * count], column=[1, *(n % 6 + 1 for n in own)],
        row=[1, *(n // 6 + 1 for n in own)],
    )  # fmt: skip


def test_the_place_that_is_shown_stands_out():
    figure = draw(SAMPLE)
    here, other = (tagged(figure, f"s{n}.compute_total")[0].get_facecolor() for n in range(2))
    assert here != other
    assert tuple(round(255 * part) for part in here[:3]) == (11, 46, 79)  # INK, #0B2E4F
    assert paint.contrast(paint.INK) == "#FFFFFF"


def test_a_place_of_both_series_is_drawn_once():
    both = pd.concat([SAMPLE[:1], SAMPLE.assign(series="其他")], ignore_index=True)
    figure = draw(both)
    assert len(tagged(figure, "s0.compute_total")) == 1
    assert labels(figure) == {"s0.compute_total": "1.0", "s1.compute_total": "2.0"}
