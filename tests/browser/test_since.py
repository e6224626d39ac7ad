"""The newest edition shows what the one before printed, and marks all that is another now."""

from __future__ import annotations

import pytest

from tests.browser.reader import Reader
from tests.builds import build_once
from tests.workflow.project import CHECKOUT

EDITION = max(path.name for path in (CHECKOUT / "data/raw").iterdir())
SWITCH = "button.since"
MARKED = "return document.querySelectorAll('.since-shown main data[data-changed]').length"
CHANGED = "return document.querySelector('main data[data-changed]').dataset.fact"
STAYED = "return document.querySelector('main data[data-fact]:not([data-changed])').dataset.fact"
TOLD = """return [...document.querySelectorAll('#panel .since p, #panel .since li')]
  .map((one) => one.textContent)"""


@pytest.fixture(scope="module")
def page(tmp_path_factory):
    project, done = build_once(tmp_path_factory, EDITION, "--until", "render")
    assert done.code == 0, done.output
    return project.root / f"build/{EDITION}/report.html"


@pytest.fixture
def later(chromium, page):
    reader = Reader(chromium, page)
    reader.surroundings()
    yield reader
    chromium.get("about:blank")


def test_a_switch_marks_what_is_another_number_now(later):
    assert later.driver.execute_script(MARKED) == 0
    later.click(SWITCH)
    marked = later.driver.execute_script(MARKED)
    assert marked > 100
    later.click(SWITCH)
    assert later.driver.execute_script(MARKED) == 0


def test_the_panel_says_what_was_printed_and_what_moved_it(later):
    fact = later.driver.execute_script(CHANGED)
    later.open(f"#fact={fact}")
    was, why, *causes = later.driver.execute_script(TOLD)
    assert was
    assert why == "变动原因"
    assert causes


def test_a_number_that_stayed_says_nothing_of_it(later):
    fact = later.driver.execute_script(STAYED)
    later.open(f"#fact={fact}")
    assert later.value
    assert later.driver.execute_script(TOLD) == []
