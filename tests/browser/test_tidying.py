"""The next test finds the page as it was opened, though nobody opens it again."""

from __future__ import annotations

import pytest
from selenium.webdriver.common.keys import Keys

from tests.browser.reader import Reader


def again(reader: Reader) -> Reader:
    """Who comes after this one."""
    reader.leave()
    return Reader(reader.browser, reader.path)


def test_what_a_reader_did_is_undone(reader):
    reader.click("#tab-tiers tr.total [data-fact='nw.compute_total']")
    reader.script("document.querySelectorAll('details').forEach((one) => one.open = true)")
    reader.seek("60")
    following = again(reader)
    assert following.opened
    assert not following.panel.is_displayed()
    assert following.fragment == ""
    assert following.find("#search").get_property("value") == ""
    assert following.all("main details[open], .results button") == []
    following.press(Keys.TAB)
    assert following.focus.text == "跳到正文"


def test_what_a_link_opened_is_undone(reader):
    assert reader.find("main")  # it was seen without before
    reader.open("#fact=nw.ai_share&scenario=market.other:10")
    following = again(reader)
    assert following.opened
    assert not following.panel.is_displayed()
    assert following.fragment == ""
    assert following.all(".traced, #explorer .moved, #explorer.changed") == []


@pytest.mark.parametrize(
    "change",
    ["querySelector('main p').append('x')", "querySelector('#explorer').remove()",
     "querySelector('main [data-fact]').setAttribute('value', '1')"],
)  # fmt: skip
def test_a_page_that_is_another_is_opened_anew(reader, change):
    reader.script(f"document.{change}")
    assert not again(reader).opened
