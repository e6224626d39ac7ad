"""Lines break where Chinese allows it, and names, numbers and last words stay whole."""

from __future__ import annotations

import pytest
from weasyprint.layout import inline, preferred
from weasyprint.text import line_break

from suyuan.outputs.paper import breaking
from tests.code.typeset import characters, lay_out, page


@pytest.fixture(autouse=True)
def _enabled(monkeypatch):
    monkeypatch.setattr(line_break.Layout, "set_text", line_break.Layout.set_text)
    for module in (inline, preferred):
        monkeypatch.setattr(module, "can_break_text", module.can_break_text)
    monkeypatch.setattr(breaking, "_enabled", list(breaking._enabled))
    breaking.enable(["阿里云", "中国信息通信研究院"])
    yield
    breaking.tied.cache_clear()


def lines(body: str, width_px: float) -> list[str]:
    """The lines of a page this wide in 10 px type, as its PDF shows them."""
    (chars,) = characters(lay_out(page(body, width_px, "p { text-align: left }")))
    found: dict[float, str] = {}
    for char in sorted(chars, key=lambda c: (round(c["top"]), c["x0"])):
        found[round(char["top"])] = found.get(round(char["top"]), "") + char["text"]
    return [text.strip() for text in found.values()]


@pytest.mark.parametrize("mark", "—…·～／、。：）》」”")
def test_no_line_begins_with(mark):
    assert lines(f"<p>一二三四五{mark}六七八九十", 52)[0] == "一二三四"


@pytest.mark.parametrize("mark", "（《「“")
def test_no_line_ends_with(mark):
    assert lines(f"<p>一二三四{mark}五六七八九十", 52)[0] in ("一二三四", "一二三")


@pytest.mark.parametrize("mark", "—…·）。")
def test_nor_where_the_mark_begins_another_box(mark):
    assert lines(f"<p>一二三四<a>五</a>{mark}六七八九十", 52)[0] == "一二三四"


def test_a_name_is_not_cut():
    assert lines("<p>一二三阿里云四五六", 52) == ["一二三", "阿里云四", "五六"]


def test_a_name_longer_than_a_column_may_be_cut():
    assert lines("<p>中国信息通信研究院", 52)[0] == "中国信息通"


def test_a_number_keeps_its_unit_and_its_sign():
    assert lines("<p>一二三四 31 家五六七", 62) == ["一二三四", "31 家五六七"]
    assert lines("<p>一二三四 ≥ 31 五六七", 62)[0] == "一二三四"
    assert lines("<p>一二 316.8 EFLOPS 三四", 72)[0] == "一二"


def test_a_number_in_a_box_of_its_own_keeps_its_unit():
    assert lines("<p>一二三四 <a>31</a> 家五六七", 62) == ["一二三四", "31 家五六七"]


def test_a_hyphenated_word_is_not_cut():
    assert lines("<p>一二 SU-3000 三四五", 52)[0] == "一二"


def test_the_last_line_has_two_characters():
    assert lines("<p>一二三四五六。", 52) == ["一二三四", "五六。"]
    assert lines("<p>一二三四五六", 52) == ["一二三四", "五六"]


def test_references_stay_with_the_stop_before_them():
    reference = '<span style="white-space: nowrap">[E1]</span>'
    assert lines(f"<p>一二三四五六。{reference}", 76) == ["一二三四", "五六。[E1]"]
    assert lines(f"<p>一二三四五、{reference}", 66) == ["一二三四五、", "[E1]"]


def test_no_character_is_added():
    text = "一二三四 31 家，阿里云——五六。"
    assert "".join(lines(f"<p>{text}", 52)).replace(" ", "") == text.replace(" ", "")
