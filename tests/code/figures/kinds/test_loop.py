"""The chart kind ``loop``."""

from __future__ import annotations

import pytest

from suyuan.figures.kinds.loop import draw, places
from tests.code.figures.drawing import crowded, every_size, labels, marks, named, tagged, words

SAMPLE = marks(
    txt=["要点", "事件", "要点", "事件"], label=["", "甲地", "", "乙地"],
    series=["高校", "高校", "园区", "园区"],
)  # fmt: skip


def many(name, count):
    """So many marks with such names in four stations."""
    four = [f"{name}{n % 4}" for n in range(count)]
    told = [name if n % 3 else "" for n in range(count)]
    return marks(txt=named(name, count), series=four, label=told)


@pytest.mark.parametrize(
    ("count", "stand"),
    [
        (1, [(0, 0)]),
        (2, [(0, 0), (1, 0)]),
        (4, [(0, 0), (1, 0), (1, 1), (0, 1)]),  # clockwise
        (5, [(0, 0), (1, 0), (1, 1), (1, 2), (0, 2)]),
    ],
)
def test_stations_follow_each_other_around(count, stand):
    assert places(count) == stand


def test_marks_stand_in_their_station():
    figure = draw(SAMPLE)
    first, second = (tagged(figure, f"s{n}.compute_total")[0].get_x() for n in (0, 2))
    assert first < second
    assert labels(figure)["s1.compute_total"] == "事件"
    assert {"高校", "园区", "甲地", "乙地"} <= set(words(figure))


def test_a_station_alone_has_no_arrow():
    assert "FancyArrowPatch" not in str(draw(SAMPLE[:2]).axes[0].patches)
    arrows = [patch for patch in draw(SAMPLE).axes[0].patches if "Arrow" in type(patch).__name__]
    assert len(arrows) == 2


@every_size
def test_stations_have_room_for_their_marks(name, count):
    assert crowded(draw(marks(txt=named(name, count), series=named(name, count), label=""))) == []
