"""The keyboard alone gets to any number, into its panel, and back."""

from __future__ import annotations

from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from tests.browser.reader import Reader

LIMIT = 300  # tab stops before giving up


def tab_into(reader: Reader, selector: str) -> None:
    """Tab until the focus is inside an element."""
    inside = "return Boolean(document.activeElement.closest(arguments[0]))"
    for _ in range(LIMIT):
        if reader.script(inside, selector):
            return
        reader.press(Keys.TAB)
    raise AssertionError(f"{LIMIT} tab stops, and none in {selector}")


def enter(reader: Reader, selector: str) -> None:
    """The same from the section that it is in, to which the contents lead: it is a short way."""
    outer = "return document.querySelector(arguments[0]).closest('.section').id"
    section = reader.script(outer, selector)
    reader.find(f"nav.contents a[href='#sec-{section}']").send_keys(Keys.ENTER)
    assert reader.sees(lambda: reader.fragment, f"#sec-{section}")
    tab_into(reader, selector)


def test_the_first_stop_skips_to_the_text(reader):
    reader.press(Keys.TAB)
    assert reader.focus.text == "跳到正文"
    assert reader.focus.is_displayed()
    reader.press(Keys.ENTER)
    assert reader.sees(lambda: reader.fragment, "#main")
    reader.press(Keys.TAB)
    assert reader.script("return Boolean(document.activeElement.closest('main'))")


def test_to_the_total_of_the_table_and_back(reader):
    reader.press(Keys.TAB, Keys.ENTER)
    tab_into(reader, "#tab-tiers")
    reader.press(*[Keys.ARROW_RIGHT] * len(reader.all("#tab-tiers caption [tabindex]")))
    first = reader.focus
    assert first.get_attribute("data-fact") == "subjects.name.ningxia"
    reader.press(Keys.ARROW_RIGHT, Keys.ARROW_RIGHT, Keys.ARROW_RIGHT)
    assert reader.focus.get_attribute("data-fact") == "ningxia.compute_total"
    reader.press(*[Keys.ARROW_DOWN] * 5)
    total = reader.focus
    assert total.get_attribute("data-fact") == "nw.compute_total"
    assert total.aria_role == "button"
    reader.press(Keys.ENTER)
    assert reader.sees(lambda: reader.value, "316.8 EFLOPS")
    assert len(reader.cells) == 5
    assert reader.script("return document.activeElement.closest('#panel') !== null")
    reader.press(Keys.ESCAPE)
    assert not reader.panel.is_displayed()
    assert reader.focus == total
    assert reader.sees(lambda: reader.fragment, "")
    reader.press(Keys.SPACE)
    assert reader.panel.is_displayed()


def test_to_a_bar_and_back(reader):
    enter(reader, "figure:has(#fig-province_scale)")
    reader.press(Keys.END)  # the numbers of the caption come first
    assert reader.focus.accessible_name == "陕西 智算规模 2.5 EFLOPS"
    reader.press(Keys.ARROW_LEFT)
    bar = reader.focus
    assert bar.accessible_name == "陕西 算力总规模 4.2 EFLOPS"
    reader.press(Keys.ENTER)
    assert reader.sees(lambda: reader.value, "4.2 EFLOPS")
    reader.press(Keys.ESCAPE)
    assert reader.focus == bar


def test_each_group_of_numbers_is_one_stop(reader):
    for selector in ("#tab-tiers", "figure:has(#fig-tier_map)", "#tab-density"):
        found = reader.all(f"{selector} [data-fact][tabindex='0']")
        stops = [stop for stop in found if stop.is_displayed()]  # of two drawings one is hidden
        others = reader.all(f"{selector} [data-fact][tabindex='-1']")
        assert len(stops) == 1, selector
        assert others, selector


def test_a_group_is_entered_again_where_it_was_left(reader):
    enter(reader, "#tab-tiers")
    reader.press(Keys.ARROW_DOWN)
    here = reader.focus
    reader.press(Keys.TAB)
    assert reader.focus != here
    reader.press_back()
    assert reader.focus == here


def test_every_number_of_a_group_is_reached_by_arrows(reader):
    enter(reader, "#tab-tiers")
    seen = []
    for _ in range(100):
        seen.append(reader.focus.id)
        reader.press(Keys.ARROW_RIGHT)
        if reader.focus.id == seen[-1]:
            break
    assert len(set(seen)) == len(reader.all("#tab-tiers [data-fact]"))


def test_the_panel_can_be_walked_and_its_branches_opened(reader):
    reader.click("#tab-tiers tr.total [data-fact='nw.ai_share']")
    reader.press(Keys.TAB)
    for _ in range(20):
        if reader.focus.tag_name == "summary":
            break
        reader.press(Keys.TAB)
    node = reader.focus.find_element(By.XPATH, "..")
    was = node.get_property("open")
    reader.press(Keys.ENTER)
    assert node.get_property("open") is not was


def test_a_claim_is_one_button_and_leads_to_the_numbers_in_it(reader):
    claim = reader.find("main [data-claim='nw.ai_share_leader']")
    assert claim.aria_role == "button"
    assert claim.find_elements(By.CSS_SELECTOR, "[role=button]") == []
    assert "舍入" in claim.accessible_name
    reader.script("arguments[0].focus()", claim)
    reader.press(Keys.ENTER)
    assert len(reader.parents) == 5
    reader.press(Keys.ESCAPE)
    assert reader.focus == claim
