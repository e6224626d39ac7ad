"""Printed from the browser, and where the system chooses the colours: nothing is lost."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from tests.browser.reader import Reader

A4 = (718, 1000)  # within margins of a centimetre
LOST = """
const shown = (one) => one.getClientRects().length;
const room = document.querySelector("main").getBoundingClientRect().right + 1;
return [...document.querySelectorAll("main :is(th, td, figcaption, caption, .graphic > svg)")]
  .filter((one) => shown(one) && one.getBoundingClientRect().right > room)
  .map((one) => one.outerHTML.slice(0, 120));
"""
# Heads whose letters can hardly be told from what is printed behind them, with or without grounds.
FAINT = """
const light = (colour) => {
  const [red, green, blue, alpha = 1] = colour.match(/[\\d.]+/g).map(Number);
  return alpha === 0 ? null : (0.3 * red + 0.6 * green + 0.1 * blue) / 255;
};
return [...document.querySelectorAll("main thead th, main :is(h1, h2, h3, caption), .cover .title")]
  .filter((one) => one.getClientRects().length).filter((one) => {
    let [at, ground] = [one, null];
    while (at && ground === null) {
      ground = light(getComputedStyle(at).backgroundColor);
      at = at.parentElement;
    }
    return Math.abs(light(getComputedStyle(one).color) - (ground ?? 1)) < 0.5;
  }).map((one) => one.textContent);
"""

# Tables whose head does not stand between caption and rows, as wide as these.
ASKEW = """
return [...document.querySelectorAll("main .table")].filter((home) => home.getClientRects().length)
  .filter((home) => {
    const [caption, head, body] = ["caption", "thead", "tbody"]
      .map((part) => home.querySelector(part)?.getBoundingClientRect());
    return (caption && caption.bottom > head.top + 1) || head.bottom > body.top + 1
      || Math.abs(body.width - head.width) > 2;
  }).map((home) => home.id);
"""

# Sides that are there for their room or for their corners, and so are not to be seen.
CLEAR = """
const parts = [null, "::before", "::after"], sides = ["Top", "Right", "Bottom", "Left"];
const clear = (style, side) => style[`border${side}Color`] === "rgba(0, 0, 0, 0)"
  && style[`border${side}Style`] !== "none" && style[`border${side}Width`] !== "0px";
const shown = [...document.querySelectorAll("body *")].filter((one) => one.getClientRects().length);
window.clear = shown.flatMap((one) => parts.flatMap((part) => {
  const style = getComputedStyle(one, part);
  return sides.filter((side) => clear(style, side)).map((side) => [one, part, side]);
}));
return new Set(window.clear.map(([one, part]) => `${one.className}${part}`)).size;
"""
DRAWN = """
const ground = getComputedStyle(document.documentElement).backgroundColor;
return window.clear.filter(([one, part, side]) =>
  getComputedStyle(one, part)[`border${side}Color`] !== ground)
  .map(([one, part]) => `${one.outerHTML.slice(0, 80)} ${part}`);
"""
PLAIN = """
const [traced] = document.querySelectorAll("main p .traced");
return [getComputedStyle(traced).backgroundColor,
  getComputedStyle(document.querySelector("main")).paddingBottom];
"""


@contextmanager
def media(reader: Reader, **features: str) -> Iterator[None]:
    told = {"media": features.pop("media", "")}
    told["features"] = [{"name": k.replace("_", "-"), "value": v} for k, v in features.items()]
    reader.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", told)
    try:
        yield
    finally:
        reader.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})


def test_no_column_and_no_head_is_lost_on_paper(reader):
    assert reader.script(ASKEW) == []
    reader.surroundings(A4)
    with media(reader, media="print"):
        assert reader.script(LOST) == []
        assert reader.script(FAINT) == []
        assert reader.script(ASKEW) == []
        assert reader.script("return document.documentElement.scrollWidth") <= A4[0]
        style = "return getComputedStyle(document.querySelector(arguments[0]))[arguments[1]]"
        assert reader.script(style, "main thead", "display") == "table-header-group"
        assert reader.script(style, "main figure", "breakInside") == "avoid"
        assert reader.script(style, "main caption", "breakAfter") == "avoid"
        reader.script("document.querySelector('#tab-tiers').classList.add('runs')")
        assert reader.script(style, "#tab-tiers", "overflowX") == "visible"
        assert reader.script(FAINT) == []
        reader.script("document.querySelector('#tab-tiers').classList.remove('runs')")
        for part, where in (("#tab-tiers", "breakInside"), ("main thead", "breakInside")):
            assert reader.script(style, part, where) == "avoid"
        assert reader.script(style, "#tab-tiers tbody tr", "breakBefore") == "avoid"
        for control in (".anchor", ".figure-tools", ".narrowing", ".corner", ".contents a"):
            assert not any(one.is_displayed() for one in reader.all(control)), control
        assert reader.find(".contents .legend").is_displayed()  # it says what the signs mean


def test_what_is_traced_leaves_nothing_on_paper(reader):
    reader.surroundings(A4)
    reader.go("#fact=nw.ai_share")
    assert reader.script(PLAIN)[1] != "0px"  # there is room for the panel
    with media(reader, media="print"):
        assert reader.script(PLAIN) == ["rgba(0, 0, 0, 0)", "0px"]
        assert not reader.panel.is_displayed()


def test_drawings_keep_their_colours_where_the_system_chooses(reader):
    style = "return getComputedStyle(document.querySelector(arguments[0]))[arguments[1]]"
    with media(reader, forced_colors="active", prefers_color_scheme="dark"):
        assert reader.script(style, ".graphic svg", "backgroundColor") == "rgb(255, 255, 255)"
        fill = reader.script(style, ".graphic [fill='#1b2733']", "fill")
        assert fill == "rgb(27, 39, 51)"


def test_what_is_not_to_be_seen_is_not_drawn_where_the_system_chooses(reader):
    reader.script("document.querySelector('#tab-grades .sort').click()")
    assert reader.script(CLEAR) > 3  # room beside digits, tabs, the sides of an arrow
    with media(reader, forced_colors="active", prefers_color_scheme="dark"):
        assert reader.script(DRAWN) == []
