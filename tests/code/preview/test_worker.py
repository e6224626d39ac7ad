"""A worker that is told to end does, wherever it is just then."""

from __future__ import annotations

import subprocess
import sys

TOLD_IN_A_FINALIZER = """
import os, signal
from suyuan.preview.worker import Told, end_when_told
end_when_told()
class Faulty:
    def __del__(self):
        1 / 0
class Thing:
    def __del__(self):
        os.kill(os.getpid(), signal.SIGTERM)
        sum(range(1000))
try:
    Faulty()
    Thing()
    signal.pause()
except Told:
    print("ended")
"""


def test_an_end_that_comes_in_a_finalizer_is_not_lost():
    done = subprocess.run(
        [sys.executable, "-c", TOLD_IN_A_FINALIZER],
        capture_output=True, text=True, check=True, timeout=600,
    )  # fmt: skip
    assert done.stdout == "ended\n"
    assert "ZeroDivisionError" in done.stderr
    assert "Told" not in done.stderr
