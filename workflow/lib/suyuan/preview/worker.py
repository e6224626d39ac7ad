"""The process that makes pages: it is asked with kinds of saved inputs, and answers with a page.

It is another than the one that serves, so that after an edit of the code a new one takes its place
at the same address. What the code cannot do is told like any other mistake.
"""

from __future__ import annotations

import gc
import os
import select
import signal
import sys
import time
import traceback
from importlib import import_module
from multiprocessing.connection import Connection
from pathlib import Path
from threading import Thread, Timer
from typing import Any

QUIET = 0.5  # seconds without a question, after which there is time to look for garbage
ENDING = 2.0  # seconds to put things away
AGAIN = 0.05  # seconds until it is told to end once more
MANY = 10  # answers without such a time, after which garbage is looked for all the same
LAST = 6  # lines of a traceback that a page shows


def main(handle: int, root: Path, edition: str) -> None:
    """Answer questions until nobody can ask any more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever asks ends this, too
    end_when_told()
    os.register_at_fork(after_in_child=lambda: signal.signal(signal.SIGTERM, signal.SIG_DFL))
    Thread(target=_end_with_the_asker, args=[handle], daemon=True).start()
    gc.disable()
    connection = Connection(handle)
    desk: Any = None
    unswept = 0
    try:
        while True:
            saved, started = connection.recv(), time.perf_counter()
            try:
                answering = import_module("suyuan.preview.answering")
                desk, answer = answering.answered(desk, root, edition, saved)
            except Exception as error:  # whatever an edit of the code can do
                answer = None, {"crash": crashed(error)}
            page, said = answer
            said["seconds"] = round(time.perf_counter() - started, 2)
            connection.send((page, said))
            unswept += 1
            if unswept >= MANY or not connection.poll(QUIET):
                gc.collect()
                unswept = 0
    except (EOFError, ConnectionError):
        return
    except Told:
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        os.killpg(os.getpgrp(), signal.SIGTERM)


class Told(BaseException):
    """To end: whatever is in hand puts its things away."""


def end_when_told() -> None:
    """Have SIGTERM raise Told where the process is."""
    signal.signal(signal.SIGTERM, _told_to_end)
    sys.unraisablehook = _told_again


def _told_to_end(number: int, frame: object) -> None:
    raise Told


def _told_again(lost: Any) -> None:
    """What is raised in a finalizer is lost: it is told once more, when that is over."""
    if lost.exc_type is Told:
        Timer(AGAIN, os.kill, [os.getpid(), signal.SIGTERM]).start()
    else:
        sys.__unraisablehook__(lost)


def _end_with_the_asker(handle: int) -> None:
    """Whoever asks may be killed while a page is made, of which the end may be far."""
    line = select.poll()
    line.register(handle, 0)  # of its end alone
    line.poll()
    time.sleep(QUIET)  # one that is idle ends by itself
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(ENDING)
    os.killpg(os.getpgrp(), signal.SIGKILL)


def crashed(error: Exception) -> str:
    """The end of a traceback; all of it goes to the terminal."""
    lines = traceback.format_exception(error)
    print("".join(lines), file=sys.stderr, flush=True)
    return "".join(lines[-LAST:])


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]), sys.argv[3])
