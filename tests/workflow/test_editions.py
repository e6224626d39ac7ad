"""Many editions in one run: each is apart from the others, and from which one is configured."""

from __future__ import annotations

import shutil
import zipfile
from pathlib import Path

import pytest

from tests.workflow.project import CHAIN, CONFIGURED, EDITION, JOB, Project

ALL = ("--config", "editions=all")
OTHER = "2026Q2"
CONFIG, EDITIONS = "config/config.yaml", "config/editions.csv"
HEAD = "edition,region,gdp_period\n"


def planned(project: Project, *arguments: str) -> dict[str, set[str]]:
    """The stages that would run now, by edition."""
    done = project.snakemake("--dry-run", *arguments)
    assert done.code == 0, done.output
    found: dict[str, set[str]] = {}
    for edition, rule in JOB.findall(done.output):
        if rule != "all":
            found.setdefault(edition, set()).add(rule)
    return found


def test_what_is_built_of_one_edition_stays_beside_another(project: Project) -> None:
    assert planned(project, *ALL) == {OTHER: set(CHAIN[:-1])}
    for table in ("hubs", "observations"):
        path = project.root / f"data/raw/{OTHER}/{table}.csv"
        path.write_bytes(path.read_bytes() + b"\n")
    assert planned(project) == {}


def test_which_edition_is_configured_and_what_is_said_of_others_is_in_no_digest(
    project: Project,
) -> None:
    path = project.root / CONFIG
    text, times = CONFIGURED.subn(f"edition: {OTHER}", path.read_text(encoding="utf-8"))
    assert times == 1
    path.write_text(text, encoding="utf-8")
    (project.root / EDITIONS).write_text(f"{HEAD}{EDITION},,\n{OTHER},,2024\n", encoding="utf-8")
    assert planned(project, "--config", f"edition={EDITION}") == {}
    (project.root / EDITIONS).write_text(f"{HEAD}{EDITION},,2024\n", encoding="utf-8")
    assert planned(project, "--config", f"edition={EDITION}") == {EDITION: set(CHAIN[:-1])}


def test_an_edition_that_fails_stops_no_other(project: Project) -> None:
    shutil.rmtree(project.root / f"report/{EDITION}")
    path = project.root / f"data/raw/{OTHER}/hubs.csv"
    path.write_bytes(path.read_bytes().replace(b"hub_id,", b"hub,", 1))
    done = project.snakemake(*ALL)
    assert done.code == 1
    said = done.output.strip().splitlines()
    assert f"版次 {OTHER}：" in said, done.output
    assert said[-1] == "其余 1 个版次不受影响"
    assert "Traceback" not in done.output
    assert (project.root / f"report/{EDITION}/report.html").is_file()


def test_an_edition_of_the_table_without_raw_data_is_refused_before_anything_runs(
    project: Project,
) -> None:
    (project.root / EDITIONS).write_text(f"{HEAD}{EDITION},,\n2031Q1,,\n", encoding="utf-8")
    done = project.snakemake(*ALL)
    assert done.code == 1
    last = done.output.strip().splitlines()[-1]
    assert last.startswith(f"{EDITIONS}:3:edition ")
    assert last.endswith("(E100)")


@pytest.mark.slow
def test_the_workflow_has_no_lint(project: Project) -> None:
    done = project.snakemake("--lint")
    assert done.code == 0, done.output
    assert "good condition" in done.output


def test_a_report_of_snakemake_holds_the_report(project: Project) -> None:
    done = project.snakemake("--report", "held.zip")
    assert done.code == 0, done.output
    with zipfile.ZipFile(project.root / "held.zip") as held:
        contents = {name.rpartition("/")[2]: held.read(name) for name in held.namelist()}
    for name in ("report.pdf", "report.xlsx"):
        assert contents[name] == (project.root / f"report/{EDITION}/{name}").read_bytes()
    with zipfile.ZipFile(project.root / "held.zip") as held:
        pages = [held.read(name) for name in held.namelist() if name.endswith("/report.html")]
    assert (project.root / f"report/{EDITION}/report.html").read_bytes() in pages


def test_outputs_lie_in_another_folder_and_the_project_stays_as_it_is(
    built: Path, tmp_path: Path
) -> None:
    project, out = Project(built).clone(tmp_path / "project"), tmp_path / "outputs 输出"
    before = project.contents(".")
    for path in (project.root, *project.root.rglob("*")):
        path.chmod(0o555 if path.is_dir() else 0o444)
    out.mkdir()
    done = project.snakemake(
        "--directory", str(out), "--until", "normalise", PYTHONDONTWRITEBYTECODE="1"
    )
    assert done.code == 0, done.output
    assert project.contents(".") == before
    there = Project(out).contents(f"data/processed/{EDITION}")
    assert there == {
        name: data
        for name, data in Project(built).contents(f"data/processed/{EDITION}").items()
        if name in there
    }
    assert {"normalised.csv", "tables/observations.csv"} <= set(there)
    assert planned(Project(out)) == {EDITION: set(CHAIN[2:-1])}  # it is a project of its own
    for path in (project.root, *project.root.rglob("*")):
        path.chmod(0o755)
