"""Anyone can read it: no axe-core violation, whatever the light, the screen, and what is open."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.browser.reader import PHONE, TABLET, WIDE

AXE = Path(__file__).parents[1] / "data/axe/axe.min.js"
RUN = """
const done = arguments[arguments.length - 1];
axe.run(document, {resultTypes: ["violations"]}).then((found) => done(found.violations.map(
  ({id, help, nodes}) => [id, help, nodes.slice(0, 3).map(({html}) => html.slice(0, 200))])));
"""


SURROUNDINGS = {"wide light": (WIDE, "light"), "wide dark": (WIDE, "dark")}
SURROUNDINGS |= {"tablet light": (TABLET, "light"), "tablet dark": (TABLET, "dark")}
SURROUNDINGS |= {"wide forced": (WIDE, "forced"), "phone forced": (PHONE, "forced")}
SURROUNDINGS |= {"phone light": (PHONE, "light"), "phone dark": (PHONE, "dark")}
UNFOLD = "document.querySelectorAll('details').forEach((one) => one.open = true)"
DATA = """
document.querySelectorAll(".figure-tools [role=tab]:nth-child(2)").forEach((one) => one.click());
"""  # drawings are looked at in the other state
ONE_SECTION = """
const others = document.querySelectorAll("main section.section:not(:has(#tab-tiers))");
others.forEach((one) => one.remove());
"""


def test_axe_finds_no_violation_in_a_section(reader):
    reader.go("#fact=nw.compute_per_gdp")
    reader.script(ONE_SECTION + UNFOLD)
    reader.script(AXE.read_text(encoding="utf-8"))
    assert reader.driver.execute_async_script(RUN) == []
    reader.seek("60")
    assert reader.driver.execute_async_script(RUN) == []
    reader.script("document.getElementById('palette').close()")
    reader.script("document.querySelector('header').append(document.createElement('button'))")
    ((rule, *_),) = reader.driver.execute_async_script(RUN)
    assert rule == "button-name"


@pytest.mark.slow  # ten seconds and more for each sweep of the whole
@pytest.mark.parametrize("surroundings", SURROUNDINGS)
@pytest.mark.parametrize("state", ["open", "closed"])
def test_axe_finds_no_violation(reader, surroundings, state):
    reader.surroundings(*SURROUNDINGS[surroundings])
    reader.open("#fact=nw.compute_per_gdp" if state == "open" else "")
    if state == "open":
        reader.script(UNFOLD)
        reader.script(DATA)
        reader.click(".page-tools button:last-of-type")  # the walk begins
    reader.script(AXE.read_text(encoding="utf-8"))
    assert reader.driver.execute_async_script(RUN) == []


def test_landmarks(reader):
    for selector, role in (
        ("header", "banner"), ("nav", "navigation"), ("main", "main"), ("#panel", "dialog"),
        ("#palette", "dialog"),
    ):  # fmt: skip
        if selector == "#palette":
            reader.press("/")
        if selector == "#panel":
            reader.go("#fact=nw.ai_share")
        (element,) = reader.all(selector)
        assert element.aria_role == role
        reader.script("document.getElementById('palette').close()")
    assert reader.panel.accessible_name == "西北 智算占比"


def test_dark_is_dark_and_light_is_light(reader):
    ground = "return getComputedStyle(document.documentElement).backgroundColor"
    assert reader.script(ground) == "rgb(255, 255, 255)"
    reader.surroundings(scheme="dark")
    red, green, blue = (int(part) for part in reader.script(ground)[4:-1].split(","))
    assert max(red, green, blue) < 40


VISIBLE = """
return [...document.querySelectorAll(arguments[0])].filter((one) => one.checkVisibility()).length;
"""


def test_on_paper_only_the_report_remains(reader):
    reader.go("#fact=nw.ai_share")
    reader.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    try:
        for selector in ("#panel", ".skip", "nav.contents > :not(.legend)", "details.data"):
            assert reader.script(VISIBLE, selector) == 0, selector
        assert reader.find("#tab-tiers").is_displayed()
        assert reader.script(VISIBLE, "#tab-tiers") == 1
    finally:
        reader.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})
