"""Seconds from a save to the page that `suyuan preview` serves of it, as JSON: FOLDER EDITION.

Of a cell, of a mistake in one, of words in one section, each the median of five, by the clock and
in CPU of the process that makes pages, with its children. The browser's own time is not in it.
Files of FOLDER, a copy of the project, are edited.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from http.client import HTTPConnection, HTTPResponse
from itertools import count
from pathlib import Path
from statistics import median
from typing import Any
from urllib.parse import SplitResult, urlsplit

TIMES = 5
ROW = ",{0},Eflops,=,,,medium,,总规模精度未注明。,{0}(Eflops),"
SECTION = "templates/sections/02-06-scale.html.jinja"
TICK = os.sysconf("SC_CLK_TCK")
Measured = dict[str, float]


class Preview:
    """A preview of a folder, its browser, and what it costs."""

    def __init__(self, folder: Path, edition: str) -> None:
        command = [sys.executable, "-m", "suyuan", "preview", edition, "--no-open"]
        paths = {"PYTHONPATH": str(folder / "workflow/lib"), "PYTHONUNBUFFERED": "1"}
        self.started = time.perf_counter()
        self.process = subprocess.Popen(
            command, cwd=folder, env=os.environ | paths, stdout=subprocess.PIPE, text=True
        )
        assert self.process.stdout is not None
        lines = (line for line in self.process.stdout if line.startswith("http"))
        self.address: SplitResult = urlsplit(next(lines).strip())
        self.news = self._news(self._ask("events"))

    def _ask(self, path: str = "") -> HTTPResponse:
        connection = HTTPConnection(str(self.address.hostname), self.address.port)
        connection.request("GET", self.address.path + path)
        return connection.getresponse()

    def _news(self, events: HTTPResponse) -> Iterator[dict[str, Any]]:
        while line := events.readline():
            if line.startswith(b"data: "):
                yield json.loads(line.removeprefix(b"data: "))

    def cpu(self) -> float:
        """CPU seconds of the process that makes pages, and of those that it has begun."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text()
        status = Path(f"/proc/{children.split()[0]}/stat").read_text().rpartition(")")[2].split()
        return sum(map(int, status[11:15])) / TICK

    def until(self, wanted: Callable[[dict[str, Any]], bool]) -> None:
        """Read news until they are as wanted, and the page with them."""
        next(news for news in self.news if not news.get("busy") and wanted(news))
        self._ask().read()

    def end(self) -> None:
        self.process.send_signal(signal.SIGINT)
        self.process.wait()


def previewed(folder: Path, edition: str) -> dict[str, Measured]:
    """What each kind of save takes."""
    preview = Preview(folder, edition)
    try:
        preview.until(lambda news: news["page"] == 1)
        first = time.perf_counter() - preview.started
        found: dict[str, Measured] = {
            "first_page": {"wall_seconds": round(first, 2), "cpu_seconds": round(preview.cpu(), 2)}
        }
        observations = folder / f"data/raw/{edition}/observations.csv"
        section = folder / SECTION
        cell, words = observations.read_text("utf-8"), section.read_text("utf-8")
        if ROW.format("114.5") not in cell:
            sys.exit(f"{observations} has no such cell")

        def saved(path: Path, text: str, wanted: Callable[[dict[str, Any]], bool]) -> Measured:
            cpu, start = preview.cpu(), time.perf_counter()
            path.write_text(text, encoding="utf-8")
            preview.until(wanted)
            wall = time.perf_counter() - start
            return {"wall_seconds": wall, "cpu_seconds": preview.cpu() - cpu}

        measured: dict[str, list[Measured]] = {"cell": [], "error": [], "template": []}
        pages = count(2)
        for turn in range(TIMES):
            for kind, path, text in (
                (
                    "cell",
                    observations,
                    cell.replace(ROW.format("114.5"), ROW.format(f"11{turn}.6")),
                ),
                ("error", observations, cell.replace(ROW.format("114.5"), ROW.format("abc"))),
                ("", observations, cell),
                ("template", section, words + "\n" * (turn + 1)),
            ):
                page = 0 if kind == "error" else next(pages)

                def wanted(news: dict[str, Any], page: int = page) -> bool:
                    return news["page"] == page if page else bool(news.get("problems"))

                measured.setdefault(kind, []).append(saved(path, text, wanted))
        del measured[""]
        return found | {kind: _middle(times) for kind, times in measured.items()}
    finally:
        preview.end()


def _middle(times: list[Measured]) -> Measured:
    return {what: round(median(one[what] for one in times), 2) for what in times[0]}


if __name__ == "__main__":
    print(json.dumps(previewed(Path(sys.argv[1]).resolve(), sys.argv[2]), indent=2))
