"""On a phone long registers show their first rows; whatever leads into the others opens them."""

from __future__ import annotations

from selenium.webdriver.common.keys import Keys

from tests.browser.reader import PHONE, WIDE, Reader
from tests.browser.test_paper import media

SOURCES = "#tab-sources"
SHOWN = """
return [...document.querySelectorAll(`${arguments[0]} tbody tr`)]
  .filter((row) => row.getClientRects().length).length;
"""
CARDS = "return document.querySelector(arguments[0]).matches('.cards')"
HIGHEST = 130_000  # pixels; unfolded the registers alone are 75,000


def on_phone(reader: Reader) -> None:
    reader.surroundings(PHONE)
    assert reader.sees(lambda: reader.script(CARDS, SOURCES), True)


def rows(reader: Reader) -> int:
    return reader.script(SHOWN, SOURCES)


def test_a_register_is_folded_on_a_phone_and_nowhere_else(reader):
    every = rows(reader)
    assert every > 100
    assert not reader.find(f"{SOURCES} .unfold").is_displayed()
    on_phone(reader)
    assert rows(reader) == 4
    assert reader.script("return document.documentElement.scrollHeight") < HIGHEST
    (button,) = reader.all(f"{SOURCES} .unfold")
    assert button.text == f"展开其余 {every - 4} 行"
    with media(reader, media="print"):
        assert rows(reader) == every
        assert not button.is_displayed()
    reader.surroundings(WIDE)
    assert reader.sees(lambda: rows(reader), every)


def test_it_opens_and_shuts_by_keyboard(reader):
    on_phone(reader)
    button = reader.find(f"{SOURCES} .unfold")
    reader.script("arguments[0].focus()", button)
    reader.press(Keys.ENTER)
    assert rows(reader) > 100
    assert reader.focus.find_element("css selector", "th").text == "S5"
    assert (button.text, button.get_attribute("aria-expanded")) == ("收起", "true")
    reader.script("arguments[0].focus()", button)
    reader.press(Keys.SPACE)
    assert rows(reader) == 4
    top = reader.script("return arguments[0].getBoundingClientRect().top", button)
    assert 0 < top < PHONE[1]


def last_value(reader: Reader) -> str:
    return reader.all(f"{SOURCES} tbody tr:last-child [data-fact]")[-1].get_attribute("data-fact")


def test_a_link_a_result_an_arrow_and_a_word_open_it(reader):
    on_phone(reader)
    fact = last_value(reader)
    place = f"{SOURCES} [data-fact='{fact}']"
    shut = "document.querySelector(arguments[0]).click()"
    for leads in ("link", "anchor", "result", "arrow", "word"):
        assert rows(reader) == 4, leads
        if leads == "link":
            reader.go(f"#fact={fact}")
            reader.press(Keys.ESCAPE)
        elif leads == "anchor":
            reader.script("document.querySelector(arguments[0]).id = 'far'", place)
            reader.script("location.hash = '#far'")
            assert reader.sees(lambda: rows(reader) > 100, True)
            reader.script("document.querySelector(arguments[0]).removeAttribute('id')", place)
        elif leads == "result":
            reader.seek(fact)
            reader.press(Keys.ENTER)
            assert reader.sees(lambda: reader.find(place).is_displayed(), True)
            reader.press(Keys.ESCAPE)
        elif leads == "arrow":
            first = f"{SOURCES} tbody tr [tabindex]"
            reader.script("document.querySelector(arguments[0]).focus()", first)
            reader.press(Keys.END)
            assert reader.focus.get_attribute("data-fact") == fact
        else:
            reader.find(f".narrowing:has(+ {SOURCES}) input").send_keys("S10")
            assert reader.sees(lambda: rows(reader) > 8, True)
            reader.find(f".narrowing:has(+ {SOURCES}) input").send_keys(*[Keys.BACKSPACE] * 3)
            continue
        assert reader.sees(lambda: rows(reader) > 100, True), leads
        reader.script(shut, f"{SOURCES} .unfold")
