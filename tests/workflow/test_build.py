"""A clone builds with `snakemake` alone, once."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from tests.workflow.project import CHAIN, EDITION, Done, Project

ColdBuild = tuple[Project, Done]


def test_a_cold_build_leaves_the_report_and_its_lineage(cold_build: ColdBuild) -> None:
    project, done = cold_build
    assert done.code == 0, done.output
    report = project.contents(f"report/{EDITION}")
    assert {name for name in report if "/" not in name} == {
        "attestation.intoto.json", "datapackage.json", "lineage.json", "report.html", "report.pdf",
        "report.xlsx", "ro-crate-metadata.json",
    }  # fmt: skip
    assert {name.split("/")[0] for name in report if "/" in name} == {"config", "data", "figures"}
    assert report["report.html"].startswith(b"<!DOCTYPE html>")
    assert report["report.pdf"].startswith(b"%PDF-")
    assert project.lineage()["edition"] == EDITION


def test_every_stage_runs_once_in_the_order_of_the_data(cold_build: ColdBuild) -> None:
    project, done = cold_build
    assert project.rules(done.output) == CHAIN


def test_a_good_build_has_nothing_to_say(built: Path) -> None:
    # The first log with words in it is what a later failure is explained with.
    logs = Project(built).contents("logs")
    assert logs.pop("events.jsonl")
    assert sorted(logs) == sorted(f"{EDITION}/{stage}.log" for stage in CHAIN if stage != "all")
    assert set(logs.values()) == {b""}


def test_a_second_build_does_nothing(project: Project) -> None:
    before = {path: path.stat().st_mtime_ns for path in project.root.glob("report/*/*")}
    done = project.snakemake()
    assert done.code == 0
    assert "Nothing to be done" in done.output
    assert project.rules(done.output) == []
    assert {path: path.stat().st_mtime_ns for path in project.root.glob("report/*/*")} == before


def test_the_sources_stay_as_they_are(built: Path) -> None:
    # Nothing but the five folders of outputs, Snakemake's own and byte code appears.
    sources = {
        "Snakefile", "config", "data", "profiles", "pyproject.toml", "requirements.lock",
        "templates", "workflow",
    }  # fmt: skip
    outputs = {".snakemake", "build", "figures", "logs", "report"}
    assert {path.name for path in built.iterdir()} == sources | outputs
    assert {path.name for path in (built / "data").iterdir()} == {"raw", "processed"}


def test_two_reports_are_compared_by_a_rule(project: Project) -> None:
    same = project.snakemake(
        "diff", "--config", *(f"{side}=report/{EDITION}" for side in ("base", "head"))
    )
    assert same.code == 0, same.output
    assert project.rules(same.output) == ["diff"]
    document = json.loads(
        (project.root / f"report/diff/report_{EDITION}..report_{EDITION}/diff.json").read_text()
    )
    assert (document["inputs"], document["values"], document["unexplained"]) == ([], [], [])


def test_a_change_that_nothing_explains_fails_the_comparison(project: Project) -> None:
    copy = project.root / "other"
    shutil.copytree(project.root / f"report/{EDITION}", copy)
    path = copy / "lineage.json"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('"v":"316.8"', '"v":"316.9"', 1), encoding="utf-8")
    done = project.snakemake("diff", "--config", f"base=report/{EDITION}", "head=other")
    assert done.code == 1
    assert "没有任何改动的输入" in done.output
