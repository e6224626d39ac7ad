"""Seconds from a save to what a browser has painted of it in `suyuan preview`: FOLDER EDITION.

As JSON, and each limit on stderr; ends with 1 where one is passed. Of a cell, of a mistake in one,
of words in one section: the median of five, told by the page itself (performance API; its clock is
that of this machine), and in CPU of the process that makes pages, with its children. Files of
FOLDER, a copy of the project, are edited.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from selenium.webdriver import Chrome, ChromeOptions
from selenium.webdriver.chrome.service import Service

from tools.cell import Cell
from tools.limits import Limit, held, limits

TIMES = 5
PATIENCE = 120.0  # seconds that anything may take on a busy machine
LOOK = 0.2  # seconds between looks at the page, which cost it time
MORE = "另见附录。"
SECTION = "templates/sections/02-06-scale.html.jinja"
LIMITS = {"cell": 3.0, "error": 1.0, "template": 1.5}
TICK = os.sysconf("SC_CLK_TCK")
# The number of the page, whether it tells of problems, and when it painted what it shows.
SEEN = """
const mark = (name) => performance.getEntriesByName(name).at(-1)?.startTime;
const at = (name) => (mark(name) ?? -Infinity) + performance.timeOrigin;
return [Number(document.getElementById("preview-script")?.dataset.page ?? 0),
  document.querySelectorAll("#preview tbody tr").length > 0,
  at("preview-shown") / 1000, at("preview-told") / 1000];
"""
ARGUMENTS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip
Measured = dict[str, float]


def browser(profile: str) -> Chrome:
    """A browser of this machine, with a profile of its own."""
    options = ChromeOptions()
    names = ("chromium", "chromium-browser", "google-chrome")
    options.binary_location = next(filter(None, map(shutil.which, names)), "")
    for argument in (*ARGUMENTS, f"--user-data-dir={profile}"):
        options.add_argument(argument)
    return Chrome(options, Service(shutil.which("chromedriver")))


class Preview:
    """A preview of a folder in a browser, and what it costs."""

    def __init__(self, folder: Path, edition: str, chrome: Chrome) -> None:
        command = [sys.executable, "-m", "suyuan", "preview", edition, "--no-open"]
        paths = {"PYTHONPATH": str(folder / "workflow/lib"), "PYTHONUNBUFFERED": "1"}
        self.chrome, self.started = chrome, time.time()
        self.process = subprocess.Popen(
            command, cwd=folder, env=os.environ | paths, stdout=subprocess.PIPE, text=True
        )
        assert self.process.stdout is not None
        chrome.get(next(line for line in self.process.stdout if line.startswith("http")).strip())

    def cpu(self) -> float:
        """CPU seconds of the process that makes pages, and of those that it has begun."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text()
        status = Path(f"/proc/{children.split()[0]}/stat").read_text().rpartition(")")[2].split()
        return sum(map(int, status[11:15])) / TICK

    def painted(self, since: float, page: int) -> float:
        """Seconds until that page was on screen; 0: until a mistake was."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            number, wrong, shown, told = self.chrome.execute_script(SEEN)
            when = shown if page else told
            if (number == page if page else wrong) and when > since:
                return when - since
            time.sleep(LOOK)
        sys.exit(f"page {page} did not come")

    def end(self) -> None:
        self.process.send_signal(signal.SIGINT)
        self.process.wait()


def previewed(folder: Path, edition: str) -> dict[str, Measured]:
    """What each kind of save takes."""
    with TemporaryDirectory() as profile:
        chrome = browser(profile)
        preview = Preview(folder, edition, chrome)
        try:
            return _measured(preview, folder, edition)
        finally:
            preview.end()
            chrome.quit()


def _measured(preview: Preview, folder: Path, edition: str) -> dict[str, Measured]:
    first = preview.painted(preview.started, 1)
    found: dict[str, Measured] = {
        "first_page": {"wall_seconds": round(first, 2), "cpu_seconds": round(preview.cpu(), 2)}
    }
    cell, section = Cell.of(folder, edition), folder / SECTION
    words = section.read_text("utf-8")
    measured: dict[str, list[Measured]] = {kind: [] for kind in LIMITS}
    page = 1

    def saved(save: Callable[[], object], *, wrong: bool = False) -> Measured:
        nonlocal page
        page += not wrong
        cpu, since = preview.cpu(), time.time()
        save()
        wall = preview.painted(since, 0 if wrong else page)
        time.sleep(LOOK)
        return {"wall_seconds": wall, "cpu_seconds": preview.cpu() - cpu}

    for turn in range(TIMES):
        other, more = f"11{turn}.6", f"{words}<p>{MORE * (turn + 1)}</p>\n"
        measured["cell"].append(saved(lambda other=other: cell.put(other)))
        measured["error"].append(saved(lambda: cell.put("abc"), wrong=True))
        saved(cell.restore)
        measured["template"].append(saved(lambda more=more: section.write_text(more, "utf-8")))
    return found | {kind: _middle(times) for kind, times in measured.items()}


def _middle(times: list[Measured]) -> Measured:
    return {what: round(median(one[what] for one in times), 2) for what in times[0]}


def limits_of(found: Mapping[str, Measured]) -> list[Limit]:
    """What each kind of save is held to."""
    walls = {kind: found[kind]["wall_seconds"] for kind in LIMITS}
    return limits("preview", walls, LIMITS, "s")


if __name__ == "__main__":
    found = previewed(Path(sys.argv[1]).resolve(), sys.argv[2])
    print(json.dumps(found, indent=2))
    sys.exit(held(limits_of(found)))
