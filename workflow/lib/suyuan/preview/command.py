"""`suyuan preview`: watch, have pages made, serve them, until Ctrl-C."""

from __future__ import annotations

import math
import os
import signal
import subprocess
import sys
import time
import webbrowser
from collections.abc import Callable
from contextlib import suppress
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from threading import Thread
from typing import Any

from suyuan.contract.messages import catalogue, message
from suyuan.core import ended
from suyuan.core.errors import MachineError, Problem, unreadable, whole
from suyuan.core.layout import Layout
from suyuan.preview.board import Board
from suyuan.preview.dressing import blank
from suyuan.preview.loaded import Loaded
from suyuan.preview.serving import HOST, Server
from suyuan.preview.watching import KINDS, Watch

POLL = 0.1  # seconds between looks at the files
DYING = 5.0  # seconds that a process may take to end once it has hung up, or is told to
ENDLESS = 5  # times the slowest answer so far, after which there may be none
SLOWEST = 24.0  # seconds, before there was any
SETTLE = 0.03  # a save is over when nothing was written for so long
RESTARTS = frozenset({"code", "schemas", "messages", "fonts"})  # what a process reads once
ENDED = {  # how a process ended, by the code of what is known of it
    "E408": "ended_signal", "E413": "ended_signal", "E412": "ended_memory", "E409": "ended_itself",
}  # fmt: skip
ENDS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)  # the last when its terminal is closed
AGAIN = 2.0  # seconds after which what the machine did not do is asked for again, at least
SHARE = 10  # times what the last time took: a tenth of a core
LATEST = 10.0  # seconds, however long it took: somebody waits
TIMES = ("seconds", "busy")  # of what is said of a page, what differs each time
SCREENS = ("DISPLAY", "WAYLAND_DISPLAY")
Say = Callable[[str], None]


class Worker:
    """The process that makes pages, with those that it begins: a group of its own."""

    def __init__(self, layout: Layout) -> None:
        self._root, self._watch = layout.root, ended.Watch()
        self.connection, theirs = Pipe()
        with theirs:
            handle = theirs.fileno()
            self._process = subprocess.Popen(
                [sys.executable, "-m", "suyuan.preview.worker", str(handle), str(layout.root),
                 layout.edition],
                pass_fds=[handle], cwd=layout.root, start_new_session=True,
            )  # fmt: skip
        self.busy = self.proven = False  # proven: it has answered once

    def ask(self, saved: frozenset[str]) -> None:
        self.busy = True
        self.connection.send(saved)

    def answered(self, seconds: float) -> tuple[bytes | None, dict[str, Any]] | None:
        """What it answers within so many seconds. Raises EOFError where it has died."""
        if not self.connection.poll(seconds):
            if self._process.poll() is not None:  # one that it began may hold the line
                raise EOFError
            return None
        answer = _received(self.connection)
        self.busy, self.proven = False, True
        return answer

    def fate(self) -> Problem:
        """What is known of the end of one that has died."""
        try:
            code = self._process.wait(DYING)
        except subprocess.TimeoutExpired:  # it has hung up, and lives
            code = self._killed()
        return self._watch.problem("", "", code, self._root)

    def end(self) -> None:
        """Have it put its things away, and end it with all that it has begun."""
        self._process.terminate()
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(DYING)
        self._killed()
        self.connection.close()

    def _killed(self) -> int:
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        return self._process.wait()


def _lasting(said: dict[str, Any]) -> dict[str, Any]:
    return {name: what for name, what in said.items() if name not in TIMES}


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
        self.loaded, self.aside = Loaded(), dict[str, str]()
        self.worker: Worker | None = None
        self.pending = frozenset[str]()
        self._slowest, self._again = 0.0, math.inf
        self._begin()

    def turn(self) -> None:
        saved = self.watch.changed()
        if saved:
            saved = self.watch.settled(saved, lambda: time.sleep(SETTLE))
            self.pending |= saved
        if saved & RESTARTS:
            self.say(self.words["preview_restarted"])
            self._look_aside()
            self._begin()
        elif saved and self.worker is None:
            self._begin()
        if self.worker is None:
            time.sleep(POLL)
            return
        if self.worker.busy:
            self._mind()
        try:
            if not self.worker.busy and (self.pending or time.monotonic() > self._again):
                self._ask(self.worker)
            answer = self.worker.answered(POLL)
        except (EOFError, ConnectionError):
            self._died(self.worker)
            return
        if answer:
            self._hear(*answer)

    def _begin(self) -> None:
        """Another process, which makes the page anew; where none can be had a save asks again."""
        self.end()
        self._since, self._endless = time.monotonic(), False
        try:
            self.worker, self.pending = Worker(self.layout), frozenset(KINDS)
        except OSError as error:
            (problem,) = unreadable(error, self.layout.root).problems
            self._tell(None, {"crash": message(problem, self.layout.templates)})

    def _look_aside(self) -> None:
        """Whoever watches and serves is not begun anew: that it goes by other code is told."""
        if not self.loaded.outdated():
            self.aside = {}
        elif not self.aside:
            self.aside = {"aside": self.words["preview_outdated"]}
            self.say(self.aside["aside"])

    def _mind(self) -> None:
        """A save does not wait for what may never end, as a loop without one."""
        lasted = time.monotonic() - self._since
        if lasted < ENDLESS * (self._slowest or SLOWEST):
            return
        if self.pending:
            self.say(self.words["preview_abandoned"])
            self._begin()
        elif not self._endless:
            self._endless = True
            told = self.words["preview_endless"].format(seconds=f"{lasted:.0f}")
            self._tell(None, {"crash": told})

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
        self._since, self._endless = time.monotonic(), False
        worker.ask(self.pending)
        if self.pending:
            self.board.put(self.board.shown.said | {"busy": True})
        self.pending, self._again = frozenset(), math.inf

    def _hear(self, page: bytes | None, said: dict[str, Any]) -> None:
        """Tell it, but not once more what was told; what the machine did not do is asked again."""
        lasted, said = time.monotonic() - self._since, said | self.aside
        self._slowest = max(self._slowest, lasted)
        if "note" in said:
            self._again = time.monotonic() + min(max(AGAIN, SHARE * lasted), LATEST)
        shown = self.board.shown.said
        if page is not None or shown.get("busy") or _lasting(said) != _lasting(shown):
            self._tell(page, said)

    def _tell(self, page: bytes | None, said: dict[str, Any]) -> None:
        self.board.put({"busy": False} | said | self.aside, page)
        if page is None:
            self.say("\n".join(filter(None, [said.get("text") or said["crash"], said.get("note")])))
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
    words = catalogue(layout.templates)
    for number in ENDS:
        if signal.getsignal(number) is not signal.SIG_IGN:  # as by nohup
            signal.signal(number, _interrupted)
    try:
        _serve(layout, port, opening, say)
    except KeyboardInterrupt:
        with suppress(OSError):  # the terminal may be gone
            say(words["preview_ended"])


def _serve(layout: Layout, port: int, opening: bool, say: Say) -> None:
    try:
        server = Server(Board(blank(layout)), port)
    except OSError as error:
        raise MachineError(whole("E414", f"{HOST}:{port}", value=error.strerror or "")) from error
    server.start()
    preview: Preview | None = None
    try:
        preview = Preview(layout, server.board, say)
        address = server.address
        say(preview.words["previewing"].format(edition=layout.edition, address=address))
        if opening and (sys.platform == "darwin" or any(map(os.environ.get, SCREENS))):
            Thread(target=webbrowser.open, args=[address], daemon=True).start()
        while True:
            preview.turn()
    finally:
        if preview is not None:
            preview.end()
        server.stop()


def _interrupted(number: int, frame: object) -> None:
    """Once: who is impatient does not disturb the end."""
    for each in ENDS:
        signal.signal(each, signal.SIG_IGN)
    raise KeyboardInterrupt
