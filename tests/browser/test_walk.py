"""A walk for a reviewer's first minute: stops found in the data, by keyboard and on a phone."""

from __future__ import annotations

import pytest
from selenium.webdriver.common.keys import Keys

from tests.browser.reader import PHONE, WIDE, Reader

SEEN = """
const place = document.querySelector(":is(header, main) .traced").getBoundingClientRect();
const [bar, sheet] = [".walk", "#panel"]
  .map((one) => document.querySelector(one).getBoundingClientRect());
const free = sheet.top > 0 ? sheet.top : innerHeight;
return place.bottom > bar.bottom && place.top < free && place.left < innerWidth;
"""


def walked(reader: Reader) -> str:
    return reader.find(".walk p").text


def fact_of(reader: Reader) -> str:
    """The value that the address names."""
    return reader.fragment.removeprefix("#fact=")


def begin(reader: Reader) -> None:
    reader.seek("导览")
    reader.press(Keys.ENTER)


@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["wide", "phone"])
def test_each_stop_says_why_and_is_in_sight(reader, size):
    reader.surroundings(size)
    begin(reader)
    count = walked(reader).split(" ")[2]
    assert 5 <= int(count) <= 8
    titles = []
    for at in range(1, int(count) + 1):
        assert walked(reader).startswith(f"{at} / {count} ")
        assert walked(reader).endswith("。")
        assert reader.panel.is_displayed()
        assert reader.script(SEEN), walked(reader)
        titles.append(reader.about["值编号"])
        if at < int(count):
            assert reader.focus.text == "下一处"
            reader.press(Keys.ENTER)
    assert len(set(titles)) == int(count)
    assert reader.focus.text == "上一处"  # there is no next
    reader.press(Keys.ENTER)
    assert walked(reader).startswith(f"{int(count) - 1} / ")


def test_escape_ends_it_and_leaves_the_focus_where_the_reader_is(reader):
    begin(reader)
    assert reader.find(".walk").is_displayed()
    reader.press(Keys.ESCAPE)
    assert not reader.find(".walk").is_displayed()
    assert not reader.panel.is_displayed()
    assert reader.focus.get_attribute("data-fact") or reader.focus.get_attribute("data-claim")
    reader.click(".page-tools button:last-of-type")
    reader.find(".walk button:last-child").click()
    assert not reader.find(".walk").is_displayed()
    reader.press(Keys.ESCAPE)  # the panel is still there to be read
    assert reader.sees(reader.panel.is_displayed, False)


def test_it_goes_along_with_the_history_and_ends_before_its_beginning(reader):
    begin(reader)
    reader.press(Keys.ENTER)
    reader.press(Keys.ENTER)
    for stop in (2, 1):
        reader.driver.back()
        assert reader.sees(lambda: walked(reader)[:3], f"{stop} /")
        assert reader.about["值编号"] == fact_of(reader)
    reader.driver.forward()
    assert reader.sees(lambda: walked(reader)[:3], "2 /")
    reader.driver.back()
    reader.driver.back()
    assert reader.sees(reader.find(".walk").is_displayed, False)
    assert not reader.panel.is_displayed()


def test_the_bar_is_named_and_not_printed(reader):
    begin(reader)
    bar = reader.find(".walk")
    assert (bar.aria_role, bar.accessible_name) == ("region", "一分钟导览")
    reader.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    try:
        assert not bar.is_displayed()
    finally:
        reader.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})
