"""The chart kind ``shifts``."""

from __future__ import annotations

import pytest

from suyuan.figures.kinds.shifts import draw
from suyuan.figures.wrapping import width
from tests.code.figures.drawing import box, marks, named, pieces

SAMPLE = marks(
    series=["从前", "往后"] * 2,
    label=["需求", "需求", "供给", "供给"],
    txt=["训练", "推理", "自建", "租用"],
)


def many(name, count):
    """So many pairs of states with such names."""
    names = named(name, count)
    return marks(
        label=[one for one in names for _ in range(2)], txt=names * 2,
        series=[f"{name}前", f"{name}后"] * count,
    )  # fmt: skip


def test_before_stands_left_of_after_and_pairs_on_one_level():
    figure = draw(SAMPLE)
    left, right, below, _ = (box(figure, f"s{n}.compute_total") for n in range(4))
    assert left.get_x() + left.get_width() < right.get_x()
    assert left.get_y() == right.get_y()
    assert left.get_y() + left.get_height() < below.get_y()


@pytest.mark.parametrize(("rows", "signs"), [(1, 4), (5, 8), (12, 21), (2, 60)])
def test_boxes_hold_their_words(rows, signs):
    words = "以规模绿色与调度并重的产业应用底座之上再添一项" * 3
    given = marks(
        series=["从前", "往后"] * rows,
        label=[f"{n}{words[:signs]}" for n in range(rows) for _ in range(2)],
        txt=[words[:signs]] * 2 * rows,
    )
    figure = draw(given)
    high = figure.get_size_inches()[1]
    for value_id in given["value_id"]:
        found = box(figure, value_id)
        assert 0 <= found.get_y() <= found.get_y() + found.get_height() <= high
        (text,) = [one for one in pieces(figure, value_id) if hasattr(one, "get_text")]
        lines = text.get_text().split("\n")
        assert "".join(lines) == words[:signs]
        assert max(map(width, lines)) * 8 / 72 <= found.get_width()
        assert len(lines) * 8 * 1.2 / 72 <= found.get_height()
