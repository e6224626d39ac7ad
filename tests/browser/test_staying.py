"""A phone that is turned, or a window that is drawn wider: the reader stays at the same words."""

from __future__ import annotations

import pytest

from tests.browser.reader import DESK, PHONE, Reader

TURNED = (PHONE[1], PHONE[0])
SEEN = """
const one = document.querySelector(arguments[0]);
const { top, height } = one.getBoundingClientRect();
return top + height / 2 > 0 && top + height / 2 < innerHeight;
"""
READ = """
const { top } = document.querySelector(arguments[0]).getBoundingClientRect();
scrollBy(0, top - innerHeight / 3 + 10);
"""  # to where one reads: a third down
REST = "return new Promise((done) => setTimeout(done, 400))"  # till a reader reads, not scrolls


def turned(reader: Reader, size: tuple[int, int], place: str) -> None:
    reader.script(REST)
    reader.surroundings(size)
    assert reader.sees(lambda: reader.script(SEEN, place), True)
    reader.script(REST)
    assert reader.script(SEEN, place)


@pytest.mark.parametrize("size", [TURNED, DESK], ids=["turned", "desk"])
def test_at_the_same_words(reader, size):
    reader.surroundings(PHONE)
    place = "[id='04-04-coreshub'] h2"
    reader.script(READ, place)
    for one in (size, PHONE):
        turned(reader, one, place)


def test_at_the_number_that_is_traced(reader):
    reader.surroundings(PHONE)
    reader.open("#fact=gansu.compute_total")
    reader.script(
        "[...document.querySelectorAll('main .traced')].find((one) => {"
        " const { top, width } = one.getBoundingClientRect();"
        " return width && top > 0 && top < innerHeight; }).id = 'read'"
    )
    for size in (TURNED, PHONE):
        turned(reader, size, "#read")
        free = reader.script("return document.querySelector('#panel').getBoundingClientRect().top")
        assert reader.find("#read").rect["y"] - reader.script("return scrollY") < free
