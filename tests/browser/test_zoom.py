"""Zoomed to 400 %, where a screen holds 320 by 256 pixels of the page: everything can be read."""

from __future__ import annotations

from selenium.webdriver.common.keys import Keys

ZOOMED = (320, 256)
ROOM = "return document.querySelector(arguments[0]).clientHeight"
LINES = """
return [...document.querySelectorAll(".enlarged [role=tab]")].map((tab) => {
  const range = document.createRange();
  range.selectNodeContents(tab);
  return new Set([...range.getClientRects()].map((one) => Math.round(one.top))).size;
});
"""


def test_everything_can_be_read(reader):
    reader.surroundings(ZOOMED)
    assert reader.script("return document.documentElement.scrollWidth") <= ZOOMED[0]
    reader.go("#fact=nw.ai_share")
    assert reader.script(ROOM, "#panel .inside") > 100
    place = "return document.querySelector('main p .traced').getBoundingClientRect().top"
    reader.click("main p [data-fact='nw.ai_share']")
    assert 0 <= reader.script(place) < reader.panel.rect["y"] - reader.script("return scrollY")
    reader.press(Keys.ESCAPE)
    reader.seek("宁夏")
    assert reader.sees(lambda: len(reader.all(".results button")) > 5, True)
    assert reader.script(ROOM, ".results") > 100
    reader.press(Keys.ESCAPE, Keys.ESCAPE)
    reader.script("document.querySelectorAll('main .figure-tools > button')[6].click()")
    assert reader.script(LINES) == [1, 1, 1]
    assert reader.script(ROOM, ".enlarged [role=tabpanel]") > 100
    assert reader.find(".enlarged svg.wide").rect["height"] > 150
