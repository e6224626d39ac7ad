"""Work on a second core: its result, its error, its death."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from multiprocessing import active_children

import psutil
import pytest

from suyuan.core.beside import beside
from suyuan.core.errors import DataError, MachineError, Problem


def test_the_result_is_made_in_another_process() -> None:
    with beside("verify", lambda: (os.getpid(), "x" * 1_000_000)) as result:
        own, text = result()
    assert own != os.getpid()
    assert len(text) == 1_000_000  # more than a pipe holds


def test_two_go_on_at_once() -> None:
    with beside("verify", lambda: 1) as first, beside("verify", lambda: 2) as second:
        assert (second(), first()) == (2, 1)


def test_an_error_is_raised_where_the_result_is_asked_for() -> None:
    def refuse() -> None:
        raise DataError([Problem("E153", "a.csv", 7, "value", "x")])

    with beside("verify", refuse) as result, pytest.raises(DataError) as refused:
        result()
    assert refused.value.problems[0].row == 7


def test_a_killed_process_is_told() -> None:
    def die() -> None:
        os.kill(os.getpid(), signal.SIGTERM)

    with beside("verify", die) as result, pytest.raises(MachineError) as told:
        result()
    (problem,) = told.value.problems
    assert (problem.code, problem.details["signal"]) == ("E408", "SIGTERM")


def test_a_process_that_went_away_is_told() -> None:
    with beside("verify", lambda: os._exit(3)) as result, pytest.raises(MachineError) as told:
        result()
    (problem,) = told.value.problems
    assert (problem.code, problem.details["exit"]) == ("E409", "3")


def test_who_leaves_ends_the_work() -> None:
    started = time.perf_counter()
    with pytest.raises(ValueError, match="no more"), beside("verify", lambda: time.sleep(60)):
        raise ValueError("no more")
    assert time.perf_counter() - started < 30
    assert not active_children()


FULL = """
import os, time
from suyuan.core.beside import beside

def work():
    return os.getpid(), "x" * 1_000_000  # more than a pipe holds: it waits for who reads

with beside("verify", work), beside("verify", work):
    print("begun", flush=True)
    time.sleep(600)
"""


def test_who_is_killed_leaves_no_process_behind() -> None:
    with subprocess.Popen([sys.executable, "-c", FULL], stdout=subprocess.PIPE) as parent:
        assert parent.stdout
        assert parent.stdout.readline() == b"begun\n"
        workers = psutil.Process(parent.pid).children()
        parent.kill()
    assert len(workers) == 2
    _, left = psutil.wait_procs(workers, timeout=120)
    for worker in left:
        worker.kill()
    assert not left
