"""What the tests of the workflow and of the report share: one finished build of the edition."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.workflow.project import Done, Project


@pytest.fixture(scope="session")
def cold_build(tmp_path_factory: pytest.TempPathFactory) -> tuple[Project, Done]:
    """A clone of the checkout after its first `snakemake`, and what that printed."""
    project = Project.of_checkout(tmp_path_factory.mktemp("built") / "project")
    return project, project.snakemake()


@pytest.fixture(scope="session")
def built(cold_build: tuple[Project, Done]) -> Path:
    """A clone of the checkout with a finished build of 2026Q1: look, but change nothing in it."""
    project, done = cold_build
    assert done.code == 0, done.output
    return project.root


@pytest.fixture
def project(built: Path, tmp_path: Path) -> Iterator[Project]:
    """A copy of the finished build, to be changed."""
    project = Project(built).copy(tmp_path / "project")
    yield project
    shutil.rmtree(project.root)  # pytest keeps the folders of its last runs; these are large
