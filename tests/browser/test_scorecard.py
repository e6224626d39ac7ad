"""The scorecard of an index: anyone can read it, on any screen, and it asks for nothing."""

from __future__ import annotations

import pytest

from suyuan.index import command
from suyuan.results.files import HTML, scorecards
from tests.browser.reader import PHONE, WIDE
from tests.browser.test_access import AXE, RUN
from tests.code.miniature import ROOT

EXAMPLE = ROOT / "docs/examples/index"
ASKED = "return performance.getEntriesByType('resource').map(({name}) => name)"


EVERYTHING = """
normalise: {method: minmax}
treat: [{step: cap, limits: {a: 10}}, {step: impute}]
uncertainty: {draws: 50, weights_region: 0.5}
sensitivity: {draws: 8, methods: {normalise: [minmax, rank]}}
"""


@pytest.fixture(scope="module")
def cards(tmp_path_factory):
    """The scorecard of the example in both languages, and one with all that there may be."""
    folder = tmp_path_factory.mktemp("everything")
    data = "".join(f"u{n},{n},{20 - n},{n * n % 7},\n" for n in range(1, 12)) + "v,12,9,,4\n"
    tree = "".join(f"{leaf},top,1\n" for leaf in "abcd")
    texts = {"data.csv": f"unit,a,b,c,d\n{data}", "recipe.yaml": EVERYTHING,
             "tree.csv": f"node_id,parent_id,weight\ntop,,\n{tree}"}  # fmt: skip
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")
    command.run(
        *(folder / name for name in ("data.csv", "tree.csv", "recipe.yaml")),
        folder / "out",
        scorecards("en"),
    )
    found = {"everything": folder / "out" / HTML}
    for lang in ("zh", "en"):
        out = tmp_path_factory.mktemp("index") / lang
        names = ("data.csv", "tree.csv", "recipe.yaml")
        command.run(*(EXAMPLE / name for name in names), out, scorecards(lang))
        found[lang] = out / HTML
    return found


@pytest.mark.parametrize(("lang", "size"), [("zh", WIDE), ("en", PHONE), ("everything", PHONE)])
def test_axe_finds_no_violation(chromium, cards, lang, size):
    metrics = {"width": size[0], "height": size[1], "deviceScaleFactor": 1, "mobile": size == PHONE}
    chromium.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
    chromium.get(cards[lang].as_uri())
    assert chromium.execute_script(ASKED) == []
    chromium.execute_script("document.querySelectorAll('details').forEach(own => own.open = true)")
    chromium.execute_script(AXE.read_text(encoding="utf-8"))
    assert chromium.execute_async_script(RUN) == []
    chromium.execute_script("document.querySelector('main').append(document.createElement('img'))")
    ((rule, *_),) = chromium.execute_async_script(RUN)
    assert rule == "image-alt"
    wide = "return document.documentElement.scrollWidth <= innerWidth"
    assert chromium.execute_script(wide)


def test_its_policy_lets_its_own_style_in_and_nothing_else(chromium, cards):
    chromium.get(cards["en"].as_uri())
    line = "return getComputedStyle(document.querySelector('thead th')).borderBottomStyle"
    assert chromium.execute_script(line) == "solid"
    chromium.execute_script(
        "const style = document.createElement('style'); style.textContent = 'h1 {color: red}';"
        "document.head.append(style)"
    )
    colour = "return getComputedStyle(document.querySelector('h1')).color"
    assert chromium.execute_script(colour) != "rgb(255, 0, 0)"
