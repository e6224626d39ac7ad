"""Validators that others have made, each run where it is installed."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Mapping
from importlib import import_module
from tempfile import TemporaryDirectory
from typing import Any

from suyuan.core.errors import Problem, SuyuanError, whole
from suyuan.outputs import package
from suyuan.publish.candidate import Candidate

LONGEST = 120  # characters of what a validator says
AXE = "tests/data/axe/axe.min.js"  # of the project, not of the package
BROWSERS, DRIVER = ("chromium", "chromium-browser", "google-chrome"), "chromedriver"
HEADLESS = ("--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking")
PATIENCE = 600  # seconds that a page of 5 MB may take on a busy machine
RUN = """
const done = arguments[arguments.length - 1];
axe.run(document, {resultTypes: ["violations"]}).then((found) => done(found.violations.flatMap(
  ({id, help, nodes}) => nodes.map(({html}) => [id, help, html.slice(0, 60)]))));
"""


class Unavailable(SuyuanError):
    """What is needed is not installed; its text names it."""


def _needs(module: str, distribution: str) -> Any:
    try:
        return import_module(module)
    except ImportError:
        raise Unavailable(distribution) from None


def html5(candidate: Candidate) -> Iterator[Problem]:
    """Parse errors of the HTML standard in the page."""
    parser = _needs("tinyhtml5.parser", "tinyhtml5").HTMLParser()
    parser.parse(candidate.html.read_text(encoding="utf-8"))
    for (line, _), code, _ in parser.errors:
        yield Problem("E616", package.HTML, line, value=f"HTML: {code}")


def _pdf(profile: str) -> Callable[[Candidate], Iterator[Problem]]:
    def check(candidate: Candidate) -> Iterator[Problem]:
        validation = _needs("page", "page-validation")
        result = validation.validate_pdf(candidate.pdf, profile=profile)
        for failure in result.failures:
            said = f"{profile} {failure.rule_id}: {failure.message}"[:LONGEST]
            yield whole("E616", package.PDF, value=said)
        if not result.is_compliant and not result.failures:
            yield whole("E616", package.PDF, value=profile)

    return check


def axe(candidate: Candidate) -> Iterator[Problem]:
    """Violations of accessibility, as axe-core finds them in the opened page."""
    # A folder beside a project has links to what it is built from, as to its Snakefile.
    script = (candidate.root / "Snakefile").resolve().parent / AXE
    browser = next(filter(None, map(shutil.which, BROWSERS)), None)
    driver = shutil.which(DRIVER)
    if not (script.is_file() and browser and driver):
        raise Unavailable("axe-core、Chromium、chromedriver")
    chrome = _needs("selenium.webdriver", "selenium")
    service = _needs("selenium.webdriver.chrome.service", "selenium").Service(driver)
    options = chrome.ChromeOptions()
    options.binary_location = browser
    with TemporaryDirectory(prefix="suyuan-") as profile:
        for argument in (*HEADLESS, f"--user-data-dir={profile}"):
            options.add_argument(argument)
        opened = chrome.Chrome(options, service)
        try:
            opened.set_script_timeout(PATIENCE)
            opened.get(candidate.html.resolve().as_uri())
            opened.execute_script(script.read_text(encoding="utf-8"))
            for rule, text, where in opened.execute_async_script(RUN):
                yield whole("E616", package.HTML, value=f"axe {rule}: {text} {where}"[:LONGEST])
        finally:
            opened.quit()


KNOWN: Mapping[str, Callable[[Candidate], Iterator[Problem]]] = {
    "html5": html5,
    "pdfa": _pdf("3a"),
    "pdfua": _pdf("ua1"),
    "axe": axe,
}
