"""Whatever ends a run, the next `snakemake` delivers, and until then the last report stays."""

from __future__ import annotations

import pytest

from tests.workflow.faults import fill_the_disk, kill, struck
from tests.workflow.project import CHAIN, EDITION, Project

REPORT = f"report/{EDITION}"
CELL = "\nF049,gansu,compute_total,,{},Eflops,"
STAGES = CHAIN[:-1]


@pytest.mark.slow
def test_each_stage_killed_once_and_once_on_a_full_disk_the_next_run_delivers(
    project: Project,
) -> None:
    report = project.contents(REPORT)
    project.replace(project.raw("observations"), CELL.format("114.5"), CELL.format("114.6"))
    for stage in STAGES:
        # Every run goes on where the one before was struck, until its own stage is.
        for fault, code in ((kill, "(E408)"), (fill_the_disk, "(E40")):
            done = struck(project, stage, fault, "--until", stage)
            assert done.code == 1
            assert project.contents(REPORT) == report
            last = done.output.rstrip().splitlines()[-1]
            assert code in last, done.output
            assert "Traceback" not in done.output
    done = project.snakemake()
    assert done.code == 0, done.output
    assert project.rules(done.output) == ["deliver", "all"]
    lineage = project.lineage()
    assert lineage["values"]["gansu.compute_total"]["v"] == "114.6"
    assert [path.name for path in (project.root / "report").iterdir()] == [EDITION]
    assert project.would_run() == []
