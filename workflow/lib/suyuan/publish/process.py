"""Process: who a process is, on which machine, and whether it still lives."""

from __future__ import annotations

import os
import re
import socket
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

UNFIT = re.compile(r"[^A-Za-z0-9-]+")  # in a host's name as part of a folder's
DEAD, STARTED = "Z", 19  # in /proc/<pid>/stat after the name: a state, the place of the start


@dataclass(frozen=True)
class Process:
    """A process: its host, its number, and when it began by the clock of that kernel.

    A number is given again once its process is dead; number and beginning together are not.
    ``since`` is for people.
    """

    host: str
    pid: int
    started: str
    since: str = ""

    @classmethod
    def own(cls, since: str = "") -> Process:
        return cls(socket.gethostname(), os.getpid(), _started(os.getpid()), since)

    @classmethod
    def of_json(cls, document: Any) -> Process | None:
        """What ``to_json`` gave, None for anything else."""
        names = {field.name for field in fields(cls)}
        return cls(**document) if isinstance(document, dict) and document.keys() == names else None

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @property
    def lives(self) -> bool | None:
        """Whether it still lives; None where that cannot be known from this host."""
        if self.host != socket.gethostname():
            return None
        return bool(self.started) and _started(self.pid) == self.started

    @property
    def label(self) -> str:
        """A name for a folder that is this process's own."""
        return f"{UNFIT.sub('-', self.host)}.{self.pid}.{self.started}"


def labelled(label: str) -> Process | None:
    """The process that a folder's name tells of, None where it tells of none."""
    host, _, rest = label.partition(".")
    pid, _, started = rest.partition(".")
    ours = socket.gethostname()
    if not (pid.isascii() and pid.isdigit() and started):
        return None
    return Process(ours if UNFIT.sub("-", ours) == host else host, int(pid), started)


def _started(pid: int) -> str:
    """When a process began, in ticks since its kernel did; '' where there is no such process."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
    words = stat.rpartition(")")[2].split()
    return "" if words[0] == DEAD else words[STARTED]
