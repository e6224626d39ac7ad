"""What is to be seen just now: the last good page, and what became of the last save."""

from __future__ import annotations

from dataclasses import dataclass, replace
from threading import Condition
from typing import Any


@dataclass(frozen=True)
class Shown:
    """The page of that number, and what a browser is told: problems, a crash, who is at work."""

    number: int = 0
    page: bytes = b""
    said: Any = None
    change: int = 0  # counts whatever is put up


class Board:
    """Put up by one thread, read by those of the browsers."""

    def __init__(self, page: bytes) -> None:
        self._shown = Shown(page=page, said={})
        self._news = Condition()
        self.closed = False

    @property
    def shown(self) -> Shown:
        with self._news:
            return self._shown

    def put(self, said: Any, page: bytes | None = None) -> None:
        """Say something; with another page, browsers load that."""
        with self._news:
            old = self._shown
            self._shown = replace(old, said=said, change=old.change + 1)
            if page is not None and page != old.page:
                self._shown = replace(self._shown, number=old.number + 1, page=page)
            self._news.notify_all()

    def wait(self, change: int, seconds: float) -> Shown | None:
        """What is shown once it is another than after that change; None after so many seconds."""
        with self._news:
            self._news.wait_for(lambda: self.closed or self._shown.change != change, seconds)
            return self._shown if self._shown.change != change else None

    def close(self) -> None:
        """Nobody waits any more."""
        with self._news:
            self.closed = True
            self._news.notify_all()
