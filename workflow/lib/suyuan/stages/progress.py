"""What `snakemake` says while it runs: a line for each job that has ended."""

from __future__ import annotations

import logging
import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from suyuan.contract.messages import worded

RUN, INFO, FINISHED = "run_info", "job_info", "job_finished"
# What Snakemake says of its jobs, and what the lines below stand in place of.
JOBS = frozenset({RUN, INFO, FINISHED, "job_started", "group_info", "progress", "resources_info"})
NOISE = re.compile("Select jobs to execute|Conda environments: ignored|Using shell:")
BLANKS = re.compile(r" {2,}")


@dataclass(frozen=True)
class Job:
    """A job as it was announced."""

    rule: str
    edition: str
    since: float


class Progress:
    """Counts jobs; ``say`` is given a line for each that ends or, in a dry run, would run."""

    def __init__(self, templates: Path, say: Callable[[str], None], *, planning: bool) -> None:
        self._templates, self._say, self._planning = templates, say, planning
        self._jobs: dict[int, Job] = {}
        self._number = self._total = 0

    def heard(self, record: logging.LogRecord) -> bool:
        """Whether a record of Snakemake's is of its jobs. What there is to say of it is said."""
        event, said = getattr(record, "event", None), record.__dict__
        if event == RUN:
            self._total = said["stats"]["total"]
        elif event == INFO:
            job = Job(said["rule_name"], said["wildcards"].get("edition", ""), time.monotonic())
            self._jobs[said["jobid"]] = job
            if self._planning:
                self._line("planned", job)
        elif event == FINISHED and (ended := self._jobs.get(said["job_id"])):
            self._line("done", ended, seconds=f"{time.monotonic() - ended.since:.1f}")
        return event in JOBS or NOISE.match(record.getMessage()) is not None

    def _line(self, kind: str, job: Job, **details: str) -> None:
        self._number += 1
        line = worded(
            self._templates,
            kind,
            number=self._number,
            total=self._total,
            edition=job.edition,
            rule=job.rule,
            what=worded(self._templates, f"rule_{job.rule}"),
            **details,
        )
        self._say(BLANKS.sub(" ", line).strip())
