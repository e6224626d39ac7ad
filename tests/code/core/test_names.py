"""Names that become paths and anchors."""

from __future__ import annotations

import pytest

from suyuan.core.names import is_edition, is_name, nearest


@pytest.mark.parametrize("text", ["2026Q1", "1999Q4", "2026Q1-r2", "2026Q1-r10"])
def test_editions(text):
    assert is_edition(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2026Q5",
        "2026q1",
        "26Q1",
        "2026Q1-r",
        "2026Q1\n",
        "２０２６Q1",
        "$(touch x)",
        "../2026Q1",
    ],
)
def test_what_is_no_edition(text):
    assert not is_edition(text)


def test_names():
    assert all(map(is_name, ("a", "tier_map", "x-2")))
    assert not any(map(is_name, ("", "A", "2a", "a b", "a\n", "a/b", "甲", "a;b", "a" * 65)))


def test_the_nearest_word():
    assert nearest("colums", ("bars", "columns")) == "columns"
    assert nearest("zzz", ("bars", "columns")) == ""
