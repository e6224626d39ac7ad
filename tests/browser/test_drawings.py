"""Figures in a browser: one of two drawings is shown, to be read in any room and light."""

from __future__ import annotations

import pytest

from suyuan.figures import paint
from tests.browser.reader import LAPTOP, PHONE, TABLET, WIDE

SHOWN = """
return [...document.querySelectorAll(".graphic")].map((graphic) => {
  const shown = [...graphic.querySelectorAll("svg")].filter((svg) => svg.getClientRects().length);
  const [box, scale] = [shown[0].getBoundingClientRect(), shown[0].getScreenCTM().a];
  const letters = [...shown[0].querySelectorAll("text")];
  return {
    id: graphic.id, count: shown.length, room: shown[0].getAttribute("class"),
    least: Math.min(...letters.map((one) => scale * parseFloat(getComputedStyle(one).fontSize))),
    right: box.right,
    facts: [...shown[0].querySelectorAll("[data-fact]")].map((one) => one.dataset.fact),
    cut: letters.filter((one) => {
      const at = one.getBoundingClientRect();
      return at.left < box.left - 2 || at.right > box.right + 2;
    }).map((one) => one.textContent),
  };
});
"""
FILL = "return getComputedStyle(document.querySelector(arguments[0])).fill"


@pytest.mark.parametrize(
    ("room", "sizes"), [("wide", [WIDE, LAPTOP, TABLET]), ("narrow", [PHONE, (360, 740)])]
)
def test_the_drawing_that_fits_is_shown(reader, room, sizes):
    for size in sizes:
        reader.surroundings(size)
        if size == PHONE:
            reader.unfold()
        shown = reader.script(SHOWN)
        assert shown
        assert {(one["count"], one["room"]) for one in shown} == {(1, room)}, size
        assert [one["id"] for one in shown if one["cut"] or one["right"] > size[0]] == [], size
        assert reader.script("return document.documentElement.scrollWidth") <= size[0]
        if room == "narrow":
            assert [one["id"] for one in shown if one["least"] < 11] == [], size


def test_both_drawings_show_the_same_values(reader):
    wide = {one["id"]: set(one["facts"]) for one in reader.script(SHOWN)}
    reader.surroundings(PHONE)
    reader.unfold()
    assert {one["id"]: set(one["facts"]) for one in reader.script(SHOWN)} == wide


def test_a_mark_of_the_narrow_drawing_opens_its_value(reader):
    reader.surroundings(PHONE)
    reader.unfold()
    reader.click("#fig-province_scale .narrow path[data-fact='qinghai.ai_compute']")
    assert reader.sees(lambda: reader.value, "15.4 EFLOPS")
    links = reader.all("#panel .list a")
    places = [link.get_attribute("hash") for link in links if link.get_attribute("hash")]
    inside = "return Boolean(document.getElementById(arguments[0]).closest('.wide'))"
    assert not any(reader.script(inside, place[1:]) for place in places)


BESIDE = """
const box = document.querySelector(arguments[0]).getBoundingClientRect();
const at = { clientX: box.left + box.width / 2, clientY: box.bottom + arguments[1], bubbles: true };
document.elementFromPoint(at.clientX, at.clientY).dispatchEvent(new MouseEvent("click", at));
"""


def test_a_small_mark_can_be_hit_beside_it(reader):
    reader.surroundings(PHONE)
    reader.unfold()
    dot = "#fig-supplier_presence .narrow [data-fact]"
    reader.script("document.querySelector(arguments[0]).scrollIntoView({block: 'center'})", dot)
    fact = reader.find(dot).get_attribute("data-fact")
    reader.script(BESIDE, dot, 6)
    assert reader.sees(lambda: reader.find("#panel dl a").get_attribute("hash"), f"#fact={fact}")


def test_colours_have_their_counterparts_in_the_dark(reader):
    ink = f".graphic [fill='{paint.TEXT.lower()}']"
    assert reader.script(FILL, ink) == rgb(paint.TEXT)
    reader.surroundings(scheme="dark")
    assert reader.script(FILL, ink) == rgb(paint.at_night(paint.TEXT))
    reader.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    try:
        assert reader.script(FILL, ink) == rgb(paint.TEXT)  # paper is white
    finally:
        reader.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})


def rgb(colour):
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return f"rgb({red}, {green}, {blue})"
