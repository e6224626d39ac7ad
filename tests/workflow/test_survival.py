"""Whatever ends a run, the next `snakemake` delivers, and until then the last report stays."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterable

import pytest

from tests.workflow.faults import Fault, fill_the_disk, kill, struck
from tests.workflow.project import CHAIN, EDITION, Project

REPORT = f"report/{EDITION}"
CELL = "\nF049,gansu,compute_total,,{0},Eflops,=,,,medium,,总规模精度未注明。,{0}(Eflops),"
STAGES = CHAIN[:-1]


KILLED = (kill, "SIGKILL")
FAULTS = (KILLED, (fill_the_disk, "(E40"))


def strike(
    project: Project, stage: str, report: dict[str, bytes], faults: Iterable[tuple[Fault, str]]
) -> None:
    """Kill a stage in one run, leave it no room to write in the next; the report stays."""
    for fault, code in faults:
        # Every run goes on where the one before was struck, until its own stage is.
        done = struck(project, stage, fault, "--until", stage)
        assert done.code == 1
        assert project.contents(REPORT) == report
        last = done.output.rstrip().splitlines()[-1]
        assert code in last, done.output
        assert "Traceback" not in done.output


@pytest.mark.slow
def test_each_stage_killed_once_and_once_on_a_full_disk_the_next_run_delivers(
    project: Project,
) -> None:
    report = project.contents(REPORT)
    project.replace(project.raw("observations"), CELL.format("114.5"), CELL.format("114.6"))
    for stage in STAGES:
        strike(project, stage, report, FAULTS)
    done = project.snakemake()
    assert done.code == 0, done.output
    assert project.rules(done.output) == ["deliver", "all"]
    lineage = project.lineage()
    assert lineage["values"]["gansu.compute_total"]["v"] == "114.6"
    assert [path.name for path in (project.root / "report").iterdir()] == [EDITION]
    assert project.would_run() == []


def test_a_delivery_that_was_killed_is_made_good_by_the_next_run(project: Project) -> None:
    report = project.contents(REPORT)
    (project.root / REPORT / "report.html").unlink()
    strike(project, "deliver", project.contents(REPORT), [KILLED])
    done = project.snakemake()
    assert done.code == 0, done.output
    assert project.rules(done.output) == ["deliver", "all"]
    assert project.contents(REPORT) == report


@pytest.mark.slow
def test_a_delivery_that_was_struck_is_made_good_by_the_next_run(project: Project) -> None:
    report = project.contents(REPORT)
    snakefile = project.root / "Snakefile"
    snakefile.write_text(snakefile.read_text(encoding="utf-8") + "\n# new\n", encoding="utf-8")
    for stage in ("export", "deliver"):  # these alone depend on it: the statement names it
        strike(project, stage, report, FAULTS)
    done = project.snakemake()
    assert done.code == 0, done.output
    assert project.rules(done.output) == ["deliver", "all"]
    after = project.contents(REPORT)
    changed = {name for name in report if after[name] != report[name]}
    assert changed == {"attestation.intoto.json"}
    assert set(after) == set(report)


@pytest.mark.slow
def test_the_lock_of_a_run_that_was_killed_whole_is_explained_and_removed(project: Project) -> None:
    project.replace(project.raw("observations"), CELL.format("114.5"), CELL.format("114.6"))
    killed = struck(project, "ingest", lambda _, run: os.killpg(run, signal.SIGKILL))
    assert killed.code == -signal.SIGKILL
    refused = project.snakemake("--until", "ingest")
    assert refused.code == 1
    assert "(E706)" in refused.output
    assert "Traceback" not in refused.output
    assert project.snakemake("--unlock").code == 0
    done = project.snakemake("--until", "ingest")
    assert done.code == 0, done.output
