"""The contents beside the text lead to sections, and say which is being read."""

from __future__ import annotations

from tests.browser.reader import PHONE, WIDE


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


def test_the_section_being_read_is_marked(reader):
    current = "return document.querySelector('.contents [aria-current]')?.hash"
    reader.script("document.querySelector('#main .section:nth-of-type(2) h2').scrollIntoView()")
    here = "return '#' + document.querySelector('#main .section:nth-of-type(2) h2').id"
    assert reader.sees(lambda: reader.script(current), reader.script(here))


def test_on_a_phone_chapters_keep_their_sections_for_who_asks(reader):
    def shown():
        return [one for one in reader.all(".contents li li") if one.is_displayed()]

    chapters, sections = reader.all(".contents > ol > li"), reader.all(".contents li li")
    assert shown() == sections
    reader.surroundings(PHONE)
    assert shown() == []
    second = chapters[1].find_element("css selector", ".part")
    assert second.accessible_name == f"展开： {chapters[1].find_element('css selector', 'a').text}"
    second.click()
    assert shown() == chapters[1].find_elements("css selector", "li")
    second.click()
    assert shown() == []
    reader.surroundings(WIDE)
    assert shown() == sections
