"""The chart kind ``stages``."""

from __future__ import annotations

import pytest

from suyuan.figures.kinds.stages import draw
from tests.code.figures.drawing import box, labels, marks, named, pieces


def staircase(count, name="自建算力", text="大型企业自建中心。"):
    """So many stages, each with a head and one text."""
    names = [f"{name}{n}" for n in range(count)]
    return marks(
        series=[one for one in names for _ in range(2)],
        label=[word for one in names for word in (one, "供给")],
        txt=[word for one in names for word in (one, text)],
        value_id=[f"steps.{column}.s{n}" for n in range(count) for column in ("name", "supply")],
    )


SAMPLE = staircase(3)


def many(name, count):
    """So many texts with such names in stages of three."""
    stages = [f"{name}{n // 3}" for n in range(count)]
    return marks(
        txt=named(name, count), series=stages, label=[f"{name}{n % 3}" for n in range(count)]
    )


def test_each_stage_stands_higher_than_the_one_before():
    figure = draw(SAMPLE)
    tops = [box(figure, f"steps.name.s{n}").get_y() for n in range(3)]
    assert tops == sorted(tops, reverse=True)  # y counts downwards
    assert len(set(tops)) == 3


def test_what_is_said_stands_below_its_head_and_is_printed_whole():
    figure = draw(staircase(2, text="甲" * 60))
    head, said = box(figure, "steps.name.s0"), box(figure, "steps.supply.s0")
    assert said.get_y() >= head.get_y() + head.get_height()
    assert labels(figure)["steps.supply.s0"].replace("\n", "") == "甲" * 60


@pytest.mark.parametrize("count", [1, 5, 31])
@pytest.mark.parametrize(
    "name", ["北方云网", "北方云网算力中心", "西北第三方普惠智算云服务平台与聚合运营商"]
)
def test_nothing_leaves_its_box_however_long_or_many(count, name):
    figure = draw(staircase(count, name))
    figure.draw_without_rendering()
    page = figure.bbox
    for fact in staircase(count, name)["value_id"]:
        (text,) = [one for one in pieces(figure, fact) if hasattr(one, "get_text")]
        inner = text.get_window_extent()
        outer = box(figure, fact).get_window_extent()
        assert outer.x0 <= inner.x0
        assert inner.x1 <= outer.x1
        assert outer.y0 <= inner.y0 + 2  # line spacing
        assert inner.y1 <= outer.y1 + 2
        assert page.x0 <= outer.x0
        assert outer.x1 <= page.x1
        assert page.y0 - 1 <= outer.y0
