"""Lines of Chinese text."""

from __future__ import annotations

import pytest

from suyuan.figures.wrap import CLOSING, OPENING, height_of, width_of, wrapped

TEN = 10 * 7 / 72  # inches of ten Chinese characters in 7 points


def test_a_line_holds_as_many_characters_as_fit():
    assert wrapped("甲" * 25, TEN, 7) == ["甲" * 10, "甲" * 10, "甲" * 5]


def test_no_line_begins_with_a_closing_mark_or_ends_with_an_opening_one():
    text = "甲乙丙丁戊己庚辛壬癸，（子丑寅卯辰巳午未申酉）。戌亥"
    lines = wrapped(text, TEN, 7)
    assert "".join(lines) == text
    assert not any(line[0] in CLOSING or line[-1] in OPENING for line in lines)


def test_a_latin_word_stays_whole():
    assert wrapped("甲乙丙丁戊己 CloudMatrix 庚", TEN, 7)[1].startswith("CloudMatrix")


def test_a_word_longer_than_a_line_has_one_of_its_own():
    assert wrapped("甲ABCDEFGHIJKLMNOPQRSTUVWXYZ乙", TEN, 7) == [
        "甲",
        "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
        "乙",
    ]


def test_lengths_are_in_inches():
    assert width_of("甲甲", 36) == pytest.approx(1.0)  # 2 · 36/72
    assert width_of("ab", 36) == pytest.approx(0.6)  # 2 · 0.6 · 36/72
    assert height_of(2, 36, leading=1.5) == pytest.approx(1.5)
