"""What the tests of the workflow, of the editions and of the browser share: one finished build."""

from __future__ import annotations

import gc
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from tests.builds import build_once
from tests.workflow.project import EDITION, Done, Project

# Property tests give the same examples in every run, and leave no files. `make check` tries more.
for profile, examples in (("quick", 25), ("thorough", 1000)):
    settings.register_profile(
        profile, max_examples=examples, derandomize=True, deadline=None, database=None
    )
settings.load_profile("quick")

# As in the stages (suyuan.cli): threads that wait for each other's small sums took two thirds of
# the time of each simulation. Nothing has loaded numpy yet.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

# A worker holds whole reports, as trees and as values, and searching them for circles of dead
# objects after every few thousand new ones was a fifth of its time.
gc.set_threshold(100_000, 20, 50)

# What comes first when workers take whole files in this order: the build, what they can do without
# it meanwhile, then long files, so that none is left over for one worker at the end.
WITHOUT = ["code/outputs", "code/lineage", "code/tools", "code/index", "code/domain"]
ORDER = ["workflow/test_build", *WITHOUT, "workflow", "browser", "editions", "code"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Sort the files for the workers; tests of one file stay in their order."""
    tests = Path(__file__).parent

    def place(item: pytest.Item) -> int:
        name = item.path.relative_to(tests).as_posix()
        return next(place for place, prefix in enumerate(ORDER) if name.startswith(prefix))

    items.sort(key=place)


@pytest.fixture(scope="session")
def cold_build(tmp_path_factory: pytest.TempPathFactory) -> tuple[Project, Done]:
    """A clone of the checkout after its first `snakemake`, and what that printed."""
    return build_once(tmp_path_factory, EDITION)


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
