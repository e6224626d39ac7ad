"""Text in lines."""

from __future__ import annotations

import pytest

from suyuan.figures.wrapping import width, wrapped


@pytest.mark.parametrize(
    ("text", "room", "lines"),
    [
        ("算力", 4, ["算力"]),
        ("绿色算力供给", 4, ["绿色算", "力供给"]),  # two lines either way: about equally long
        ("由CPU、GPU承载", 4.5, ["由CPU、", "GPU承载"]),  # whole words, and no line begins with 、
        ("时延1-3-7-14毫秒", 6, ["时延", "1-3-7-14", "毫秒"]),
        ("接入（枢纽）", 3, ["接入", "（枢", "纽）"]),
        ("SLA and SKU", 3, ["SLA", "and", "SKU"]),
        ("ABCDEFGH", 3, ["ABCD", "EFGH"]),  # longer than a line: broken
        ("", 4, [""]),
    ],
)
def test_lines(text, room, lines):
    found = wrapped(text, room)
    assert found == lines
    assert all(width(line) <= room for line in found)


def test_a_mark_that_closes_is_never_first():
    for room in range(3, 12):
        lines = wrapped("绿证、碳权、计量、计费（含税），须贯通到底层。", room)
        assert "".join(lines) == "绿证、碳权、计量、计费（含税），须贯通到底层。"
        assert not any(line[0] in "、，）。" for line in lines)


def test_a_word_too_long_for_a_line_is_broken_after_a_slash():
    assert wrapped("PaaS/MaaS完备度", 4.2) == ["PaaS/", "MaaS", "完备度"]
    assert wrapped("PaaS", 2) == ["Pa", "aS"]


def test_widths_in_ems():
    # two signs, three small letters at 0.6, a capital at 0.74 and a blank at 0.3
    assert width("算力") == 2
    assert width("abc A") == pytest.approx(2.84)
