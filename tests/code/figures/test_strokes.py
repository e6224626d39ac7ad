"""What an SVG leaves unsaid: the same strokes, in fewer signs."""

from __future__ import annotations

import pytest

from suyuan.figures import strokes


@pytest.mark.parametrize(
    ("long", "short"),
    [
        ("M 1 2 L 3 2 L 3 4 L 1 4 z", "M1 2H3V4H1z"),  # a box
        ("M 1 2 L 3 4 L 5 7", "M1 2 3 4 5 7"),  # a line after a move is not said
        ("M 1 2 L 3 2 L 5 7", "M1 2H3L5 7"),  # after a level stroke it is
        ("M 1 2 M 3 4 L 5 6", "M1 2M3 4 5 6"),  # a second move is no line
        ("M 1 2 C 1 2 3 4 5 6 L 5 9", "M1 2C1 2 3 4 5 6V9"),
        ("M 1 2 L 3 4 z M 3 4 L 3 4", "M1 2 3 4zM3 4H3"),
    ],
)
def test_a_path_goes_where_it_went(long, short):
    assert strokes.path(long) == short
