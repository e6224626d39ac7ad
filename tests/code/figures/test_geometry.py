"""Every kind keeps its words and marks within the drawing and apart, however long, however many."""

from __future__ import annotations

from importlib import import_module

import pytest
from matplotlib.text import Text

from suyuan.figures import paint, theme
from suyuan.figures.kind import kind_names, kind_of
from suyuan.figures.svg import marks_of, to_svg
from tests.code.figures.drawing import COUNTS, NAMES, crowded, lettered, outside

WIDTHS = (theme.WIDTH_INCHES, theme.NARROW_INCHES)
PHONE = 320  # pixels that a drawing has on a telephone
every_kind = pytest.mark.parametrize("name", kind_names())


def drawings(name, long, count):
    """The kind with so many items of such names, at both widths."""
    given = import_module(f"tests.code.figures.kinds.test_{name}").many(long, count)
    return [kind_of(name).draw(given, width) for width in WIDTHS]


SIZES = [
    pytest.param(long, count, marks=() if (n + at) % 2 == 0 else pytest.mark.slow)
    for n, long in enumerate(NAMES)
    for at, count in enumerate(COUNTS)
]


@every_kind
@pytest.mark.parametrize(("long", "count"), SIZES)
def test_nothing_is_cut_off_and_nothing_collides(name, long, count):
    for figure, width in zip(drawings(name, long, count), WIDTHS, strict=True):
        assert figure.get_size_inches()[0] <= width + 1e-9
        assert crowded(figure) == []
        assert outside(figure) == []


@every_kind
def test_both_drawings_show_the_same_values_in_letters_to_be_read(name):
    wide, narrow = drawings(name, NAMES[1], 5)
    shown = [{fact for fact, _ in marks_of(to_svg(figure, "fig"))} for figure in (wide, narrow)]
    assert shown[0] == shown[1]
    least = min(text.get_fontsize() for text in narrow.findobj(Text) if text.get_text())
    across = 72 * narrow.get_size_inches()[0]
    assert least * PHONE / across >= 11


@every_kind
def test_words_can_be_read_on_what_is_behind_them(name):
    for figure in drawings(name, NAMES[0], 5):
        for said, ink, ground in lettered(figure):
            assert paint.ratio(ink, ground) >= paint.READABLE, (said, ink, ground)
            dark = paint.ratio(paint.at_night(ink), paint.at_night(ground))
            assert dark >= paint.READABLE - 0.05, (said, ink, ground)
