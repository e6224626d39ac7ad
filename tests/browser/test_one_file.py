"""One file: nothing is asked of any network, no font of the machine is used, every digit traced."""

from __future__ import annotations

import json

import pytest
from selenium.webdriver.common.keys import Keys

from tests.workflow.project import EDITION

# Digits that stand neither in a value's element nor in an ordinal, wherever they can be seen.
UNBOUND = r"""
const known = new Set(arguments[0]);
const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
const found = [];
while (walk.nextNode()) {
  const node = walk.currentNode;
  if (!/\p{N}/u.test(node.data) || node.parentElement.closest("script, style")) continue;
  const bound = node.parentElement.closest("data[data-fact]");
  if (bound && known.has(bound.dataset.fact)) continue;
  if (!node.parentElement.closest("[data-ordinal]")) found.push(node.data.trim());
}
return found;
"""


def use_everything(reader) -> None:
    reader.click("#tab-tiers tr.total [data-fact='nw.compute_total']")
    reader.press(Keys.ESCAPE)
    reader.seek("316")
    reader.click(".results button")
    reader.script("document.querySelectorAll('details').forEach((one) => one.open = true)")


def test_nothing_is_requested(watched):
    use_everything(watched)
    asked = watched.requests()
    assert asked[0] == watched.path.as_uri()
    others = [url for url in asked[1:] if not url.startswith(("data:", "blob:"))]
    assert others == []
    assert watched.complaints() == []


def test_a_request_would_have_been_seen_and_stopped(reader):
    reader.script("fetch('http://127.0.0.1:9/').catch(() => null); new Image().src = 'x.png'")
    assert any("Content Security Policy" in complaint for complaint in reader.complaints())


def test_every_digit_on_the_screen_is_bound(reader, built):
    lineage = json.loads((built / f"report/{EDITION}/lineage.json").read_text(encoding="utf-8"))
    use_everything(reader)
    assert reader.script(UNBOUND, list(lineage["values"])) == []
    reader.script("document.querySelector('main p').append('共 7 家')")
    assert reader.script(UNBOUND, list(lineage["values"])) == ["共 7 家"]


@pytest.mark.parametrize("every", [10, pytest.param(1, marks=pytest.mark.slow)])
def test_only_embedded_fonts_are_used(reader, every):
    use_everything(reader)
    command = reader.driver.execute_cdp_cmd
    command("DOM.enable", {})
    command("CSS.enable", {})
    root = command("DOM.getDocument", {})["root"]["nodeId"]
    places = "h1, h2, h3, .title, .question, main p, caption, figcaption, th, svg text, #panel *"
    nodes = command("DOM.querySelectorAll", {"nodeId": root, "selector": places})["nodeIds"]
    strange = {}
    for node in nodes[::every]:
        for font in command("CSS.getPlatformFontsForNode", {"nodeId": node})["fonts"]:
            if not font["isCustomFont"]:
                strange[font["familyName"]] = command("DOM.getOuterHTML", {"nodeId": node})
    assert len(nodes) > 500
    assert strange == {}
