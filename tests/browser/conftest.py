"""A real browser, started once, and a reader who has just opened the report in it."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from selenium.common.exceptions import WebDriverException
from selenium.webdriver import Chrome, ChromeOptions
from selenium.webdriver.chrome.service import Service

from tests.browser.reader import PATIENCE, Reader
from tests.workflow.project import EDITION

ATTEMPTS = 4
ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-gpu-compositing",
    "--disable-gpu-rasterization",  # Debian asks for it, and without a GPU it is emulated
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-ipc-flooding-protection",  # a test follows more links than any reader
    "--force-prefers-reduced-motion",  # nothing moves while a test reads where it is
]


def program(*names: str) -> str:
    """The first of these programs that the machine has."""
    found = next(filter(None, map(shutil.which, names)), None)
    assert found, f"no {names[0]} on this machine; run tools/setup.sh dev"
    return found


def start(profile: Path, logs: Iterable[str]) -> Chrome:
    """A browser with a profile of its own, whose answers are waited for on a busy machine."""
    options = ChromeOptions()
    options.binary_location = program("chromium", "chromium-browser", "google-chrome")
    for argument in [*ARGUMENTS, f"--user-data-dir={profile}"]:
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", dict.fromkeys(logs, "ALL"))
    service = Service(program("chromedriver"))
    try:
        driver = Chrome(options, service)
    except WebDriverException:
        service.stop()
        raise
    driver.command_executor.client_config.timeout = PATIENCE * 2
    driver.set_page_load_timeout(PATIENCE)
    driver.set_script_timeout(PATIENCE)
    return driver


@contextmanager
def browser(factory: pytest.TempPathFactory, *logs: str) -> Iterator[Chrome]:
    """A browser that keeps these logs."""
    for attempt in range(ATTEMPTS):
        try:
            driver = start(factory.mktemp("chromium"), logs)
            break
        except WebDriverException:  # the driver gives a browser a minute to come up
            if attempt == ATTEMPTS - 1:
                raise
    yield driver
    driver.quit()


@pytest.fixture(scope="session")
def chromium(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chrome]:
    with browser(tmp_path_factory, "browser") as driver:
        yield driver


@pytest.fixture
def reader(chromium: Chrome, built: Path) -> Iterator[Reader]:
    """At the beginning of the report, from disk, in a wide window, in the light."""
    reader = Reader(chromium, built / f"report/{EDITION}/report.html")
    reader.surroundings()
    yield reader
    reader.leave()


@pytest.fixture
def watched(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    """The same in a browser that logs every request, embedded fonts too, which takes its time."""
    with browser(tmp_path_factory, "browser", "performance") as driver:
        reader = Reader(driver, built / f"report/{EDITION}/report.html")
        reader.surroundings()
        driver.get_log("performance")
        yield reader
