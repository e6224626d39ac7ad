"""Editions built on a real Slurm of one node are, byte for byte, those that are built here."""

from __future__ import annotations

import importlib.util
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.workflow import slurm
from tests.workflow.project import EDITION, Project

PLUGIN = "snakemake_executor_plugin_cluster_generic"
PROFILE = ("--workflow-profile", "profiles/slurm")
OTHER = "2026Q2"
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(bool(slurm.missing()), reason=f"not installed: {slurm.missing()}"),
    pytest.mark.skipif(not importlib.util.find_spec(PLUGIN), reason=f"not installed: {PLUGIN}"),
]


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[slurm.Slurm]:
    with slurm.running(tmp_path_factory.mktemp("slurm") / "cluster") as cluster:
        yield cluster


def jobs(cluster: slurm.Slurm) -> list[str]:
    """States of the jobs that the cluster has had."""
    said = cluster.asked("scontrol", "show", "job", "--oneliner")
    return [word for word in said.split() if word.startswith("JobState=")]


def test_two_editions_are_built_as_they_are_here_and_one_that_fails_stops_no_other(
    built: Path, tmp_path: Path, cluster: slurm.Slurm
) -> None:
    project = Project(built).clone(tmp_path / "project")
    broken = project.root / f"data/raw/{OTHER}/hubs.csv"
    whole = broken.read_bytes()
    broken.write_bytes(whole.replace(b"hub_id,", b"hub,", 1))
    done = project.snakemake(*PROFILE, "--config", "editions=all", **cluster.environment)
    assert done.code == 1, done.output + cluster.logs()
    assert sorted(jobs(cluster)) == ["JobState=COMPLETED", "JobState=FAILED"], done.output
    said = done.output.strip().splitlines()
    assert said[-1] == "其余 1 个版次不受影响", done.output
    assert said.count(f"版次 {OTHER}：") == 1
    assert any("hubs.csv:1:" in line and "(E813)" in line for line in said)
    assert project.contents(f"report/{EDITION}") == Project(built).contents(f"report/{EDITION}")
    assert not (project.root / "report" / OTHER).exists()

    broken.write_bytes(whole)
    done = project.snakemake(*PROFILE, "--config", "editions=all", **cluster.environment)
    assert done.code == 0, done.output + cluster.logs()
    assert len(jobs(cluster)) == 3  # one edition is one job, and what is built stays
    on_cluster = project.contents(f"report/{OTHER}")
    for folder in ("build", "data/processed", "figures", "report"):
        shutil.rmtree(project.root / folder / OTHER)
    done = project.snakemake("--config", f"edition={OTHER}")
    assert done.code == 0, done.output
    assert on_cluster == project.contents(f"report/{OTHER}")
