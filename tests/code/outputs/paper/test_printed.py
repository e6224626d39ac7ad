"""The page for paper holds what the paper shows."""

from __future__ import annotations

import re

import pytest

from tests.code.miniature import TEMPLATES

HIDES = re.compile(r"display:\s*none|visibility:\s*hidden|opacity:\s*0\b|font-size:\s*0\b")


@pytest.mark.parametrize("name", ["common", "print"])
def test_no_style_hides_what_the_page_says(name):
    rules = re.findall(
        r"([^{}]+)\{([^{}]*)\}", (TEMPLATES / f"styles/{name}.css").read_text("utf-8")
    )
    assert len(rules) > 10
    assert not [places for places, rule in rules if HIDES.search(rule)]
