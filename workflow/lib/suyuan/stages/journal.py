"""Events for machines: a file of JSON, one a line, as they happen; ``at`` so many seconds."""

from __future__ import annotations

import json
import time
from contextlib import suppress
from pathlib import Path

from suyuan.stages.progress import Event

USUAL = Path("logs/events.jsonl")  # of the last run


class Journal:
    """Begun with the first event; one at the usual place that cannot be written is no news."""

    def __init__(self, path: Path | None) -> None:
        """``path``: a file that was asked for. Raises OSError where it cannot be written."""
        self._path, self._since = path or USUAL, time.monotonic()
        self._begun = path is not None
        if path is not None:
            self._begin()

    def tell(self, event: Event) -> None:
        with suppress(OSError):
            if not self._begun:
                self._begin()
                self._begun = True
            with self._path.open("a", encoding="utf-8") as file:
                at = round(time.monotonic() - self._since, 3)
                file.write(f"{json.dumps({'at': at} | event)}\n")

    def _begin(self) -> None:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        self._path.write_text("")
