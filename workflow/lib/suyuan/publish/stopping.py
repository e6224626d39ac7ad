"""Stopping: signals that ask to end: what is begun is taken back, what is done stays done."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from signal import SIG_DFL, SIG_IGN, SIGINT, SIGTERM, Signals, signal
from typing import TypeVar

from suyuan.core.errors import MachineError, whole
from suyuan.publish.shelf import EDITIONS

T = TypeVar("T")
ASKING = (SIGINT, SIGTERM)


class _Stopped(BaseException):
    """A signal that asks to end: what is begun is taken back on its way out."""


def stoppable(work: Callable[[], T]) -> T:
    """What ``work`` gives; MachineError E629 where Ctrl-C or SIGTERM ends it, all taken back."""

    def stop(number: int, _frame: object) -> None:
        for each in ASKING:
            signal(each, SIG_DFL)  # once more ends it at once
        raise _Stopped(Signals(number).name)

    before = {each: signal(each, stop) for each in ASKING}
    try:
        return work()
    except _Stopped as stopped:
        problem = whole("E629", EDITIONS, value=str(stopped))
        raise MachineError(problem) from None
    finally:
        for each, handler in before.items():
            signal(each, handler)


@contextmanager
def undisturbed() -> Iterator[None]:
    """A block that no signal can ask to end: what cannot be taken back is begun. Those that come
    meanwhile come too late, and are dropped.
    """
    if threading.current_thread() is not threading.main_thread():  # signals are not for it
        yield
        return
    before = {each: signal(each, SIG_IGN) for each in ASKING}
    try:
        yield
    finally:
        for each, handler in before.items():
            signal(each, handler)
