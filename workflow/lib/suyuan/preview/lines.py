"""Connections on which browsers wait for news: a few, since a browser has room for six in all.

With six tabs that wait, a seventh would never be loaded.
"""

from __future__ import annotations

import select
from contextlib import suppress
from socket import SHUT_RDWR, socket
from threading import Lock

MOST = 4
AWAY = b'data: {"away": true}\n\n'


class Lines:
    """Those that are held; who waits longest gives way."""

    def __init__(self) -> None:
        self._held: list[socket] = []
        self._lock = Lock()

    def add(self, line: socket) -> None:
        """Hold another; a tab that gives way is told so, and listens again when it is looked at."""
        with self._lock:
            held = [each for each in self._held if not _can(each, select.POLLIN)]  # it says no more
            self._held = [*held, line][-MOST:]
            for other in [*held, line][:-MOST]:
                with suppress(OSError):
                    if _can(other, select.POLLOUT):
                        other.send(AWAY)
                    other.shutdown(SHUT_RDWR)


def _can(line: socket, what: int) -> bool:
    """Whether one may at once read, as where a browser has gone, or write."""
    if line.fileno() < 0:
        return what == select.POLLIN
    waiting = select.poll()
    waiting.register(line, what)
    return bool(waiting.poll(0))
