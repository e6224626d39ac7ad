"""Two texts as one."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from suyuan.diff.redline import IN, OUT, SAME, alike, joined, redline

TEXTS = st.text(alphabet="甲乙丙12., %ab。", max_size=20)


@given(TEXTS, TEXTS)
def test_both_sides_can_be_read_from_it(before, after):
    pieces = redline(before, after)
    assert (joined(pieces, OUT), joined(pieces, IN)) == (before, after)
    assert all(text for _, text in pieces)


def test_a_number_is_replaced_whole():
    assert redline("为 77.49%。", "为 79.76%。") == [
        [SAME, "为 "], [OUT, "77.49%"], [IN, "79.76%"], [SAME, "。"],
    ]  # fmt: skip


def test_a_lone_word_does_not_break_up_a_change():
    # 于 alone stays the same between two changes.
    assert redline("高于整体甲", "低于全部甲") == [
        [OUT, "高于整体"],
        [IN, "低于全部"],
        [SAME, "甲"],
    ]


def test_likeness_is_of_words():
    assert alike("西北占比超过六成。", "西北占比不足六成。") > 0.7
    assert alike("西北占比超过六成。", "完全不同的一句") < 0.2


def test_a_stop_parts_two_changes():
    assert redline("甲，乙", "丙，丁") == [
        [OUT, "甲"], [IN, "丙"], [SAME, "，"], [OUT, "乙"], [IN, "丁"],
    ]  # fmt: skip
