"""What `snakemake` does again after a change: what depends on it, and nothing else.

Most of this is asked of a dry run. Edits are dated years back, as unzipping or `cp -p` dates
them, so that only their content can give them away.
"""

from __future__ import annotations

import csv
import os
import shutil
from pathlib import Path

import pytest

from tests.workflow.faults import kill_everything, press_ctrl_c, struck
from tests.workflow.project import CHAIN, EDITION, LONG_AGO, SOURCES, Project

REPORT = f"report/{EDITION}"
NORMALISED = f"data/processed/{EDITION}/normalised.csv"
OUTPUTS = ("build", "data/processed", "figures", "logs", "report")


def slow(*case: object) -> object:
    """A case that `make test` leaves out: each is another start of Snakemake."""
    return pytest.param(*case, marks=pytest.mark.slow)


def normalised(project: Project) -> dict[str, str]:
    """Canonical value by observation."""
    with (project.root / NORMALISED).open(encoding="utf-8", newline="") as lines:
        return {row["obs_id"]: row["v"] for row in csv.DictReader(lines)}


def files(project: Project, *folders: str) -> list[Path]:
    """Every file in these folders of a project; a folder may be a file."""
    paths = [project.root / folder for folder in folders]
    return [file for path in paths for file in (path, *path.rglob("*")) if file.is_file()]


def test_new_content_under_an_old_date_rebuilds(project: Project) -> None:
    row = "F049,gansu,compute_total,,{0},Eflops,=,,,medium,,总规模精度未注明。,{0}(Eflops),"
    project.replace(
        project.raw("observations"), row.format("114.5"), row.format("150"), dated=LONG_AGO
    )
    assert project.would_run() == CHAIN
    done = project.snakemake(NORMALISED)
    assert done.code == 0, done.output
    assert normalised(project)["F049"] == "150"


@pytest.mark.slow
def test_a_new_row_rebuilds(project: Project) -> None:
    observations = project.raw("observations")
    row = (
        "P999,gansu,compute_total,2026-03,12345,P,=,,,high,,,12345P,,"
        "gsdaily-2025-09-28,L1,,measured"
    )
    text = observations.read_text(encoding="utf-8")
    observations.write_text(f"{text}{row}\n", encoding="utf-8")
    os.utime(observations, (LONG_AGO, LONG_AGO))
    assert project.would_run() == CHAIN
    done = project.snakemake(NORMALISED)
    assert done.code == 0, done.output
    assert normalised(project)["P999"] == "12.345"  # 12 345 P · 0.001


def test_a_touch_rebuilds_nothing(project: Project) -> None:
    for file in files(project, *SOURCES):
        file.touch()
    assert project.would_run() == []


@pytest.mark.parametrize("newest", [pytest.param("outputs", marks=pytest.mark.slow), "sources"])
def test_a_clone_with_restored_outputs_rebuilds_nothing(
    project: Project, tmp_path: Path, newest: str
) -> None:
    clone = project.clone(tmp_path / "clone")
    for folder in (*OUTPUTS, ".snakemake"):
        shutil.copytree(project.root / folder, clone.root / folder)
    # A cache gives files back in any order: here the end of the chain is older than its start.
    dates = {"outputs": 4_000_000_000, "sources": LONG_AGO}
    for older, file in enumerate(sorted(files(clone, *OUTPUTS))):
        os.utime(file, (dates[newest] - older,) * 2)
    assert clone.would_run() == []


@pytest.mark.parametrize(
    ("edited", "rerun"),
    [
        ("workflow/lib/suyuan/stages/score.py", CHAIN),
        ("templates/sections/02-06-scale.html.jinja", CHAIN[4:]),
        slow("workflow/schemas/raw/observations.yaml", CHAIN),
        slow("templates/styles/print.css", CHAIN[4:]),
        slow("workflow/rules/score.smk", ["export", "deliver", "all"]),
    ],
)
def test_an_edit_reruns_what_depends_on_it(project: Project, edited: str, rerun: list[str]) -> None:
    path = project.root / edited
    path.write_text(path.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    os.utime(path, (LONG_AGO, LONG_AGO))
    assert project.would_run() == rerun


def test_a_moved_tier_reruns_from_the_scores_on(project: Project) -> None:
    tiers = project.root / "config/tiers.csv"
    project.replace(tiers, "second,2,10,", "second,2,20,", dated=LONG_AGO)
    assert project.would_run()[2 - len(CHAIN) :] == CHAIN[2:]


def test_after_ctrl_c_snakemake_alone_recovers(project: Project) -> None:
    values, report = normalised(project), project.contents(REPORT)
    (project.root / NORMALISED).unlink()
    done = struck(project, "normalise", press_ctrl_c, NORMALISED)
    assert done.code == 1
    assert done.output.splitlines()[-1].startswith("已按要求中断，报告未更新")
    assert "Traceback" not in done.output
    done = project.snakemake(NORMALISED)
    assert done.code == 0, done.output
    assert project.rules(done.output) == ["normalise"]
    assert normalised(project) == values
    assert project.contents(REPORT) == report


def test_after_a_kill_of_all_the_lock_is_explained_and_left_to_people(project: Project) -> None:
    values, report = normalised(project), project.contents(REPORT)
    (project.root / NORMALISED).unlink()
    assert struck(project, "normalise", kill_everything, NORMALISED).code == -9
    locked = project.snakemake(NORMALISED)
    assert locked.code == 1
    assert "--unlock" in locked.output
    assert "Traceback" not in locked.output
    assert project.snakemake("--unlock").code == 0
    done = project.snakemake(NORMALISED)
    assert done.code == 0, done.output
    assert project.rules(done.output) == ["normalise"]
    assert normalised(project) == values
    assert project.contents(REPORT) == report
