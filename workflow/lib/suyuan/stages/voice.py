"""What `snakemake` says at its end: queries after a success, and after a failure, last and
alone, the complaint of the stage that failed.
"""

from __future__ import annotations

import gc
import logging
import re
import shutil
import signal
import sys
import threading
from pathlib import Path

from suyuan.contract.messages import catalogue, questions, report
from suyuan.contract.tables import read_records
from suyuan.core.errors import Problem, ReportedError, unreadable
from suyuan.core.layout import Layout

SYSTEM = re.compile(r"\[Errno (\d+)\] ([^:\n]+)(: '(.*)')?")
SYSTEM_ERRORS = frozenset({"OSError", "PermissionError", "FileNotFoundError"})
EXIT = re.compile(r"^exit (\d+)$", re.MULTILINE)
BY_SIGNAL = 128  # what a shell adds to the signal that ended a command
JOB_ERROR, RULE = "job_error", "RuleException"
INTERRUPTED = "on user request"  # what Snakemake says after Ctrl-C
FAILURES = frozenset({JOB_ERROR, "error"})
MB = 1_000_000


def refusal(error: ReportedError | OSError, root: Path) -> str:
    """Why nothing is run."""
    if isinstance(error, OSError):
        error = unreadable(error, root)
    return report(error.problems, root / "templates")


class Voice(logging.Filter):
    """Listens to Snakemake's log for stages that fail, and speaks in its place at the end."""

    def __init__(self, layout: Layout) -> None:
        super().__init__()
        self._layout = layout
        self._stages: list[str] = []
        self._interrupted = self._ended = False

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether Snakemake may say this: nothing of a failed stage, which speaks for itself."""
        event = getattr(record, "event", None)
        if event == JOB_ERROR:
            self._stages.append(getattr(record, "rule_name", ""))
        self._interrupted |= INTERRUPTED in record.getMessage()
        failing = event in FAILURES and getattr(record, "exception", RULE) == RULE
        self._translate(record)
        failing |= event is None and record.levelno >= logging.ERROR and bool(self._stages)
        return not (failing or self._interrupted or self._ended)

    def _translate(self, record: logging.LogRecord) -> None:
        """Put what a person is told of an error of the file system in place of a traceback."""
        failed = SYSTEM.search(record.getMessage())
        if failed and getattr(record, "exception", "") in SYSTEM_ERRORS:
            error = OSError(int(failed[1]), failed[2], failed[4])
            record.msg, record.args = f"\n{refusal(error, self._layout.root)}", ()

    def succeeded(self) -> None:
        """Say what looks wrong in the data but stops nothing."""
        _release()
        path = self._layout.processed / "queries.csv"
        if path.is_file():
            rows = read_records(path)
            print(f"\n{questions([row['message'] for row in rows], self._layout.templates)}")

    def failed(self) -> None:
        """Say what the failed stages had to say; Snakemake says nothing after it."""
        if self._interrupted:  # what was running had to end, and is no news
            print(f"\n{catalogue(self._layout.templates)['interrupted']}", file=sys.stderr)
            self._ended = True
        elif self._stages:
            said = (self._complaint(stage) for stage in dict.fromkeys(self._stages))
            print("\n" + "\n".join(filter(None, said)), file=sys.stderr)
            self._ended = True

    def _complaint(self, stage: str) -> str:
        log = self._layout.root / "logs" / self._layout.edition / f"{stage}.log"
        text = log.read_text(encoding="utf-8", errors="replace") if log.is_file() else ""
        found = EXIT.search(text)
        code = int(found[1]) if found else 0
        if code > BY_SIGNAL:
            details = {"signal": signal.Signals(code - BY_SIGNAL).name}
            problem = Problem("E408", self._layout.name(log), value=stage, details=details)
        elif said := EXIT.sub("", text).strip():
            return said
        else:
            free = shutil.disk_usage(self._layout.root).free // MB
            details = {"exit": str(code or "—"), "free": str(free)}
            problem = Problem("E409", self._layout.name(log), value=stage, details=details)
        return report([problem], self._layout.templates)


def _release() -> None:
    """Let Snakemake end at once: the timer that limits its rate of jobs, and a last look at its
    memory, would hold it for a second more.
    """
    gc.freeze()
    for thread in threading.enumerate():
        if isinstance(thread, threading.Timer):
            thread.cancel()
