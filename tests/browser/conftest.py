"""A real browser, started once, and a reader who has just opened the report in it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from selenium.webdriver import Chrome, ChromeOptions
from selenium.webdriver.chrome.service import Service

from tests.browser.reader import Reader
from tests.workflow.project import EDITION

ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--force-prefers-reduced-motion",  # nothing moves while a test reads where it is
]


def program(*names: str) -> str:
    """The first of these programs that the machine has."""
    found = next(filter(None, map(shutil.which, names)), None)
    assert found, f"no {names[0]} on this machine; run tools/setup.sh dev"
    return found


@pytest.fixture(scope="session")
def chromium(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chrome]:
    options = ChromeOptions()
    options.binary_location = program("chromium", "chromium-browser", "google-chrome")
    profile = tmp_path_factory.mktemp("chromium")
    for argument in [*ARGUMENTS, f"--user-data-dir={profile}"]:
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    driver = Chrome(options, Service(program("chromedriver")))
    driver.set_script_timeout(60)
    yield driver
    driver.quit()


@pytest.fixture
def reader(chromium: Chrome, built: Path) -> Iterator[Reader]:
    """At the beginning of the report, from disk, in a wide window, in the light."""
    reader = Reader(chromium, built / f"report/{EDITION}/report.html")
    reader.surroundings()
    reader.open()
    yield reader
    chromium.get("about:blank")  # an open page keeps a core busy that other tests want
