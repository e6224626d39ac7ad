"""Colours of drawings on a dark screen."""

from __future__ import annotations

from suyuan.figures.paint import at_night
from suyuan.outputs.screen import night
from suyuan.page.tree import parse_svg

DRAWING = parse_svg('<svg><path fill="#0b2e4f" stroke="none"/><text fill="#1b2733">甲</text></svg>')
OTHER = parse_svg('<svg><path fill="#0b2e4f" stroke="#ffffff"/></svg>')


def test_every_colour_is_found_once_with_what_is_painted_in_it():
    assert night.colours([DRAWING, OTHER]) == [
        ("fill", "#0b2e4f"), ("fill", "#1b2733"), ("stroke", "#ffffff")
    ]  # fmt: skip


def test_a_rule_says_both_colours():
    first, *_ = night.styles([DRAWING]).splitlines()
    dark = at_night("#0b2e4f")
    assert first == f'.graphic [fill="#0b2e4f"] {{ fill: light-dark(#0b2e4f, {dark}); }}'
