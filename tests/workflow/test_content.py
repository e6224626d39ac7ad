"""Content alone decides what is up to date: not dates, nor what Snakemake remembers."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable

import pytest

from suyuan.contract.config import read_config
from suyuan.core.errors import StaleBuild
from suyuan.core.layout import Layout
from suyuan.stages import deliver
from tests.workflow.project import CHAIN, EDITION, LONG_AGO, Project

REPORT = f"report/{EDITION}"
BUILD = f"build/{EDITION}"
NEXT_CENTURY = 4_000_000_000
AFTER_RENDER = ["render", "verify", "tabulate", "export", "deliver", "all"]


def slow(*case: object) -> object:
    """A case that `make test` leaves out: each is another start of Snakemake."""
    return pytest.param(*case, marks=pytest.mark.slow)


def append(project: Project, name: str, text: str = "\n") -> None:
    path = project.root / name
    path.write_bytes(path.read_bytes() + text.encode())
    os.utime(path, (LONG_AGO, LONG_AGO))


def test_without_what_snakemake_remembers_all_is_known(project: Project) -> None:
    shutil.rmtree(project.root / ".snakemake")
    assert project.would_run() == []
    append(project, "templates/words.yaml")
    assert project.would_run() == CHAIN[4:]


@pytest.mark.slow
def test_a_clock_set_back_hides_no_edit(project: Project) -> None:
    for folder in ("build", "data/processed", "figures", "report"):
        for path in (project.root / folder).rglob("*"):
            os.utime(path, (NEXT_CENTURY, NEXT_CENTURY))
    assert project.would_run() == []
    append(project, "config/tiers.csv")
    assert project.would_run() == CHAIN


@pytest.mark.slow
def test_an_edit_taken_back_leaves_nothing_to_do(project: Project) -> None:
    path = project.root / "config/claims.yaml"
    before = path.read_bytes()
    append(project, "config/claims.yaml")
    assert project.would_run() == CHAIN[4:]
    path.write_bytes(before)
    assert project.would_run() == []


def test_a_save_that_changes_the_format_alone_locks_nothing_up(project: Project) -> None:
    path = project.raw("terms")
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    done = project.snakemake("--until", "ingest")
    assert done.code == 0, done.output
    assert project.rules(done.output) == ["ingest"]
    # lineage.json holds the digest of the file: whatever embeds it is made again.
    assert project.would_run() == CHAIN[1:]


@pytest.mark.parametrize(
    ("name", "rerun"),
    [
        (f"{BUILD}/report.html", AFTER_RENDER),
        slow(f"{BUILD}/report.pdf", ["typeset", "export", "deliver", "all"]),
        (f"{BUILD}/verified.json", ["verify", "deliver", "all"]),
        slow(f"{BUILD}/attestation.intoto.json", ["export", "deliver", "all"]),
        slow(f"figures/{EDITION}/tier_map.svg", [rule for rule in CHAIN[3:] if rule != "tabulate"]),
        (f"{REPORT}/lineage.json", ["deliver", "all"]),
        slow(f"{REPORT}/data/raw/{EDITION}/hubs.csv", ["deliver", "all"]),
    ],
)
def test_an_edited_product_is_made_again(project: Project, name: str, rerun: list[str]) -> None:
    append(project, name, "x")
    assert project.would_run() == rerun


def test_an_edited_report_and_a_file_that_is_gone_are_delivered_again(project: Project) -> None:
    before = project.contents(REPORT)
    append(project, f"{REPORT}/report.html", "999.9")
    (project.root / REPORT / "report.pdf").unlink()
    done = project.snakemake()
    assert done.code == 0, done.output
    assert project.rules(done.output) == ["deliver", "all"]
    assert project.contents(REPORT) == before


@pytest.mark.parametrize(
    "said", [{"failures": ["x"]}, {"passed": True, "files": {"report.html": "0" * 64}}]
)
def test_a_build_that_has_not_passed_is_not_delivered(project: Project, said: dict) -> None:
    before = project.contents(REPORT)
    (project.root / BUILD / "verified.json").write_text(json.dumps(said), encoding="utf-8")
    with pytest.raises(StaleBuild) as caught:
        deliver.run(Layout(project.root, EDITION), read_config(project.root))
    assert [problem.code for problem in caught.value.problems] == ["E314"]
    assert project.contents(REPORT) == before


def in_the_lock(project: Project) -> None:
    lock = project.root / "requirements.lock"
    text = lock.read_text(encoding="utf-8")
    assert text.count("\nmatplotlib==") == 1
    lock.write_text(text.replace("\nmatplotlib==", "\nmatplotlib==0."), encoding="utf-8")


def installed(project: Project) -> None:
    # The package runs from this folder, which comes before the environment's own.
    (project.root / "workflow/lib/matplotlib-0.1.dist-info").mkdir()


@pytest.mark.parametrize("change", [in_the_lock, pytest.param(installed, marks=pytest.mark.slow)])
def test_another_library_builds_all_again(
    project: Project, change: Callable[[Project], None]
) -> None:
    change(project)
    assert project.would_run() == CHAIN


def test_what_lies_beside_the_inputs_is_none(project: Project) -> None:
    for name in (
        "config/.DS_Store", "templates/words.yaml~", f"data/raw/{EDITION}/.~lock.hubs.csv#",
        "config/~$tiers.csv", "templates/sections/02-06-scale 副本.html.jinja",
        "templates/fonts/NotoSansSC-Bold 2.ttf",
    ):  # fmt: skip
        (project.root / name).write_text("1", encoding="utf-8")
    assert project.would_run() == []


def test_rows_that_nobody_reads_stop_a_build_that_has_nothing_to_do(project: Project) -> None:
    report = project.contents(REPORT)
    copy = project.raw("observations 副本")
    copy.write_text("1", encoding="utf-8")
    done = project.snakemake()
    assert done.code == 1
    assert done.output.rstrip().splitlines()[-1].endswith("(E857)"), done.output
    assert project.contents(REPORT) == report
    copy.unlink()
    assert project.would_run() == []


def test_a_fresh_clone_may_be_touched_and_built_in_part(built, tmp_path) -> None:
    clone = Project(built).clone(tmp_path / "clone")
    done = clone.snakemake("--touch")
    assert done.code == 0, done.output
    assert "Traceback" not in done.output
    done = clone.snakemake("--until", "ingest")
    assert done.code == 0, done.output
    assert clone.rules(done.output) == ["ingest"]
    assert "Traceback" not in done.output
