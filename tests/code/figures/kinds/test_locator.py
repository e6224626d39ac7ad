"""The chart kind ``locator``."""

from __future__ import annotations

import pandas as pd

from suyuan.figures import theme
from suyuan.figures.kinds.locator import draw
from tests.code.figures.drawing import crowded, every_size, labels, marks, named, tagged

SAMPLE = marks(
    v=[1.0, 2.0], column=[1, 2], row=[1, 1], label=["甲", "乙"], txt=["1.0", "2.0"],
    series=["本省区", "其他"],
)  # fmt: skip


def test_the_place_that_is_shown_stands_out():
    figure = draw(SAMPLE)
    here, other = (tagged(figure, f"s{n}.compute_total")[0].get_facecolor() for n in range(2))
    assert here != other
    assert tuple(round(255 * part) for part in here[:3]) == (11, 46, 79)  # INK, #0B2E4F
    assert theme.contrast(theme.INK) == "#FFFFFF"


def test_a_place_of_both_series_is_drawn_once():
    both = pd.concat([SAMPLE[:1], SAMPLE.assign(series="其他")], ignore_index=True)
    figure = draw(both)
    assert len(tagged(figure, "s0.compute_total")) == 1
    assert labels(figure) == {"s0.compute_total": "1.0", "s1.compute_total": "2.0"}


@every_size
def test_tiles_have_room_for_their_names(name, count):
    figure = draw(
        marks(
            v=[float(n) for n in range(count)], txt=[f"{n}.5" for n in range(count)],
            column=[n % 6 + 1 for n in range(count)], row=[n // 6 + 1 for n in range(count)],
            label=named(name, count), series=["本省区", *["其他"] * (count - 1)],
        )
    )  # fmt: skip
    assert crowded(figure) == []
    assert figure.get_size_inches()[0] <= theme.WIDTH_INCHES
