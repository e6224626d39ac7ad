"""Colours: tints, and text that reads on them."""

from __future__ import annotations

import pytest

from suyuan.figures import theme


def test_a_tint_is_mixed_with_white():
    assert theme.tint("#0B2E4F", 0) == "#FFFFFF"
    assert theme.tint("#0B2E4F", 1) == "#0B2E4F"
    assert theme.tint("#000000", 0.2) == "#CCCCCC"  # 255 · 0.8 = 204


@pytest.mark.parametrize(
    ("colour", "ink"), [(theme.INK, "#FFFFFF"), (theme.WINE, "#FFFFFF"), (theme.MIST, theme.TEXT)]
)
def test_text_reads_on_its_colour(colour, ink):
    assert theme.contrast(colour) == ink
