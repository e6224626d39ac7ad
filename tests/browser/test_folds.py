"""On a phone tables show their first rows, and parts keep their tables and figures below a heading
that says what was found; whatever leads into them opens them.
"""

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
HIGHEST = 60_000  # pixels; with nothing folded three times as much
FIRST_THERE = """
const home = document.querySelector(arguments[0]);
const printed = (id) => document.querySelector(`:is(header, main) [data-fact="${id}"]`);
return [...home.querySelectorAll("td [data-fact]")].map((one) => one.dataset.fact)
  .find((id) => home.contains(printed(id)));
"""  # a value that is printed nowhere before
LAST = """
return [...document.querySelectorAll(`${arguments[0]} td [data-fact]`)].at(-1).dataset.fact;
"""
AWAY = """
const { top, bottom } = document.querySelector(arguments[0]).getBoundingClientRect();
return (top + bottom - document.querySelector("#panel").getBoundingClientRect().top) / 2;
"""  # from the middle of what the panel leaves free
FIRST = 2  # rows that stand
PARTS = """
const heads = [...document.querySelectorAll("main h3:has(.part)")];
return heads.filter((head) => !head.closest(".explorer")).map((head) => {
  const below = [];
  for (let at = head.nextElementSibling; at && !at.matches("h2, h3"); at = at.nextElementSibling) {
    below.push(at);
  }
  return below.some((one) => one.getClientRects().length && !one.matches(".explorer"));
});
"""


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
    assert rows(reader) == FIRST
    assert reader.script("return document.documentElement.scrollHeight") < HIGHEST
    (button,) = reader.all(f"{SOURCES} .unfold")
    assert button.text == f"展开其余 {every - FIRST} 行"
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
    assert reader.focus.find_element("css selector", "th").text == "S3"
    assert (button.text, button.get_attribute("aria-expanded")) == ("收起", "true")
    reader.script("arguments[0].focus()", button)
    reader.press(Keys.SPACE)
    assert rows(reader) == FIRST
    top = reader.script("return arguments[0].getBoundingClientRect().top", button)
    assert 0 < top < PHONE[1]


def last_value(reader: Reader) -> str:
    return reader.all(f"{SOURCES} tbody tr:last-child [data-fact]")[-1].get_attribute("data-fact")


def test_a_link_a_result_an_arrow_and_a_word_open_it(reader):
    on_phone(reader)
    fact = last_value(reader)
    place = f"{SOURCES} [data-fact='{fact}']"
    shut = "document.querySelector(arguments[0]).click()"
    for leads in ("link", "anchor", "result", "arrow", "next", "word"):
        assert rows(reader) == FIRST, leads
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
        elif leads == "next":
            last = f"{SOURCES} tbody tr:nth-child({FIRST}) [data-fact]"
            reader.script("[...document.querySelectorAll(arguments[0])].at(-1).click()", last)
            reader.script("document.querySelector('#panel [aria-label=下一个数]').click()")
            assert reader.sees(lambda: rows(reader) > 100, True)
            reader.press(Keys.ESCAPE)
        else:
            reader.find(f".narrowing:has(+ {SOURCES}) input").send_keys("S10")
            assert reader.sees(lambda: rows(reader) > 8, True)
            reader.find(f".narrowing:has(+ {SOURCES}) input").send_keys(*[Keys.BACKSPACE] * 3)
            continue
        assert reader.sees(lambda: rows(reader) > 100, True), leads
        reader.script(shut, f"{SOURCES} .unfold")


def test_rows_that_make_cards_of_a_table_do_so_before_one_is_scrolled_to(reader):
    on_phone(reader)
    table = "#tab-layers"
    assert not reader.script(CARDS, table)
    fact = reader.script(LAST, table)
    reader.go(f"#fact={fact}")
    assert reader.sees(lambda: reader.script(CARDS, table), True)
    away = reader.script(AWAY, f"{table} [data-fact='{fact}']")
    assert abs(away) <= 100


def test_a_part_with_tables_or_figures_is_put_away_on_a_phone_and_nowhere_else(reader):
    parts = reader.script(PARTS)
    assert len(parts) > 30
    assert all(parts)
    assert not any(button.is_displayed() for button in reader.all(".part, .unfold-all"))
    on_phone(reader)
    assert not any(reader.script(PARTS))
    with media(reader, media="print"):
        assert all(reader.script(PARTS))
    reader.unfold()
    assert all(reader.script(PARTS))
    assert rows(reader) > 100
    reader.unfold()
    assert not any(reader.script(PARTS))


def test_a_part_opens_by_its_button_and_by_what_leads_into_it(reader):
    on_phone(reader)
    head = "h3:has(~ .table#tab-region_fit) .part"
    table = "#tab-region_fit"
    for leads in ("button", "link", "figure", "result"):
        assert not reader.find(table).is_displayed(), leads
        buttons = [one for one in reader.all(head) if one.is_displayed()]
        if leads == "button":
            reader.script("arguments[0].focus()", buttons[-1])
            reader.press(Keys.ENTER)
        elif leads == "link":
            reader.script("location.hash = '#tab-region_fit'")
        elif leads == "figure":
            fact = reader.script(FIRST_THERE, table)
            reader.go(f"#fact={fact}")
            reader.press(Keys.ESCAPE)
        else:
            reader.seek(
                " ".join(reader.find(f"{table} caption").get_attribute("textContent").split())
            )
            reader.press(Keys.ENTER)
        assert reader.sees(reader.find(table).is_displayed, True), leads
        assert buttons[-1].get_attribute("aria-expanded") == "true"
        reader.script("arguments[0].click()", buttons[-1])
