"""Colours: tints, text that reads on them, and their counterparts on a dark screen."""

from __future__ import annotations

from itertools import combinations

import pytest

from suyuan.figures import paint

BASIC = (*paint.PALETTE, paint.MUTED, paint.RULE, paint.BAND, paint.TEXT, paint.WHITE)


def test_a_tint_is_mixed_with_white():
    assert paint.tint("#0B2E4F", 0) == "#FFFFFF"
    assert paint.tint("#0B2E4F", 1) == "#0B2E4F"
    assert paint.tint("#000000", 0.2) == "#CCCCCC"  # 255 · 0.8 = 204


@pytest.mark.parametrize(
    ("colour", "ink"), [(paint.INK, "#FFFFFF"), (paint.WINE, "#FFFFFF"), (paint.MIST, paint.TEXT)]
)
def test_text_reads_on_its_colour(colour, ink):
    assert paint.contrast(colour) == ink


def test_contrast_is_that_of_wcag():
    assert paint.ratio("#000000", "#FFFFFF") == pytest.approx(21)
    assert paint.ratio("#767676", "#FFFFFF") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("colour", [paint.INK, paint.TEAL])
def test_text_reads_on_every_shade(colour):
    shades = [paint.filled(colour, n / 50) for n in range(51)]
    assert all(paint.ratio(paint.contrast(shade), shade) >= paint.READABLE for shade in shades)
    brightness = [paint.luminance(shade) for shade in shades]
    assert brightness == sorted(brightness, reverse=True)  # more is darker still


def test_paper_and_ink_change_places_in_the_dark():
    assert paint.ratio(paint.at_night(paint.WHITE), paint.NIGHT) < 1.05
    assert paint.luminance(paint.at_night(paint.TEXT)) > 0.7


@pytest.mark.parametrize(("one", "other"), list(combinations(BASIC, 2)))
def test_two_colours_are_as_far_apart_in_the_dark(one, other):
    light = paint.ratio(one, other)
    dark = paint.ratio(paint.at_night(one), paint.at_night(other))
    assert dark == pytest.approx(light, rel=0.03)


# What protanopes and deuteranopes see of a colour: weights of linear light (Viénot 1999).
PROTAN = ((0.1124, 0.8876, 0.0), (0.1124, 0.8876, 0.0), (0.0040, -0.0040, 1.0))
DEUTAN = ((0.2928, 0.7072, 0.0), (0.2928, 0.7072, 0.0), (-0.0223, 0.0223, 1.0))


def seen(colour, eye):
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return [sum(w * p for w, p in zip(row, linear, strict=True)) for row in eye]


@pytest.mark.parametrize("light", [str, paint.at_night], ids=["light", "dark"])
def test_neighbours_of_the_palette_are_told_apart_in_grey_and_by_any_eye(light):
    colours = [light(colour) for colour in paint.PALETTE]
    for one, other in combinations(colours, 2):
        assert paint.ratio(one, other) > 1.25, (one, other)
        for eye in (PROTAN, DEUTAN):
            apart = max(abs(a - b) for a, b in zip(seen(one, eye), seen(other, eye), strict=True))
            assert apart > 0.02, (one, other)
