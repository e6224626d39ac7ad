"""The contents beside the text find headings and values."""

from __future__ import annotations

from selenium.webdriver.common.keys import Keys

from tests.browser.reader import Reader


def headings(reader: Reader) -> list[str]:
    shown = (link for link in reader.all(".contents > ol a") if link.is_displayed())
    return [link.text for link in shown]


def results(reader: Reader) -> list[str]:
    return [button.text for button in reader.all(".results button")]


def look_for(reader: Reader, text: str) -> None:
    box = reader.find("#search")
    box.clear()
    box.send_keys(text)


def test_headings_are_sifted_and_come_back(reader):
    before = headings(reader)
    assert len(before) > 8
    look_for(reader, "政策")
    found = headings(reader)
    assert 0 < len(found) < len(before)
    assert any("政策" in heading or "主线" in heading for heading in found)
    reader.find("#search").send_keys(Keys.BACKSPACE * 2)
    assert headings(reader) == before
    assert results(reader) == []


def test_a_printed_number_is_found_exact_ones_first(reader):
    look_for(reader, "60.0%")
    assert results(reader)[0] == "西北 智算占比 60.0%"
    look_for(reader, "131.0")
    assert results(reader)[0] == "宁夏 算力总规模 131.0 EFLOPS"


def test_a_value_is_found_by_its_name_and_id(reader):
    look_for(reader, "陕西 智算规模")
    assert any("2.5 EFLOPS" in result for result in results(reader))
    look_for(reader, "shaanxi.ai_compute")
    assert any("2.5 EFLOPS" in result for result in results(reader))


def test_a_result_opens_its_panel_in_its_place(reader):
    look_for(reader, "60.0%")
    reader.click(".results button")
    assert reader.sees(lambda: reader.value, "60.0%")
    place = reader.find("main .traced")
    top = reader.script("return arguments[0].getBoundingClientRect().top", place)
    assert 0 < top < 1000
    reader.press(Keys.ESCAPE)
    assert reader.focus.get_attribute("data-fact") == "nw.ai_share"


def test_what_nothing_matches_is_said(reader):
    look_for(reader, "没有这样的词")
    assert results(reader) == []
    assert headings(reader) == []
    assert reader.find(".results-status").text == "没有匹配的标题或数值"


def test_links_of_the_contents_lead_to_sections(reader):
    link = reader.all(".contents li li a")[1]
    target = link.get_attribute("hash")
    link.click()
    assert reader.sees(lambda: reader.fragment, target)
    assert not reader.panel.is_displayed()


def test_a_reference_leads_to_its_figure(reader):
    reference = next(link for link in reader.all("main a.see") if "图" in link.text)
    assert (
        reference.text == reader.find("main figcaption [data-ordinal]").text
    )  # the first is first
    reader.click("main a.see[href^='#fig-']")
    anchor = reference.get_attribute("href").partition("#")[2]
    caption = reader.find(f"figure:has(#{anchor}) figcaption")

    def top() -> float:
        return reader.script("return arguments[0].getBoundingClientRect().top", caption)

    assert reader.sees(lambda: reader.fragment, f"#{anchor}")
    assert reader.until(top, lambda shown: 0 <= shown < 100) < 100
