"""How the page is shown: without marks, in a light of one's own, and signs that repaint nothing."""

from __future__ import annotations

TOOLS = ".page-tools button"
MARKED = """
const [number] = document.querySelectorAll("main p data[data-sign]");
return [document.querySelectorAll("main data[role=button]").length,
  getComputedStyle(number).borderBottomStyle, getComputedStyle(number, "::after").content];
"""
PAINT = """
const marks = [...document.querySelectorAll(".graphic svg.wide [data-sign]")];
const paint = () => marks.flatMap((mark) => [mark, ...mark.querySelectorAll("path, use, rect")])
  .map((one) => getComputedStyle(one)).map((style) =>
    style.stroke + style.strokeWidth + style.fill);
const signed = paint();
const signs = marks.map((mark) => mark.dataset.sign);
marks.forEach((mark) => mark.removeAttribute("data-sign"));
const plain = paint();
marks.forEach((mark, at) => mark.setAttribute("data-sign", signs[at]));
return [marks.length, signed.filter((one, at) => one !== plain[at]).length];
"""
COVERED = """
const texts = [...document.querySelectorAll("main :is(p.source, p, summary)")];
const boxes = texts.map((one) => one.getBoundingClientRect());
return [...document.querySelectorAll("main figure .figure-tools")].filter((tools) => {
  const own = tools.getBoundingClientRect();
  return boxes.some((box) => box.width && box.left < own.right && own.left < box.right
    && box.top < own.bottom - 2 && own.top < box.bottom - 2);
}).length;
"""
GROUND = "return getComputedStyle(document.documentElement).backgroundColor"


def test_for_reading_numbers_are_words_of_their_sentence(reader):
    button = next(one for one in reader.all(TOOLS) if one.text == "阅读模式")
    buttons, line, sign = reader.script(MARKED)
    assert buttons > 1000
    assert (line, sign == "none") == ("dashed", False)
    button.click()
    assert reader.script(MARKED) == [0, "none", "none"]
    assert button.get_attribute("aria-pressed") == "true"
    button.click()
    assert reader.script(MARKED) == [buttons, line, sign]


def test_no_tool_of_a_figure_lies_on_words(reader):
    button = next(one for one in reader.all(TOOLS) if one.text == "阅读模式")
    for _ in range(2):
        assert reader.script(COVERED) == 0
        button.click()


def test_the_light_can_be_chosen(reader):
    button = reader.find(f"{TOOLS}.theme")
    white = reader.script(GROUND)
    said = []
    for _ in range(3):
        said.append((button.text, reader.script(GROUND) == white))
        button.click()
    assert said == [("跟随系统", True), ("浅色", True), ("深色", False)]
    assert (button.text, reader.script(GROUND)) == ("跟随系统", white)


def test_a_sign_of_caution_repaints_no_mark(reader):
    count, repainted = reader.script(PAINT)
    assert count > 100
    assert repainted == 0
