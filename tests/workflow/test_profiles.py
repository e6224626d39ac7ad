"""Profiles of clusters differ from the default one in where jobs run, and plan the same."""

from __future__ import annotations

import importlib.util
import os
import subprocess
from pathlib import Path

import pytest
import yaml

from suyuan.stages.chain import CHAIN
from tests.workflow.project import CHAIN as RULES
from tests.workflow.project import CHECKOUT, Project

PROFILES = CHECKOUT / "profiles"
CLUSTERS = ("slurm", "kubernetes")
PLUGIN = "snakemake_executor_plugin_cluster_generic"
LOCAL = {"cores"}  # what concerns this machine alone


def settings(profile: str) -> dict[str, object]:
    return yaml.safe_load((PROFILES / profile / "config.yaml").read_text(encoding="utf-8"))


def test_there_is_a_profile_for_each_place() -> None:
    assert {path.name for path in PROFILES.iterdir()} == {"default", *CLUSTERS}


@pytest.mark.parametrize("profile", CLUSTERS)
def test_a_cluster_is_told_all_that_is_so_here(profile: str) -> None:
    here, there = settings("default"), settings(profile)
    assert {key: there.get(key) for key in here if key not in LOCAL} == {
        key: here[key] for key in here if key not in LOCAL
    }
    assert there["groups"] == [f"{stage.name}=edition" for stage in CHAIN]


@pytest.mark.slow
@pytest.mark.parametrize("profile", CLUSTERS)
def test_a_cluster_would_run_the_same(profile: str, project: Project) -> None:
    if not importlib.util.find_spec(PLUGIN):
        pytest.skip(f"not installed: {PLUGIN}")
    done = project.snakemake("--workflow-profile", f"profiles/{profile}", "--dry-run", "--forceall")
    assert done.code == 0, done.output
    # Jobs of a group are named by the alphabet, not in the order in which they would run.
    assert sorted(project.rules(done.output)) == sorted(RULES)


def said(
    profile: str, script: str, folder: Path, stub: str, *words: str, **environment: str
) -> str:
    """What a script of a profile prints where the cluster's command is ``stub``."""
    for name in ("kubectl", "scontrol"):
        (folder / name).write_text(f"#!/bin/sh\n{stub}\n", encoding="utf-8")
        (folder / name).chmod(0o755)
    path = f"{folder}:{os.environ['PATH']}"
    return subprocess.run(
        ["sh", str(PROFILES / profile / script), *words],
        env={"PATH": path} | environment, capture_output=True, encoding="utf-8", check=True,
    ).stdout  # fmt: skip


@pytest.mark.parametrize(
    ("profile", "answer", "status"),
    [
        ("slurm", "JobState=COMPLETED Reason=None", "success"),
        ("slurm", "JobState=PENDING Reason=Resources", "running"),
        ("slurm", "JobState=COMPLETING Reason=None", "running"),
        ("slurm", "JobState=OUT_OF_MEMORY Reason=OutOfMemory", "failed"),
        ("slurm", "JobState=TIMEOUT", "failed"),
        ("slurm", "slurm_load_jobs error: Invalid job id specified", "failed"),
        ("slurm", "slurm_load_jobs error: Unable to contact slurm controller", "running"),
        ("kubernetes", "SuccessCriteriaMet Complete", "success"),
        ("kubernetes", "", "running"),
        ("kubernetes", "FailureTarget Failed", "failed"),
        ("kubernetes", "Error from server (NotFound): jobs.batch not found", "failed"),
        ("kubernetes", "Unable to connect to the server", "running"),
    ],
)
def test_what_a_cluster_says_of_a_job_is_told_in_the_words_of_snakemake(
    profile: str, answer: str, status: str, tmp_path: Path
) -> None:
    assert said(profile, "status.sh", tmp_path, f"echo '{answer}'", "1").strip() == status


def test_a_pod_is_asked_for_what_a_stage_needs_on_the_volume_of_the_project(tmp_path: Path) -> None:
    given = {"SUYUAN_IMAGE": "image", "SUYUAN_CLAIM": "claim", "SUYUAN_MOUNT": "/work here"}
    words = ("2", "900", "15", "/work here/script.sh")
    job = yaml.safe_load(said("kubernetes", "submit.sh", tmp_path, "cat", *words, **given))
    assert job["spec"]["activeDeadlineSeconds"] == 900
    pod = job["spec"]["template"]["spec"]
    (container,) = pod["containers"]
    assert container["command"] == ["sh", "/work here/script.sh"]
    assert container["resources"]["requests"] == {"cpu": "2", "memory": "900Mi"}
    assert container["volumeMounts"] == [{"name": "project", "mountPath": "/work here"}]
    assert pod["volumes"][0]["persistentVolumeClaim"] == {"claimName": "claim"}
