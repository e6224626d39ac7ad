"""The page as a file is valid HTML: html-validate, with all it recommends, finds nothing.

One vendored script (`tests/data/html-validate`), run in an empty page as axe-core is.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.browser.reader import Reader

VALIDATOR = Path(__file__).parents[1] / "data/html-validate/html-validate.min.js"
RULES = {
    "valid-id": ["error", {"relaxed": True}],  # as HTML has it: sections are named by numbers
    "prefer-native-element": ["error", {"exclude": ["heading"]}],  # the title opens no chapter
}
RUN = "return htmlValidate(arguments[0], arguments[1]).slice(0, 20)"
CARRIED = re.compile(r"(<(style|script)\b[^>]*>).*?(</\2>)", re.DOTALL)  # no HTML


def objections(reader: Reader, text: str) -> list[list[object]]:
    reader.browser.get("about:blank")
    reader.browser.execute_script(VALIDATOR.read_text(encoding="utf-8"))
    return reader.browser.execute_script(RUN, text, RULES)


@pytest.mark.slow  # a quarter of a minute
def test_html_validate_finds_nothing(reader):
    text = CARRIED.sub(r"\1\3", reader.path.read_text(encoding="utf-8"))
    assert objections(reader, text) == []


def test_it_would_find_what_is_wrong(reader):
    page = "<!DOCTYPE html><html lang='zh'><head><title>x</title></head><body>{}</body></html>"
    sound = page.format('<p id="1a">x</p><p role="heading" aria-level="1">x</p>')
    assert objections(reader, sound.replace("'", '"')) == []
    wrong = page.format("<p><div>x</div></p>").replace("'", '"')
    assert "no-implicit-close" in {rule for rule, *_ in objections(reader, wrong)}
