"""Editions published for real: built by Snakemake from a copy, held to every gate, made again."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest

from suyuan.publish import lock, shelf
from tests.workflow.project import EDITION, Project

pytestmark = pytest.mark.slow
REFUSED = 1


def everything(project: Project) -> dict[str, bytes]:
    """What lies in editions/ for readers."""
    found = project.contents(shelf.EDITIONS)
    return {name: data for name, data in found.items() if not name.startswith(".")}


@pytest.fixture(scope="module")
def published(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A clone that has published its edition while a second run asked for the same."""
    project = Project(built).clone(tmp_path_factory.mktemp("published") / "a folder 版次")
    first = subprocess.Popen(
        [sys.executable, "-m", "suyuan", "publish"],
        cwd=project.root, env=project.environment(), stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT, encoding="utf-8",
    )  # fmt: skip
    while not (project.root / lock.FILE).is_file() or not (project.root / lock.FILE).stat().st_size:
        assert first.poll() is None
        time.sleep(0.1)
    second = project.run("suyuan", "publish")
    assert second.code == 75, second.output
    assert second.output.rstrip().endswith("(E601)")
    said, _ = first.communicate()
    assert first.returncode == 0, said
    return project


def test_the_published_report_is_the_one_that_is_delivered(published: Project, built: Path) -> None:
    ours = published.contents(f"{shelf.EDITIONS}/{EDITION}")
    theirs = Project(built).contents(f"report/{EDITION}")
    assert {name: ours[name] for name in theirs} == theirs
    assert not list(shelf.named(published.root, EDITION).damage())
    assert (published.root / shelf.EDITIONS / shelf.LATEST).readlink().name == EDITION


def test_again_there_is_nothing_to_do(published: Project) -> None:
    before = everything(published)
    done = published.snakemake("publish")
    assert done.code == 0, done.output
    assert everything(published) == before


def test_it_is_well_though_the_project_holds_no_report(published: Project) -> None:
    done = published.run("suyuan", "status")
    assert done.code == 0, done.output
    assert "(E631)" in done.output  # of the report at hand
    assert "(E634)" not in done.output
    assert f"{shelf.EDITIONS}/{EDITION}" not in done.output


def test_it_is_made_again_byte_by_byte(published: Project) -> None:
    done = published.run("suyuan", "rebuild-check", EDITION)
    assert done.code == 0, done.output


@pytest.mark.parametrize(
    ("file", "old", "new", "code"),
    [
        (f"data/raw/{EDITION}/observations.csv", ",114.5,", ",１１４.５,", "E121"),
        ("config/claims.yaml", "      unlike: 占比排序与总量排序不同\n", "", "E320"),
        ("templates/report.html.jinja", "</body>", "<p></div></body>", "E330"),
    ],
)
def test_what_is_broken_refuses_a_correction(
    published: Project, tmp_path: Path, file: str, old: str, new: str, code: str
) -> None:
    project = published.copy(tmp_path / "project")
    path = project.root / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    before = everything(project)
    done = project.run("suyuan", "publish", "--correct", "更正")
    assert done.code == REFUSED, done.output
    assert f"({code})" in done.output
    assert everything(project) == before
