"""What `snakemake` says in our words: its progress, queries after a success, and after a failure,
last and alone, the complaint of the stage that failed.
"""

from __future__ import annotations

import gc
import logging
import re
import signal
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from suyuan.contract.messages import message, questions, report, worded
from suyuan.contract.strays import opened
from suyuan.contract.tables import read_records
from suyuan.core.ended import Watch
from suyuan.core.errors import ReportedError, reported
from suyuan.core.layout import Layout
from suyuan.publish import building
from suyuan.stages.progress import Progress

SYSTEM = re.compile(r"\[Errno (\d+)\] ([^:\n]+)(: '(.*)')?")
SYSTEM_ERRORS = frozenset({"OSError", "PermissionError", "FileNotFoundError"})
EXIT = re.compile(r"^exit (\d+)$", re.MULTILINE)
BY_SIGNAL = 128  # what a shell adds to the signal that ended a command
JOB_ERROR, RULE, LOCKED = "job_error", "RuleException", "LockException"
INTERRUPTED = "on user request"  # what Snakemake says after Ctrl-C
FAILURES = frozenset({JOB_ERROR, "error"})


def refusal(error: ReportedError | OSError, root: Path) -> str:
    """Why nothing is run."""
    return report(reported(error, root).problems, root / "templates")


class Voice(logging.Filter):
    """Listens to Snakemake's log for stages that fail, and speaks in its place at the end."""

    def __init__(
        self,
        root: Path,
        editions: Sequence[str],
        progress: Progress,
    ) -> None:
        """``progress`` hears of jobs; a voice says nothing of them."""
        super().__init__()
        self._layouts = {edition: Layout(root, edition) for edition in editions}
        self._root, self._templates = root, root / "templates"
        self._logs: list[Path] = []  # of the stages that failed
        self._groups: set[Path] = set()  # of them, of those that a cluster ran as one job
        self._began = time.time_ns()
        self._watch = Watch()
        self._progress = progress
        self._interrupted = self._ended = False

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether Snakemake may say this: nothing of a failed stage, which speaks for itself."""
        event = getattr(record, "event", None)
        if event == JOB_ERROR:
            logs = [Path(log) for log in getattr(record, "log", [])[:1]]
            self._logs += logs
            self._groups |= set(logs if getattr(record, "indent", False) else ())
        self._interrupted |= INTERRUPTED in record.getMessage()
        failing = event in FAILURES and getattr(record, "exception", RULE) == RULE
        self._translate(record)
        failing |= event is None and record.levelno >= logging.ERROR and bool(self._logs)
        failing |= self._progress.heard(record)
        return not (failing or self._interrupted or self._ended)

    def _translate(self, record: logging.LogRecord) -> None:
        """Put our words for a lock or an error of the file system in its place."""
        failed = SYSTEM.search(record.getMessage())
        if failed and getattr(record, "exception", "") in SYSTEM_ERRORS:
            error = OSError(int(failed[1]), failed[2], failed[4])
            record.msg, record.args = f"\n{refusal(error, self._root)}", ()
        elif getattr(record, "exception", "") == LOCKED and (held := building.locked(self._root)):
            record.msg, record.args = f"\n{report([held], self._templates)}", ()

    def succeeded(self) -> None:
        """Say what looks wrong in the data, or beside them, but stops nothing."""
        self._progress.ended(ok=True)
        _release()
        left = [each for layout in self._layouts.values() for each in opened(layout)]
        for line in dict.fromkeys(message(each, self._templates) for each in left):
            print(line)
        paths = [layout.processed / "queries.csv" for layout in self._layouts.values()]
        rows = [row for path in paths if path.is_file() for row in read_records(path)]
        if said := questions([row["message"] for row in rows], self._templates):
            print(f"\n{said}")

    def failed(self, *, here: bool = True) -> None:
        """Say what the failed stages had to say; Snakemake says nothing after it.

        ``here``: they ran on this machine.
        """
        self._progress.ended(ok=False)
        if not here:
            self._watch = Watch(here=False)
        if self._interrupted:  # what was running had to end, and is no news
            print(f"\n{worded(self._templates, 'interrupted')}", file=sys.stderr)
            self._ended = True
        elif self._logs:
            print("\n" + "\n".join(self._complaints()), file=sys.stderr)
            self._ended = True

    def _complaints(self) -> Iterator[str]:
        """What each failed stage has to say; of several editions, which one says it."""
        failed: dict[str, list[Path]] = {}
        for log in dict.fromkeys(self._logs):
            failed.setdefault(log.parent.name, []).append(log)
        for edition, logs in failed.items():
            if len(self._layouts) > 1:
                yield worded(self._templates, "of_edition", edition=edition)
            # Of a group each stage is said to have failed. Those that did have left words.
            silent = [log for log in logs if log in self._groups and not self._spoke(log)]
            told = [log for log in logs if log not in silent] or silent[:1]
            yield from map(self._complaint, told)
        if len(self._layouts) > 1:
            yield worded(
                self._templates, "other_editions", count=len(self._layouts.keys() - failed.keys())
            )

    def _spoke(self, log: Path) -> bool:
        """Whether anything has been said in a log since we listen."""
        if not log.is_file():
            return False
        status = log.stat()
        return bool(status.st_size) and status.st_mtime_ns >= self._began

    def _complaint(self, log: Path) -> str:
        """What a stage had to say, or what is known of its end where it had no time to speak."""
        text = log.read_text(encoding="utf-8", errors="replace") if log.is_file() else ""
        found = EXIT.search(text)
        code = int(found[1]) if found else 0
        killed = BY_SIGNAL < code <= BY_SIGNAL + signal.SIGRTMAX
        if not killed and (said := EXIT.sub("", text).strip()):
            return said
        ended = BY_SIGNAL - code if killed else code
        problem = self._watch.problem(log.as_posix(), log.stem, ended, self._root)
        return report([problem], self._templates)


def _release() -> None:
    """Let Snakemake end at once: the timer that limits its rate of jobs, and a last look at its
    memory, would hold it for a second more.
    """
    gc.freeze()
    for thread in threading.enumerate():
        if isinstance(thread, threading.Timer):
            thread.cancel()
