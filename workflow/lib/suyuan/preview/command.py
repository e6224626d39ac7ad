"""`suyuan preview`: watch, have pages made, serve them, until Ctrl-C."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import webbrowser
from collections.abc import Callable
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from threading import Thread
from typing import Any

from suyuan.contract.messages import catalogue
from suyuan.core import ended
from suyuan.core.errors import MachineError, Problem, whole
from suyuan.core.layout import Layout
from suyuan.preview.board import Board
from suyuan.preview.dressing import blank
from suyuan.preview.serving import HOST, Server
from suyuan.preview.watching import KINDS, Watch

POLL = 0.1  # seconds between looks at the files
DYING = 5.0  # seconds that a process may take to end once it has hung up
SETTLE = 0.03  # a save is over when nothing was written for so long
RESTARTS = frozenset({"code", "schemas", "messages", "fonts"})  # what a process reads once
ENDED = {  # how a process ended, by the code of what is known of it
    "E408": "ended_signal", "E413": "ended_signal", "E412": "ended_memory", "E409": "ended_itself",
}  # fmt: skip
SCREENS = ("DISPLAY", "WAYLAND_DISPLAY")
Say = Callable[[str], None]


class Worker:
    """The process that makes pages."""

    def __init__(self, layout: Layout) -> None:
        self._root, self._watch = layout.root, ended.Watch()
        self.connection, theirs = Pipe()
        with theirs:
            handle = theirs.fileno()
            self._process = subprocess.Popen(
                [sys.executable, "-m", "suyuan.preview.worker", str(handle), str(layout.root),
                 layout.edition],
                pass_fds=[handle], cwd=layout.root,
            )  # fmt: skip
        self.busy = self.proven = False  # proven: it has answered once

    def ask(self, saved: frozenset[str]) -> None:
        self.busy = True
        self.connection.send(saved)

    def answered(self, seconds: float) -> tuple[bytes | None, dict[str, Any]] | None:
        """What it answers within so many seconds. Raises EOFError where it has died."""
        if not self.connection.poll(seconds):
            return None
        answer = _received(self.connection)
        self.busy, self.proven = False, True
        return answer

    def fate(self) -> Problem:
        """What is known of the end of one that has died."""
        try:
            code = self._process.wait(DYING)
        except subprocess.TimeoutExpired:  # it has hung up, and lives
            self._process.kill()
            code = self._process.wait()
        return self._watch.problem("", "", code, self._root)

    def end(self) -> None:
        self._process.kill()
        self._process.wait()
        self.connection.close()


def _received(connection: Connection) -> tuple[bytes | None, dict[str, Any]]:
    try:
        return connection.recv()
    except ConnectionError as error:
        raise EOFError from error


class Preview:
    """An edition on the board: ``turn`` looks once whether there is news of files or pages."""

    def __init__(self, layout: Layout, board: Board, say: Say) -> None:
        self.layout, self.board, self.say = layout, board, say
        self.words = catalogue(layout.templates)
        self.watch = Watch(layout)
        self.worker: Worker | None = Worker(layout)
        self.pending = frozenset(KINDS)
        self._since = 0.0

    def turn(self) -> None:
        saved = self.watch.changed()
        if saved:
            saved = self.watch.settled(saved, lambda: time.sleep(SETTLE))
            self.pending |= saved
        if saved & RESTARTS:
            self.say(self.words["preview_restarted"])
            self._begin()
        elif saved and self.worker is None:
            self._begin()
        if self.worker is None:
            time.sleep(POLL)
            return
        try:
            if self.pending and not self.worker.busy:
                self._ask(self.worker)
            answer = self.worker.answered(POLL)
        except (EOFError, ConnectionError):
            self._died(self.worker)
            return
        if answer:
            self._tell(*answer)

    def _begin(self) -> None:
        """Another process, which makes the page anew."""
        self.end()
        self.worker, self.pending = Worker(self.layout), frozenset(KINDS)

    def _died(self, worker: Worker) -> None:
        """Tell how it ended. One that never answered would die again: the next waits for a save."""
        fate = worker.fate()
        how = self.words[ENDED[fate.code]].format(**fate.details)
        self.end()
        self._tell(
            None,
            {
                "crash": self.words["preview_died" if worker.proven else "preview_dies"].format(
                    how=how
                )
            },
        )
        if worker.proven:
            self._begin()

    def _ask(self, worker: Worker) -> None:
        self._since = time.monotonic()
        worker.ask(self.pending)
        self.pending = frozenset()
        self.board.put(self.board.shown.said | {"busy": True})

    def _tell(self, page: bytes | None, said: dict[str, Any]) -> None:
        self.board.put({"busy": False} | said, page)
        if page is None:
            self.say(said.get("text") or said["crash"])
        else:
            self.say(
                self.words["previewed"].format(seconds=f"{time.monotonic() - self._since:.1f}")
            )

    def end(self) -> None:
        if self.worker is not None:
            self.worker.end()
        self.worker = None


def run(layout: Layout, port: int, *, opening: bool, say: Say) -> None:
    """Serve the edition until somebody interrupts.

    Raises MachineError E414 for a port that cannot be had.
    """
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _interrupted)
    try:
        server = Server(Board(blank(layout)), port)
    except OSError as error:
        raise MachineError(whole("E414", f"{HOST}:{port}", value=error.strerror or "")) from error
    server.start()
    words = catalogue(layout.templates)
    say(words["previewing"].format(edition=layout.edition, address=server.address))
    if opening and (sys.platform == "darwin" or any(map(os.environ.get, SCREENS))):
        Thread(target=webbrowser.open, args=[server.address], daemon=True).start()
    preview = Preview(layout, server.board, say)
    try:
        while True:
            preview.turn()
    except KeyboardInterrupt:
        say(words["preview_ended"])
    finally:
        preview.end()
        server.stop()


def _interrupted(number: int, frame: object) -> None:
    raise KeyboardInterrupt
