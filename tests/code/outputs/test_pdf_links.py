"""Links of the PDF read back: what leads to one value may stand in any order."""

from __future__ import annotations

from collections import Counter

import pytest

from suyuan.outputs.verification.pdf import _made_of


@pytest.mark.parametrize(
    ("text", "whole"),
    [("22二十二", True), ("二十二22", True), ("22二十", False), ("2222", False), ("", False)],
)
def test_links_to_one_value_may_stand_in_another_order(text, whole):
    assert _made_of(text, Counter(["22", "二十二"])) == whole


def test_a_piece_may_begin_another():
    assert _made_of("221222", Counter(["22", "22", "12"])) is True
    assert _made_of("12212", Counter(["12", "122"])) is True
    assert _made_of("12222", Counter(["12", "122"])) is False
