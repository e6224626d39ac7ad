"""Ended: what is known of a process that ended without a word: its signal, and whether the kernel
ended processes meanwhile because there was no memory left.
"""

from __future__ import annotations

import re
import shutil
import signal
from collections.abc import Iterator
from pathlib import Path

from suyuan.core.errors import Problem, whole

COUNT = re.compile(r"^oom_kill (\d+)$", re.MULTILINE)
GROUP = re.compile(r"^\d+:(.*):(/.*)$", re.MULTILINE)  # controllers and path, of /proc/self/cgroup
MACHINE = Path("/")
MB = 1_000_000


def out_of_memory(machine: Path = MACHINE) -> int | None:
    """How many processes the kernel has ended for want of memory; None where it does not say.

    Of this process's own group (cgroup) where that can be read, else of the whole machine.
    """
    for path in _counters(machine):
        try:
            found = COUNT.search(path.read_text(encoding="utf-8", errors="replace"))
        except OSError:
            continue
        if found:
            return int(found[1])
    return None


def _counters(machine: Path) -> Iterator[Path]:
    """Where the kernel may tell of it, the nearest first."""
    groups = machine / "sys/fs/cgroup"
    try:
        own = (machine / "proc/self/cgroup").read_text(encoding="utf-8", errors="replace")
    except OSError:
        own = ""
    for controllers, path in GROUP.findall(own):
        if not controllers:  # of version 2, alone or beside version 1
            yield groups / path[1:] / "memory.events"
            yield groups / "unified" / path[1:] / "memory.events"
        elif "memory" in controllers.split(","):
            yield groups / "memory" / path[1:] / "memory.oom_control"
    yield machine / "proc/vmstat"


class Watch:
    """Kept while processes run: it knows what the kernel had counted before."""

    def __init__(self, *, here: bool = True, machine: Path = MACHINE) -> None:
        """``here``: they run on this machine."""
        self._machine = machine
        self._before = out_of_memory(machine) if here else None

    def problem(self, place: str, name: str, code: int, root: Path) -> Problem:
        """What is told of ``name``, which ended without a word; ``code`` as ``subprocess`` has it.

        E412 killed while memory ran out, E413 killed while it did not, E408 any other signal, or
        where the kernel does not say; E409 no signal at all.
        """
        if code >= 0:
            free = shutil.disk_usage(root).free // MB
            return whole("E409", place, name, {"exit": str(code or "—"), "free": str(free)})
        now = out_of_memory(self._machine) if self._before is not None else None
        told = "E408"
        if code == -signal.SIGKILL and now is not None:
            told = "E413" if now == self._before else "E412"
        return whole(told, place, name, {"signal": _named(-code)})


def _named(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:  # as of a real-time signal
        return str(number)
