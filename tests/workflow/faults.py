"""Faults that strike a running stage: kills, a full disk, Ctrl-C."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import psutil

from tests.workflow.project import Done, Project

Fault = Callable[[psutil.Process, int], None]  # the stage's process, and the group of it all


def kill(process: psutil.Process, _group: int) -> None:
    """What the kernel does to a process when memory runs out."""
    process.kill()


def fill_the_disk(process: psutil.Process, _group: int) -> None:
    """From now on this process can write no byte to a file, as on a full disk."""
    process.rlimit(psutil.RLIMIT_FSIZE, (0, 0))


# Ctrl-C ends what a terminal runs; tests in the background may have been told to ignore it.
TERMINAL = ("env", "--default-signal=INT")


def press_ctrl_c(process: psutil.Process, group: int) -> None:
    """What a terminal sends to all that runs in it, once the stage leaves it to the kernel.

    Before, Python makes an exception of it, which an import may swallow.
    """
    process.suspend()
    while _catches(process, signal.SIGINT):
        process.resume()
        time.sleep(0.002)
        process.suspend()
    os.killpg(group, signal.SIGINT)
    with suppress(psutil.NoSuchProcess):  # whom Snakemake has ended meanwhile
        process.resume()


def _catches(process: psutil.Process, number: int) -> bool:
    """Whether the process has a handler of its own for a signal."""
    status = Path(f"/proc/{process.pid}/status").read_text(encoding="utf-8")
    mask = next(line for line in status.splitlines() if line.startswith("SigCgt:"))
    return bool(int(mask.split()[1], 16) >> (number - 1) & 1)


def kill_everything(_process: psutil.Process, group: int) -> None:
    """What a machine that is switched off does."""
    os.killpg(group, signal.SIGKILL)


def struck(project: Project, stage: str, fault: Fault, *arguments: str) -> Done:
    """Run `snakemake` in a project; ``fault`` strikes ``stage`` as soon as its process is there."""
    running = subprocess.Popen(
        [*TERMINAL, sys.executable, "-m", "snakemake", *arguments],
        cwd=project.root,
        env=project.environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        start_new_session=True,
    )
    found = False
    while running.poll() is None and not found:
        for process in _stages(running.pid, stage):
            fault(process, running.pid)
            found = True
        time.sleep(0.02)
    output = running.communicate()[0]
    assert found, f"{stage} did not run:\n{output}"
    return Done(running.returncode, output)


def _stages(parent: int, stage: str) -> Iterator[psutil.Process]:
    """The process of a stage below ``parent``, the Python and not the shell that starts it."""
    try:
        for process in psutil.Process(parent).children(recursive=True):
            if process.cmdline()[1:5] == ["-m", "suyuan", "stage", stage]:
                yield process
                return
    except psutil.Error:  # one that ended while we looked
        return
