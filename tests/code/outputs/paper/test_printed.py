"""The page for paper holds what the paper shows."""

from __future__ import annotations

import re
from xml.etree.ElementTree import fromstring

from suyuan.outputs.paper.printed import without_figure_links
from suyuan.page.tree import text_of
from tests.code.miniature import TEMPLATES


def test_a_boxed_finding_has_no_link_below_its_figure():
    box = fromstring(
        '<div class="finding"><p><a href="#t-a">316.8</a></p>'
        '<figure><p class="source"><a class="to-trace" href="#t-f">溯源</a></p></figure></div>'
    )
    without_figure_links(box)
    assert text_of(box) == "316.8"
    assert [a.get("href") for a in box.iter("a")] == ["#t-a"]


def test_no_style_hides_a_link_to_the_appendix():
    rules = re.findall(r"([^{}]+)\{([^{}]*)\}", (TEMPLATES / "styles/print.css").read_text("utf-8"))
    assert not [places for places, rule in rules if "to-trace" in places and "none" in rule]
