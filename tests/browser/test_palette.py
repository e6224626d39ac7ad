"""The palette finds anything the page says, in any writing."""

from __future__ import annotations

import pytest
from selenium.webdriver.common.keys import Keys

from tests.browser.reader import PHONE, Reader


def look_for(reader: Reader, text: str) -> list[str]:
    """What is listed for a text, the palette being open or not."""
    reader.seek(text)
    return [button.text for button in reader.all(".results button:not(.more)")]


@pytest.mark.parametrize(
    ("written", "first"),
    [
        ("60.0%", "数值 西北 智算占比 60.0%"),
        ("６０．０％", "数值 西北 智算占比 60.0%"),
        ("131.0", "数值 宁夏 算力总规模 131.0 EFLOPS"),
        ("131.0 EFLOPS 宁夏", "数值 宁夏 算力总规模 131.0 EFLOPS"),
        ("shaanxi.ai_compute ", "数值 陕西 智算规模 2.5 EFLOPS"),
        ("observations.csv:43", "数值 宁夏 算力总规模 131.0 EFLOPS"),
        ("甘肃 智算占比", "数值 甘肃 智算占比 69.7%"),  # and not a text that begins with its name
    ],
)
def test_a_number_is_found_in_any_writing(reader, written, first):
    assert look_for(reader, written)[0] == first


def test_headings_captions_sentences_and_locators_are_found(reader):
    assert look_for(reader, "2.10 甘肃")[0].startswith("标题 2.10 甘肃")
    assert look_for(reader, "图 1 ")[0].startswith("图 图 1 ")
    assert look_for(reader, "表 2 ")[0].startswith("表 表 2 ")
    (sentence,) = look_for(reader, "两者不互相替代")
    assert sentence.startswith("正文 …")
    assert any("131.0" in found for found in look_for(reader, "L269"))


def test_all_hits_can_be_listed_and_are_counted(reader):
    look_for(reader, "阿里云")
    shown, _, all_of_them = reader.find(".results-status").text.partition(" / ")
    assert int(shown) == 20 < int(all_of_them)
    reader.click(".results .more")
    assert len(reader.all(".results button:not(.more)")) == 40


def test_what_nothing_matches_is_said(reader):
    assert look_for(reader, "没有这样的词") == []
    assert reader.find(".results-status").text == "没有匹配的内容"


def test_a_filter_lists_what_calls_for_caution(reader):
    reader.press("/")
    reader.find("#palette [data-flag=forecast]").click()
    forecasts = int(reader.find(".results-status").text.partition(" / ")[2])
    assert 0 < forecasts < 1000
    reader.find("#palette [data-flag=weak]").click()
    both = int(reader.find(".results-status").text.partition(" / ")[2] or 0)
    assert both < forecasts


def test_a_result_opens_its_panel_in_its_place_and_the_focus_stays_there(reader):
    look_for(reader, "60.0%")
    reader.press(Keys.ENTER)
    assert reader.sees(lambda: reader.value, "60.0%")
    assert not reader.find("#palette").is_displayed()
    place = reader.find("main .traced")
    top = reader.script("return arguments[0].getBoundingClientRect().top", place)
    assert 0 < top < 1000
    reader.press(Keys.ESCAPE)
    assert reader.focus.get_attribute("data-fact") == "nw.ai_share"


def test_the_palette_is_shut_by_escape_and_leaves_the_page_as_it_was(reader):
    look_for(reader, "甘肃")
    reader.press(Keys.ESCAPE, Keys.ESCAPE)
    assert reader.sees(lambda: reader.find("#palette").is_displayed(), False)
    assert not reader.panel.is_displayed()
    assert reader.fragment == ""


def test_on_a_phone_a_button_is_always_at_hand(reader):
    reader.surroundings(PHONE)
    reader.script("scrollTo(0, 20000)")
    reader.find(".corner .seek").click()
    assert reader.find("#search").is_displayed()


def test_escape_shuts_what_lies_in_front_and_leaves_the_rest(reader):
    reader.go("#fact=nw.ai_share")
    reader.seek("北京")
    reader.press(Keys.ESCAPE)  # which empties the box
    assert reader.panel.is_displayed()
    reader.press(Keys.ESCAPE)
    assert reader.sees(reader.find("#palette").is_displayed, False)
    assert reader.panel.is_displayed()
    box = next(one for one in reader.all(".narrowing input") if one.is_displayed())
    box.send_keys("北京")
    box.send_keys(Keys.ESCAPE)
    assert reader.panel.is_displayed()
    box.send_keys(Keys.ESCAPE)  # there is nothing in it
    assert not reader.panel.is_displayed()
