"""The chart kind ``rings``."""

from __future__ import annotations

import pandas as pd
import pytest

from suyuan.figures.kinds.rings import draw
from tests.code.figures.drawing import labels, marks, named, tagged

SAMPLE = marks(v=[1.0, 5.0, 5.0], label=["甲圈", "乙圈", "丙圈"], txt=["1", "5", "5"])


def many(name, count):
    """Two sets of so many levels with such names."""
    levels = marks(
        v=[float(n) for n in range(count)], txt=[str(n) for n in range(count)],
        label=named(name, count), series=name,
    )  # fmt: skip
    other = levels.assign(series=f"{name}乙", value_id=[f"t{n}.latency" for n in range(count)])
    return pd.concat([levels, other], ignore_index=True)


def extent(figure, value_id):
    (ring,) = (one for one in tagged(figure, value_id) if not hasattr(one, "get_xdata"))
    return ring.get_path().get_extents()


def test_rings_of_the_same_delay_stay_apart_and_hold_the_inner_ones():
    figure = draw(SAMPLE)
    inner, middle, outer = (extent(figure, f"s{n}.compute_total") for n in range(3))
    assert inner.width < middle.width < outer.width
    assert 3 * inner.width == pytest.approx(outer.width)  # the first of three
    assert labels(figure)["s2.compute_total"] == "5"


def test_series_stand_side_by_side():
    later = SAMPLE.assign(series="另一套", value_id=[f"t{n}.latency" for n in range(3)])
    figure = draw(pd.concat([SAMPLE, later], ignore_index=True))
    assert extent(figure, "s2.compute_total").x1 < extent(figure, "t2.latency").x0
