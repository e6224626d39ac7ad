"""Chinese lines end at the right edge, and nothing inside a word moves."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
import weasyprint
from fontTools.pens.boundsPen import BoundsPen
from fontTools.ttLib import TTFont
from weasyprint.layout import inline
from weasyprint.text.ffi import ffi

from suyuan.outputs.paper import justify
from tests.code.typeset import (
    FONTS,
    PX,
    characters,
    lay_out,
    line_ends,
    page,
    sample,
    share_within,
)

WEASYPRINT_OWN = inline.justify_line
WEASYPRINT_ALIGN = inline.text_align


@pytest.fixture(autouse=True)
def _enabled(monkeypatch):
    monkeypatch.setattr(inline, "justify_line", WEASYPRINT_OWN)  # undone after the test
    monkeypatch.setattr(inline, "text_align", WEASYPRINT_ALIGN)
    monkeypatch.setattr(justify, "LOOSEST", 1)  # short lines can be worked by hand
    justify.enable()


def places(html):
    """Each character of the first page with its left edge in CSS pixels."""
    return [(char["text"], round(char["x0"] / PX, 1)) for char in characters(lay_out(html))[0]]


# --- the whole sample -------------------------------------------------------------------------

# A5, A4, B5 and a narrow column: each measure breaks the lines elsewhere.
MEASURES = [(148, 10.5), (210, 10.5), (176, 12), (100, 9)]


@pytest.mark.parametrize(("width", "size"), MEASURES)
def test_every_line_of_the_sample_ends_at_the_edge(width, size):
    document = lay_out(sample(width, size))
    ends = line_ends(document)
    assert len(document.pages) >= 6
    assert len(ends) > 70
    assert [end for end in ends if abs(end.beyond) > 2] == []
    assert max(abs(end.beyond) for end in ends) < 0.1


@pytest.mark.parametrize(("width", "size"), MEASURES)
def test_weasyprint_alone_leaves_lines_short(monkeypatch, width, size):
    monkeypatch.setattr(inline, "justify_line", WEASYPRINT_OWN)
    assert share_within(line_ends(lay_out(sample(width, size))), 2) < 0.85


def test_the_sample_reads_the_same_as_without_justification(monkeypatch):
    def text():
        return [[char["text"] for char in chars] for chars in characters(lay_out(sample()))]

    justified = text()
    monkeypatch.setattr(inline, "justify_line", WEASYPRINT_OWN)
    assert justified == text()


def test_writing_a_document_twice_stretches_it_once():
    document = lay_out(sample())
    assert document.write_pdf() == document.write_pdf()


# --- lines worked by hand: 10 px type, so each ideograph is 10 px wide ------------------------


def test_ideographs_share_the_free_width():
    # 64 px hold six of them, 4 px stay free for five gaps: 0.8 each.
    line = places(page("<p>一二三四五六七八", 64))[:6]
    assert line == [
        ("一", 0.0), ("二", 10.8), ("三", 21.6), ("四", 32.4), ("五", 43.2), ("六", 54.0),
    ]  # fmt: skip


def test_a_mark_takes_twice_as_much_on_its_blank_side_and_nothing_on_its_tight_side():
    # 61 px, 1 px free; weights 1, 0, 2, 1, 1: 0.2 a unit.
    line = places(page("<p>一二，三四五六七八", 61))[:6]
    assert line == [
        ("一", 0.0), ("二", 10.2), ("，", 20.2), ("三", 30.6), ("四", 40.8), ("五", 51.0),
    ]  # fmt: skip


def test_a_loose_line_is_stretched_by_weight_first_and_evenly_then():
    # 64 px, 4 px free; a unit of weight ends at 10/16 = 0.625, five of them make 3.125; the
    # other 0.875 go to four gaps, 0.21875 each: 0.84, 0, 1.47, 0.84, 0.84.
    line = places(page("<p>一二，三四五六七八", 64))[:6]
    assert line == [
        ("一", 0.0), ("二", 10.8), ("，", 20.8), ("三", 32.3), ("四", 43.2), ("五", 54.0),
    ]  # fmt: skip


def test_the_blank_half_of_a_final_mark_hangs_out():
    # 60 of 64 px are set; with the 5 px that hang out, 9 px go to four gaps: 2.25 each. The mark
    # starts at 59, so its left half ends at 64.
    line = places(page("<p>一二三四五。六七八", 64))[:6]
    assert line == [
        ("一", 0.0), ("二", 12.2), ("三", 24.5), ("四", 36.8), ("五", 49.0), ("。", 59.0),
    ]  # fmt: skip


def test_a_final_mark_hangs_out_of_a_full_line_too():
    # All of 60 px are set; the 5 px that hang out go to four gaps, 1.25 each.
    line = places(page("<p>一二三四五。六七八九十一", 60))[:6]
    assert line == [
        ("一", 0.0), ("二", 11.2), ("三", 22.5), ("四", 33.8), ("五", 45.0), ("。", 55.0),
    ]  # fmt: skip


def test_lines_beside_a_float_end_at_the_float():
    float_ = '<div style="float: right; width: 36px; height: 30px"></div>'
    line = places(page(f"{float_}<p>一二三四五六七八九十一二三四五六", 100))[:6]
    assert [x for _, x in line] == [0.0, 10.8, 21.6, 32.4, 43.2, 54.0]


def test_gaps_cross_inline_elements():
    body = '<p>一<strong>二</strong><data value="3">三</data><a href="#x" id="x">四</a>五六七八'
    line = places(page(body, 64))[:6]
    assert [x for _, x in line] == [0.0, 10.8, 21.6, 32.4, 43.2, 54.0]


def test_an_inline_block_counts_as_an_ideograph():
    body = '<p>一<span style="display: inline-block">二</span>三四五六七八'
    line = places(page(body, 64))[:6]
    assert [x for _, x in line] == [0.0, 10.8, 21.6, 32.4, 43.2, 54.0]


def test_a_letter_with_a_mark_counts_once():
    # Letter and mark are two glyphs of one cluster; the gap before them must not come twice.
    glyphs = [SimpleNamespace(geometry=SimpleNamespace(width=0)) for _ in "一x\u0304"]
    string = SimpleNamespace(num_glyphs=3, log_clusters=[0, 3, 3], glyphs=glyphs)
    item = SimpleNamespace(offset=0, length=6)
    run = SimpleNamespace(data=SimpleNamespace(item=item, glyphs=string), next=ffi.NULL)
    justify._stretch_glyphs(SimpleNamespace(runs=run), {3: 1.0}, 10)
    # 1 px is 100 thousandths of 10 px; with the half on top 1.005 px, 1029 units of Pango.
    assert [glyph.geometry.width for glyph in glyphs] == [1029, 0, 0]


def test_words_numbers_and_dashes_stay_whole():
    body = "<p>第 RoCEv2——0.125 三四五六七八"
    stretched = places(page(body, 111))[:16]
    natural = places(page(body, 111, "p { text-align: left !important }"))[:16]
    grown, shift = "", 0.0
    for (text, x), (_, x_natural) in zip(stretched, natural, strict=True):
        if x - x_natural > shift + 0.2:
            grown, shift = grown + "|", x - x_natural
        grown += text
    assert grown == "第 |RoCEv2|——|0.125 |三"  # the double dash is a single glyph


def test_a_note_number_clings_to_its_word():
    line = places(page("<p>一二<sup style='font-size:6px'>3</sup>四五六七八九", 59))
    assert line[1][1] + 10 == pytest.approx(line[2][1], abs=0.06)


def test_contextual_punctuation_survives():
    # 》 gives up its blank half before 、 (chws), so the next mark starts half an em after it.
    line = dict(places(page("<p>一二》、三四五六七八", 58)))
    assert line["、"] - line["》"] == pytest.approx(5, abs=0.06)


def test_a_lone_word_is_left_alone():
    body = "<p>supercalifragilistic 一二三四五六七八九十一"  # a word of 84.9 px
    word = places(page(body, 86))[:20]
    assert "".join(text for text, _ in word) == "supercalifragilistic"
    assert word == places(page(body, 86, "p { text-align: left !important }"))[:20]


def test_last_lines_keep_their_width():
    assert places(page("<p>一二三", 64)) == [("一", 0.0), ("二", 10.0), ("三", 20.0)]


def test_right_to_left_text_is_left_alone():
    # WeasyPrint sets this line flush right and leaves it unstretched.
    line = places(page('<p dir="rtl">一二三四五六七八', 64))[:6]
    assert [x for _, x in line] == [4.0, 14.0, 24.0, 34.0, 44.0, 54.0]


# --- weights ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "after", "weight"),
    [
        ("han", "han", 1), ("han", "word", 1), ("word", "han", 1), ("word", "word", 0),
        ("space", "han", 4), ("space", "word", 4), ("han", "space", 0), ("closing", "space", 0),
        ("closing", "han", 2), ("han", "opening", 2), ("closing", "opening", 2),
        ("han", "closing", 0), ("word", "closing", 0), ("opening", "han", 0),
        ("closing", "closing", 0), ("opening", "opening", 0),
    ],
)  # fmt: skip
def test_gap_weight(before, after, weight):
    tokens = [justify.Token(None, 0, kind, 10) for kind in (before, after)]
    assert justify.gap_weight(*tokens) == weight


@pytest.mark.parametrize("font", sorted(FONTS.glob("*.ttf")), ids=lambda path: path.stem)
def test_closing_marks_are_drawn_in_the_left_half_of_an_em(font):
    face = TTFont(font)
    glyphs, names, em = face.getGlyphSet(), face.getBestCmap(), face["head"].unitsPerEm
    for mark in justify.CLOSING:
        pen = BoundsPen(glyphs)
        glyphs[names[ord(mark)]].draw(pen)
        assert glyphs[names[ord(mark)]].width == em, mark
        assert pen.bounds[2] <= em / 2, mark


# --- switching on -----------------------------------------------------------------------------


def test_enabling_twice_changes_nothing():
    justify.enable()
    justify.enable()
    assert inline.justify_line is justify.justify_line


def test_another_weasyprint_is_refused(monkeypatch):
    monkeypatch.setattr(inline, "justify_line", WEASYPRINT_OWN)
    monkeypatch.setattr(weasyprint, "__version__", "70.1")
    with pytest.raises(justify.UnsupportedWeasyPrint, match=r"70\.0.*70\.1"):
        justify.enable()
    assert inline.justify_line is WEASYPRINT_OWN


def test_a_line_whose_letters_would_seem_spaced_is_ragged(monkeypatch):
    # 64 px hold six ideographs; the word does not fit, 14 px would go to four gaps
    html = "<p>一二三四五ABCDEFG六七八"
    assert places(page(html, 64))[4][1] > 50
    monkeypatch.setattr(justify, "LOOSEST", 8)
    assert places(page(html, 64))[:5] == [
        ("一", 0.0), ("二", 10.0), ("三", 20.0), ("四", 30.0), ("五", 40.0),
    ]  # fmt: skip
