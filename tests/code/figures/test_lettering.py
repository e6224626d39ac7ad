"""Inches of words, from their ems."""

from __future__ import annotations

import pytest

from suyuan.figures.lettering import height_of, widest, width_of, wrapped


def test_width_is_in_inches():
    assert width_of("算力", 9) == pytest.approx(0.25)  # 2 × 9 points of 72 to an inch
    assert widest([], 9) == 0
    assert widest(["算", "算力"], 9) == pytest.approx(0.25)


def test_height_grows_with_lines():
    assert height_of(2, 9) == pytest.approx(2 * 9 * 1.32 / 72)


def test_lines_are_as_long_as_the_room():
    assert wrapped("国家枢纽节点枢纽", 9, 0.5) == ["国家枢纽", "节点枢纽"]  # four ems of an eighth
    assert wrapped("国家", 9, 0.5) == ["国家"]
