"""What the tests of the workflow, of the editions and of the browser share: one finished build."""

from __future__ import annotations

import fcntl
import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.workflow.project import Done, Project


@pytest.fixture(scope="session")
def cold_build(tmp_path_factory: pytest.TempPathFactory) -> tuple[Project, Done]:
    """A clone of the checkout after its first `snakemake`, and what that printed.

    All workers of a run share it: the first that wants it builds, the others wait for its lock.
    A worker that is killed meanwhile gives the lock back, and the next one builds anew.
    """
    folder = shared(tmp_path_factory) / "cold-build"
    project, told = Project(folder / "project"), folder / "done.json"
    folder.mkdir(exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not told.exists():
            shutil.rmtree(project.root, ignore_errors=True)
            done = Project.of_checkout(project.root).snakemake()
            text = json.dumps({"code": done.code, "output": done.output})
            told.with_suffix(".part").write_text(text, encoding="utf-8")
            told.with_suffix(".part").replace(told)
    return project, Done(**json.loads(told.read_text(encoding="utf-8")))


def shared(factory: pytest.TempPathFactory) -> Path:
    """The temporary folder that all workers of this run see."""
    own = factory.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own


@pytest.fixture(scope="session")
def built(cold_build: tuple[Project, Done]) -> Path:
    """A clone of the checkout with a finished build of its edition: look, change nothing in it."""
    project, done = cold_build
    assert done.code == 0, done.output
    return project.root


@pytest.fixture
def project(built: Path, tmp_path: Path) -> Iterator[Project]:
    """A copy of the finished build, to be changed."""
    project = Project(built).copy(tmp_path / "project")
    yield project
    shutil.rmtree(project.root)  # pytest keeps the folders of its last runs; these are large
