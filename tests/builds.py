"""Finished builds that all workers of a test run share."""

from __future__ import annotations

import fcntl
import json
import os
import shutil
from pathlib import Path

import pytest

from tests.workflow.project import Done, Project


def build_once(
    factory: pytest.TempPathFactory, edition: str, *arguments: str
) -> tuple[Project, Done]:
    """The cold build of an edition, by `snakemake` with these arguments, which all workers share.

    The first that wants it builds, the others wait for its lock. A worker that is killed meanwhile
    gives the lock back, and the next one builds anew.
    """
    folder = shared(factory) / f"cold-build-{edition}"
    project, told = Project(folder / "project"), folder / "done.json"
    folder.mkdir(exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not told.exists():
            shutil.rmtree(project.root, ignore_errors=True)
            done = Project.of_checkout(project.root, edition).snakemake(*arguments)
            text = json.dumps({"code": done.code, "output": done.output})
            told.with_suffix(".part").write_text(text, encoding="utf-8")
            told.with_suffix(".part").replace(told)
    return project, Done(**json.loads(told.read_text(encoding="utf-8")))


def shared(factory: pytest.TempPathFactory) -> Path:
    """The temporary folder that all workers of this run see."""
    own = factory.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own
