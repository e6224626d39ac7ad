"""Figures in use: values under the pointer, as large as the screen, and saved as pictures."""

from __future__ import annotations

import base64
import io
import re
import struct
from xml.etree import ElementTree

import pytest
from fontTools.ttLib import TTFont
from selenium.webdriver.common.keys import Keys

from tests.browser.reader import PHONE, WIDE
from tests.browser.test_data import arrived, downloads, unfold
from tests.workflow.project import CHECKOUT

__all__ = ["downloads"]

SHARE = "figure:has(#fig-ai_share)"
MARK = "#fig-ai_share .wide [data-fact='qinghai.ai_share'] use"
OPEN = f"{SHARE} .figure-tools > button"
SVG = "{http://www.w3.org/2000/svg}"
FONTS = CHECKOUT / "templates/fonts"
FACES = {"400": FONTS / "NotoSansSC-Regular.ttf", "700": FONTS / "NotoSansSC-Bold.ttf"}
WIDER = """
return [...document.querySelectorAll("main .figure-tools [role=tablist]")].filter((list) => {
  list.lastElementChild.click();
  const sheet = document.getElementById(list.lastElementChild.getAttribute("aria-controls"));
  const wide = sheet.scrollWidth > sheet.clientWidth || !sheet.textContent.trim();
  list.firstElementChild.click();
  return wide;
}).map((list) => list.ariaLabel);
"""


def test_a_mark_says_its_value_under_the_pointer(reader):
    def pointed() -> str:
        reader.point(MARK)  # again where the page was laid out anew meanwhile
        return reader.find(".tip").text

    assert reader.sees(pointed, "青海 智算占比 70.0%")
    above = "const box = (at) => document.querySelector(at).getBoundingClientRect();"
    above += "return Math.round(box(arguments[0]).top - box('.tip').bottom)"
    before = reader.script(above, MARK)
    reader.script("scrollBy(0, 2)")  # so little that the pointer is still upon the mark
    assert reader.sees(lambda: reader.script(above, MARK), before)
    assert reader.find(".tip").is_displayed()
    reader.script("scrollTo(0, 0)")
    assert reader.sees(lambda: reader.find(".tip").is_displayed(), False)
    reader.point(MARK)
    reader.point(f"{SHARE} figcaption")
    assert reader.sees(lambda: reader.find(".tip").is_displayed(), False)


def test_a_mark_says_its_value_to_a_finger_and_to_the_keyboard(reader):
    mark = reader.find(MARK)
    reader.script("arguments[0].scrollIntoView({block: 'center'})", mark)
    touch = "new PointerEvent('pointerdown', {bubbles: true, pointerType: 'touch'})"

    def touched() -> str:
        reader.script(f"arguments[0].dispatchEvent({touch})", mark)  # after the page has scrolled
        return reader.find(".tip").text

    assert reader.sees(touched, "青海 智算占比 70.0%")
    reader.press(Keys.ESCAPE)
    assert reader.sees(lambda: reader.find(".tip").is_displayed(), False)
    first = f"{SHARE} .wide [role=button]"
    focus = "document.querySelector(arguments[0]).focus({preventScroll: true, focusVisible: true})"
    reader.script(focus, first)
    assert reader.sees(lambda: reader.find(".tip").is_displayed(), True)


def test_a_figure_as_large_as_the_screen_with_its_data_and_sources(reader):
    for size in (PHONE, (1280, 900)):
        reader.surroundings(size)
        if size == PHONE:
            reader.unfold()
        reader.click(OPEN)
        dialog = reader.find("dialog.enlarged")
        assert dialog.accessible_name.startswith("图 15 ")
        assert reader.find("#sheet-figure svg").is_displayed()
        assert dialog.rect["width"] > 0.9 * size[0]
        reader.script("document.querySelector('#tab-of-figure').focus()")
        reader.press(Keys.ARROW_RIGHT)
        assert reader.find("#sheet-data td [data-fact='qinghai.ai_share']").is_displayed()
        assert not reader.find("#sheet-figure").is_displayed()
        reader.press(Keys.ARROW_RIGHT)
        assert "易观分析" in reader.find("#sheet-sources").text
        reader.press(Keys.ESCAPE)
        assert reader.sees(dialog.is_displayed, False)
        assert reader.all("dialog.enlarged [data-fact]") == []
        assert reader.script("return document.activeElement.matches(arguments[0])", OPEN)
    ids = "const ids = [...document.querySelectorAll('[id]')].map((one) => one.id);"
    reader.click(OPEN)
    assert reader.script(f"{ids} return ids.length - new Set(ids).size") == 0
    reader.find("#sheet-figure [data-fact='qinghai.ai_share'] use").click()
    assert reader.sees(lambda: reader.value, "70.0%")
    assert not dialog.is_displayed()


def carried(tree: ElementTree.Element) -> bool:
    """The faces in a drawing hold its words, of their weight, and no other glyph."""
    (style,) = tree.iter(f"{SVG}style")
    packed = re.findall(r"font-weight: (\d+);.*?base64,([\w+/=]+)", style.text or "")
    assert sum(len(face) for _, face in packed) < 60_000  # whole they are ten times that
    words: dict[str, str] = {}
    outer = {inner: one for one in tree.iter() for inner in one}
    for one in tree.iter(f"{SVG}text"):
        at = one
        while at is not None and "font-weight" not in at.attrib:
            at = outer.get(at)
        weight = "400" if at is None else at.attrib["font-weight"]
        words[weight] = words.get(weight, "") + "".join(one.itertext())
    for weight, face in packed:
        font = TTFont(io.BytesIO(base64.b64decode(face)), checkChecksums=2)
        whole = TTFont(FACES[weight])
        cmap, glyphs = font.getBestCmap(), whole.getGlyphSet()
        assert set(map(chr, cmap)) == set(words.pop(weight))
        for code, name in cmap.items():
            of_whole = whole.getBestCmap()[code]
            assert font["glyf"][name].numberOfContours == whole["glyf"][of_whole].numberOfContours
            assert font["hmtx"][name][0] == glyphs[of_whole].width
        empty = [name for name in font.getGlyphOrder() if not font["glyf"][name].numberOfContours]
        assert len(empty) > 1000
    return words == {}


def test_a_saved_drawing_says_what_it_is_and_whence(reader, downloads):
    data = unfold(reader, "report.figure.ai_share")
    reader.script("document.documentElement.style.colorScheme = 'dark'")
    svg, png = reader.all(f"{data} .tools button")
    svg.click()
    tree = ElementTree.fromstring(arrived(reader, downloads / "ai_share.svg"))
    reader.script("document.documentElement.style.colorScheme = ''")
    texts = ["".join(one.itertext()) for one in tree.iter(f"{SVG}text")]
    caption = reader.find(f"{SHARE} figcaption").text
    assert "".join(texts).startswith(caption.replace("\n", ""))
    assert "数据来源：[S1]" in "".join(texts)
    assert "report.figure.ai_share" in "".join(texts)
    assert "70.0%" in texts
    assert tree.find(f"{SVG}rect").get("fill") == "#fff"
    faces = "".join(one.text or "" for one in tree.iter(f"{SVG}style"))
    assert faces.count("@font-face") == 2
    assert 'url("data:font/' in faces
    assert "http" not in faces
    assert carried(tree)
    png.click()
    data = arrived(reader, downloads / "ai_share.png")
    assert data.startswith(b"\x89PNG")
    wide, high = struct.unpack(">II", data[16:24])
    width, height = (float(tree.get(name)) for name in ("width", "height"))
    assert (wide, high) == (round(3 * width), round(3 * height))
    assert [one for one in reader.complaints() if "Refused" in one or "Security" in one] == []


@pytest.mark.parametrize("size", [PHONE, WIDE], ids=["phone", "wide"])
def test_a_figure_s_data_and_sources_stand_in_its_place(reader, size):
    reader.surroundings(size)
    if size == PHONE:
        reader.unfold()
    tabs = f"{SHARE} .figure-tools [role=tab]"
    graphic = "#fig-ai_share"
    high = "return document.documentElement.scrollHeight"
    before = reader.script(high)
    reader.click(tabs)
    reader.press(Keys.ARROW_RIGHT)
    assert reader.focus.text == "数据"
    assert reader.find(f"{SHARE} .view td [data-fact='qinghai.ai_share']").is_displayed()
    assert reader.find(f"{SHARE} .view").accessible_name == "数据"
    assert not reader.find(graphic).is_displayed()
    assert abs(reader.script(high) - before) < 3
    reader.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    try:
        assert reader.find(graphic).is_displayed()
        assert not reader.find(f"{SHARE} .view").is_displayed()
    finally:
        reader.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})
    reader.click(f"{tabs}:nth-child(3)")  # paper had none
    assert "易观分析" in reader.find(f"{SHARE} .view").text
    mark = reader.script(
        "return document.querySelector(arguments[0]).id", f"{graphic} .wide [data-fact][id]"
    )
    reader.script("location.hash = `#${arguments[0]}`", mark)  # a link to a mark shows the drawing
    assert reader.sees(lambda: reader.find(graphic).is_displayed(), True)
    assert reader.all(f"{SHARE} .view *") == []


def test_no_source_of_a_figure_goes_beyond_its_sheet(reader):
    reader.surroundings(PHONE)
    reader.unfold()
    assert reader.script(WIDER) == []
