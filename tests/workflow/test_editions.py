"""Many editions in one run: each is apart from the others, and from which one is configured."""

from __future__ import annotations

import shutil

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
