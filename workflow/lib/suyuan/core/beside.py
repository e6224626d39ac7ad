"""Work on a second core while the caller goes on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any, TypeVar

from suyuan.core.ended import Watch
from suyuan.core.errors import MachineError

T = TypeVar("T")
Result = Callable[[], T]  # waits for it
_awaited: list[Connection] = []  # what this process waits at; a fork has them too


def _send(connection: Connection, work: Callable[[], Any]) -> None:
    for other in _awaited:  # or the pipe would stay open when the one that waits has been killed
        other.close()
    try:
        answer = True, work()
    except BaseException as error:
        answer = False, error
    with suppress(BrokenPipeError):  # nobody waits any more
        connection.send(answer)


def _receive(connection: Connection, process: BaseProcess, watch: Watch, stage: str) -> Any:
    try:
        done, answer = connection.recv()
    except EOFError as error:
        process.join()
        ended = watch.problem(stage, stage, process.exitcode or 0, Path())
        raise MachineError(ended) from error
    if not done:
        raise answer
    return answer


@contextmanager
def beside(stage: str, work: Callable[[], T]) -> Iterator[Result[T]]:
    """What ``work`` gives, made in a fork of this process while the block runs; asked for once.

    The result must pickle; the work need not. Raises what the work raises when the result is asked
    for, MachineError where that process of the ``stage`` was killed, as ``Watch`` tells it. Who
    leaves the block without asking ends the work.
    """
    context = get_context("fork")
    ours, theirs = context.Pipe(duplex=False)
    watch = Watch()
    _awaited.append(ours)
    process = context.Process(target=_send, args=(theirs, work))
    process.start()
    theirs.close()
    try:
        yield partial(_receive, ours, process, watch, stage)
    finally:
        _awaited.remove(ours)
        ours.close()
        process.terminate()
        process.join()
