"""Words of a reason that give points."""

from __future__ import annotations

from decimal import Decimal

import pytest

from suyuan.contract.points import Points
from suyuan.contract.texts import read_texts
from tests.code.miniature import ROOT

POINTS = read_texts(ROOT / "workflow/schemas").points


@pytest.mark.parametrize(
    ("text", "points"),
    [
        ("有具名项目，合四分；没有规模，不到五分。", "4"),
        ("有具名项目，过三分；没有规模，未到四分。", "3.5"),
        ("近四分；仅一处说及，减半分。", "3.5"),
        ("近四分；两处相反，减一分。", "3"),
        ("合二分，另有登记，加半分。", "2.5"),
        ("过四分，开源平台再加半分，不到五分。", "4.5"),  # the half is what is above four
        ("过三分，旧文减半分，取三分。", "3"),
        ("取二分与三分之间。", "2.5"),
        ("取二分与三分之一。", "2"),
        ("显卡可切分，按分钟计费，有十分把握。", None),
        ("", None),
    ],
)
def test_points_are_read_from_words(text, points):
    assert POINTS.given(text) == (None if points is None else Decimal(points))


def test_without_a_register_nothing_is_read():
    assert Points().given("合四分") is None
