"""An analyst with a preview in the browser: edits files and watches the page."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from selenium.common.exceptions import WebDriverException
from selenium.webdriver import Chrome

from tests.browser.reader import Reader
from tests.workflow.project import EDITION, Project
from tools.cell import ROW

OBSERVATIONS = f"data/raw/{EDITION}/observations.csv"
SECTION = "templates/sections/02-06-scale.html.jinja"
PAGE = "return Number(document.getElementById('preview-script').dataset.page)"
ROOM = 6  # connections that a browser has to one place
TOP = "return document.getElementById(arguments[0]).getBoundingClientRect().top"


@dataclass
class Analyst:
    """Somebody with an editor and a browser side by side."""

    reader: Reader
    project: Project

    def edit(self, name: str, old: str, new: str) -> None:
        path = self.project.root / name
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    def script(self, code: str, *arguments: object) -> object:
        """What the page says; None while it is being loaded again."""
        try:
            return self.reader.browser.execute_script(code, *arguments)
        except WebDriverException:
            return None

    def sees(self, code: str, wanted: Callable[[object], bool], *arguments: object) -> object:
        """What is there once it is as wanted."""
        seen = self.reader.until(lambda: self.script(code, *arguments), wanted)
        assert wanted(seen), seen
        return seen

    def page(self, number: int) -> None:
        """Wait for a page of that number or a later one, and for its panel to be at rest."""
        self.sees(f"{PAGE};", lambda seen: isinstance(seen, int) and seen >= number)
        self.sees("return document.readyState === 'complete'", bool)
        busy = "return document.getElementById('preview').hasAttribute('data-busy')"
        self.sees(busy, lambda seen: seen is False)


@pytest.fixture(scope="module")
def analyst(
    chromium: Chrome, built: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Analyst]:
    project = Project(built).copy(tmp_path_factory.mktemp("preview") / "project")
    environment = project.environment() | {"PYTHONUNBUFFERED": "1"}
    command = [sys.executable, "-m", "suyuan", "preview", EDITION, "--no-open"]
    running = subprocess.Popen(
        command, cwd=project.root, env=environment, stdout=subprocess.PIPE, text=True
    )
    assert running.stdout is not None
    address = next(line.strip() for line in running.stdout if line.startswith("http"))
    reader = Reader(chromium, built)
    reader.opened = True
    chromium.get(address)
    analyst = Analyst(reader, project)
    try:
        analyst.page(1)
        yield analyst
        chromium.get("about:blank")
        running.send_signal(signal.SIGINT)
        assert running.wait(60) == 0
        assert not os.path.exists(f"/proc/{running.pid}")  # noqa: PTH110
    finally:
        running.kill()
        running.stdout.close()


def test_a_cell_is_on_screen_at_the_same_place_and_marked(analyst: Analyst):
    analyst.sees(
        "return document.body.innerText", lambda text: "与已交付的报告不同" not in str(text)
    )
    fact = "[data-fact='gansu.compute_total']:not([data-claim])"
    analyst.script("document.getElementById('02-10-gansu').scrollIntoView({behavior: 'instant'})")
    before = analyst.script(TOP, "02-10-gansu")
    number = analyst.script(PAGE)
    analyst.edit(OBSERVATIONS, ROW.format("114.5"), ROW.format("114.6"))
    analyst.page(number + 1)
    shown = f'return document.querySelector("main {fact}").textContent'
    analyst.sees(shown, lambda text: text == "114.6")
    marks = f"return [...document.querySelectorAll(\"{fact}[data-preview-changed='number']\")].map("
    was = analyst.sees(f"{marks}(e) => e.dataset.previewWas)", bool)
    assert set(was) == {"114.5"}
    analyst.sees(TOP, lambda top: top is not None and abs(top - before) <= 2, "02-10-gansu")
    click = "document.querySelector('#preview [data-kind=number] button:last-of-type').click()"
    analyst.script(click)
    at = "return document.querySelector('[data-preview-at]')?.dataset.previewChanged"
    analyst.sees(at, lambda kind: kind == "number")
    assert analyst.reader.complaints() == []


def test_a_mistake_is_told_with_its_remedy_and_the_last_page_stays(analyst: Analyst):
    number = analyst.script(PAGE)
    good = "14.6" if ROW.format("114.6") in _text(analyst) else "14.5"
    analyst.edit(OBSERVATIONS, ROW.format(f"1{good}"), ROW.format("abc"))
    cells = "return [...document.querySelectorAll('#preview tbody td')].map((e) => e.textContent)"
    told = analyst.sees(cells, bool)
    assert told[0] == OBSERVATIONS
    assert told[2:4] == ["value", "abc"]
    assert "不是数字" in told[4]
    assert "请" in told[5]
    assert analyst.script(PAGE) == number
    assert analyst.script("return document.querySelectorAll('main section').length") > 20
    analyst.edit(OBSERVATIONS, ROW.format("abc"), ROW.format(f"1{good}"))
    analyst.sees(cells, lambda told: told == [])
    assert analyst.script(PAGE) == number  # the same page, which is not loaded anew


def test_words_of_a_template_are_on_screen(analyst: Analyst):
    number = analyst.script(PAGE)
    analyst.edit(SECTION, "规模", "总的规模")
    analyst.page(number + 1)
    analyst.sees("return document.querySelectorAll('[data-preview-changed=word]').length", bool)


def test_of_many_tabs_each_is_loaded_and_the_first_listens_when_it_is_looked_at(analyst: Analyst):
    browser = analyst.reader.browser
    first, address, state = browser.current_window_handle, browser.current_url, "#preview .state"
    said = f"return document.querySelector('{state}').textContent"
    for _ in range(ROOM):  # one more than a browser asks of one place at a time
        browser.switch_to.new_window("tab")
        browser.get(address)
        analyst.page(1)
        analyst.sees(said, lambda text: "已更新" in str(text))
    for tab in browser.window_handles[1:]:
        browser.switch_to.window(tab)
        browser.close()
    browser.switch_to.window(first)
    analyst.script("dispatchEvent(new Event('focus'))")
    number = analyst.script(PAGE)
    analyst.edit(SECTION, "规模", "总的规模")
    analyst.page(number + 1)


def test_new_code_makes_the_next_page_at_the_same_address(analyst: Analyst):
    number = analyst.script(PAGE)
    code = "workflow/lib/suyuan/preview/delivered.py"
    analyst.edit(code, '"data-preview-was"', '"data-preview-formerly"')
    analyst.page(number + 1)
    analyst.sees("return document.querySelectorAll('[data-preview-formerly]').length", bool)
    analyst.edit(code, "def mark(self", "def mark(self,,")
    analyst.sees("return document.querySelector('#preview pre')?.textContent", bool)
    assert analyst.script(PAGE) == number + 1


def _text(analyst: Analyst) -> str:
    return (analyst.project.root / OBSERVATIONS).read_text(encoding="utf-8")
