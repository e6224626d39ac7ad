"""What becomes of a run of `snakemake`, as events: what is kept and why, and each stage as it ends.

An event is told to whoever listens, as a dictionary: people read a line of it (`lines`), machines
read it as it is (`journal`). ``event`` is one of:

plan      edition, changed (kinds of inputs that are others, None where nothing was made yet),
          kept (stages that are not run), unchanged (the kinds of inputs of these)
planned   of a dry run: number, total, edition, stage
started   edition, stage
done      number, total, edition, stage, seconds
failed    edition, stage, seconds
ended     ok, seconds of the whole run, chain (stage and seconds of each of those that waited for
          each other, up to the last), rest (seconds beside them)
"""

from __future__ import annotations

import logging
import os
import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from suyuan.stages.editions import Plan

RUN, INFO, FINISHED, ERROR = "run_info", "job_info", "job_finished", "job_error"
# What Snakemake says of its jobs, and what the lines stand in place of.
JOBS = frozenset(
    {RUN, INFO, FINISHED, "job_started", "group_info", "progress", "resources_info",
     "workflow_started"}
)  # fmt: skip
NOISE = re.compile(  # the time that it took is in the last line, the logs of failed stages are told
    "Select jobs to execute|Conda environments: ignored|Using shell:|Building DAG of jobs|"
    "Elapsed time:|Complete log"
)
NOTHING = "Nothing to be done"
WHOLE = "all"  # the rule that only waits
Event = dict[str, Any]


@dataclass(frozen=True)
class Job:
    """A job as it was announced, and when it ended."""

    rule: str
    edition: str
    since: float
    until: float = 0.0

    @property
    def seconds(self) -> float:
        return round(self.until - self.since, 1)


class Progress:
    """Hears what Snakemake says of its jobs and tells events; ``plans`` are those of editions."""

    def __init__(
        self,
        tell: Callable[[Event], None],
        plans: Mapping[str, Callable[[], Plan]],
        *,
        planning: bool,
    ) -> None:
        self._tell, self._plans, self._planning = tell, plans, planning
        self._jobs: dict[int, Job] = {}
        self._done: list[Job] = []
        self._number = self._total = 0
        self._began = time.monotonic() - _age()

    def heard(self, record: logging.LogRecord) -> bool:
        """Whether a record of Snakemake's is of its jobs. What there is to tell of it is told."""
        event, said = getattr(record, "event", None), record.__dict__
        if event == RUN and not self._total:
            self._total = said["stats"]["total"]
            self._plan(said["stats"])
        elif event == INFO:
            self._announced(said)
        elif event == FINISHED and (job := self._ended(said["job_id"])):
            self._number += 1
            self._done.append(job)
            self._tell(self._of("done", job, counted=True, seconds=job.seconds))
        elif event == ERROR and (job := self._ended(said.get("jobid", -1))):
            self._tell(self._of("failed", job, seconds=job.seconds))
        elif record.getMessage().startswith(NOTHING):
            self._plan({})
            self.ended(ok=True)
        return event in JOBS or NOISE.match(record.getMessage()) is not None

    def ended(self, *, ok: bool) -> None:
        """Nothing more will run."""
        total, chain = time.monotonic() - self._began, longest(self._done)
        rest = max(0.0, total - sum(job.until - job.since for job in chain))
        steps = [[job.rule, job.seconds] for job in chain]
        said = {"seconds": round(total, 1), "chain": steps, "rest": round(rest, 1)}
        self._tell({"event": "ended", "ok": ok, **said})

    def _plan(self, stats: Mapping[str, int]) -> None:
        """``stats`` are numbers of jobs by rule; of one edition they tell what is not run."""
        for edition, plan in self._plans.items():
            told = plan()
            kept = [s for s in told.kept if len(self._plans) > 1 or s not in stats]
            unchanged = [kind for kind, stages in told.kinds.items() if stages & set(kept)]
            changed = None if told.changed is None else list(told.changed)
            said = {"changed": changed, "kept": kept, "unchanged": unchanged}
            self._tell({"event": "plan", "edition": edition, **said})

    def _announced(self, said: Mapping[str, Any]) -> None:
        job = Job(said["rule_name"], said["wildcards"].get("edition", ""), time.monotonic())
        self._jobs[said["jobid"]] = job
        self._number += self._planning
        event = "planned" if self._planning else "started"
        self._tell(self._of(event, job, counted=self._planning))

    def _ended(self, number: int) -> Job | None:
        job = self._jobs.pop(number, None)
        return job and replace(job, until=time.monotonic())

    def _of(self, event: str, job: Job, *, counted: bool = False, **more: object) -> Event:
        number = {"number": self._number, "total": self._total} if counted else {}
        return {"event": event, **number, "edition": job.edition, "stage": job.rule, **more}


def longest(done: list[Job]) -> list[Job]:
    """The jobs that made a run as long as it was: the last, the last that ended before it, …"""
    chain: list[Job] = []
    waiting = [job for job in done if job.rule != WHOLE]
    while waiting:
        last = max(waiting, key=lambda job: job.until)
        chain.insert(0, last)
        waiting = [job for job in waiting if job is not last and job.until <= last.since]
    return chain


def _age() -> float:
    """Seconds since this process began, 0 where the system does not say."""
    try:
        ticks = int(Path("/proc/self/stat").read_text().rpartition(")")[2].split()[19])
        return max(0.0, time.clock_gettime(time.CLOCK_BOOTTIME) - ticks / os.sysconf("SC_CLK_TCK"))
    except (OSError, ValueError, IndexError, AttributeError):
        return 0.0
