"""Finding one's way: links to headings, the section being read, and what the page has not."""

from __future__ import annotations

import csv
import io

from tests.browser.reader import PHONE, WIDE
from tests.browser.test_data import arrived, downloads

__all__ = ["downloads"]

UNLINKED = """
return [...document.querySelectorAll("main :is(h1, h2, h3)")].filter((head) => {
  if (head.closest(".explorer")) return false;
  const link = head.querySelector(".anchor");
  const place = link && document.getElementById(decodeURIComponent(link.hash).slice(1));
  return !place || (place !== head && !place.contains(head));
}).map((head) => head.textContent);
"""


def test_each_heading_links_to_itself(reader):
    assert reader.script(UNLINKED) == []
    assert len(reader.all("main .anchor")) > 100
    link = reader.all("#sec-02-06-scale .anchor, [id='02-06-scale'] h3 .anchor")[-1]
    assert link.accessible_name == "链接到此处"
    seen = "return Number(getComputedStyle(arguments[0]).opacity)"
    assert reader.script(seen, link) == 0
    reader.script("arguments[0].focus()", link)
    assert reader.sees(lambda: reader.script(seen, link), 1)
    where = reader.script("return decodeURIComponent(arguments[0].hash)", link)
    reader.open(where)
    top = "return document.getElementById(arguments[0]).getBoundingClientRect().top"
    near = reader.until(lambda: reader.script(top, where[1:]), lambda at: -5 < at < 100)
    assert -5 < near < 100


def test_a_number_that_the_page_has_not_is_told(reader):
    reader.script("location.hash = '#fact=nw.no_such_thing'")
    told = "页中没有这个编号的值： nw.no_such_thing"
    assert reader.sees(lambda: reader.find(".missing").text, told)
    assert reader.find(".missing").aria_role == "status"
    assert not reader.panel.is_displayed()
    reader.go("#fact=nw.ai_share")
    assert reader.sees(lambda: reader.find(".missing").is_displayed(), False)


def test_a_small_screen_says_which_section_is_read(reader):
    reader.surroundings(PHONE)
    reader.script("document.querySelector('#tab-tiers').scrollIntoView()")
    section = reader.find("#contents a[href='#sec-02-06-scale']").get_attribute("textContent")
    assert reader.sees(lambda: reader.find(".corner a").get_attribute("textContent"), section)
    assert reader.find(".corner").rect["width"] <= PHONE[0]


def test_without_scripts_the_page_says_so(reader):
    command = reader.browser.execute_cdp_cmd
    reader.surroundings(WIDE)
    reader.place()
    command("Emulation.setScriptExecutionDisabled", {"value": True})
    try:
        reader.browser.get(reader.path.as_uri())
        said, signs = (
            reader.browser.find_element("css selector", one) for one in (".noscript", ".legend")
        )
        assert said.is_displayed()
        assert said.rect["width"] > WIDE[0] * 0.9
        assert "标" in signs.text
        reader.surroundings(PHONE)
        reader.place()
        page = command("Page.getLayoutMetrics", {})["cssContentSize"]
        assert page["width"] <= PHONE[0]  # tables scroll
    finally:
        command("Emulation.setScriptExecutionDisabled", {"value": False})
        reader.opened = False
        reader.browser.get("about:blank")
    assert not reader.all("noscript .noscript")


def test_a_number_is_taken_with_its_chain(reader, downloads):
    reader.go("#fact=nw.ai_share")
    chain, cite = reader.all("#panel .chain button")
    chain.click()
    text = arrived(reader, downloads / "nw.ai_share.csv").decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    by_id = {row["value_id"]: row for row in rows}
    assert rows[0]["value_id"] == "nw.ai_share"
    assert rows[0]["printed"] == "60.0%"
    assert rows[0]["operation"] == "前项除以后项"
    assert all(one in by_id for row in rows for one in filter(None, row["inputs"].split("; ")))
    raw = [row for row in rows if row["place"]]
    assert len(raw) == 10
    assert all("/observations.csv:" in row["place"] and "[S1]" in row["source"] for row in raw)
    cite.click()
    assert reader.sees(lambda: reader.find("#panel .chain [role=status]").text, "引用已复制")
