"""The page for paper holds what the paper shows."""

from __future__ import annotations

import re

from tests.code.miniature import TEMPLATES


def test_no_style_hides_a_link_to_the_appendix():
    rules = re.findall(r"([^{}]+)\{([^{}]*)\}", (TEMPLATES / "styles/print.css").read_text("utf-8"))
    assert not [places for places, rule in rules if "to-trace" in places and "none" in rule]
