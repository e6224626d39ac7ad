"""After a failure the complaint of the stage that failed is said, last and alone."""

from __future__ import annotations

import logging
import os
from pathlib import Path

import pytest

from suyuan.core import ended
from suyuan.publish import building
from suyuan.stages.progress import Progress
from suyuan.stages.voice import Voice


def deaf():
    """Progress that nobody listens to."""
    return Progress(lambda event: None, {}, planning=False)


@pytest.fixture
def logs(project, monkeypatch):
    monkeypatch.chdir(project.root)  # as Snakemake does

    def write(stage, text, edition=project.layout.edition):
        folder = Path("logs") / edition
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{stage}.log").write_text(text, encoding="utf-8")

    return write


def failed(stage, edition="2030Q1", *, grouped=False):
    return record(event="job_error", log=[f"logs/{edition}/{stage}.log"], indent=grouped)


def record(message="", level=logging.ERROR, **extra):
    made = logging.LogRecord("snakemake", level, "", 0, message, None, None)
    made.__dict__ |= extra
    return made


def said(voice, capsys):
    voice.failed()
    return capsys.readouterr().err.strip().splitlines()


@pytest.fixture
def voice(project):
    return Voice(project.root, [project.layout.edition], deaf())


def test_the_stage_that_failed_speaks_and_not_one_before_it(voice, logs, capsys):
    logs("ingest", "a warning of a stage that went well")
    logs("score", "发现 1 处问题\nobservations.csv:3:value 有误 (E120)\nexit 1\n")
    rule = "RuleException"
    assert not voice.filter(record("CalledProcessError …", event="error", exception=rule))
    assert not voice.filter(failed("score"))
    assert said(voice, capsys) == ["发现 1 处问题", "observations.csv:3:value 有误 (E120)"]
    assert not voice.filter(record("At least one job did not complete", event="error"))
    assert not voice.filter(record("Complete log(s): …", logging.INFO))


def test_other_errors_of_snakemake_are_its_own_to_tell(voice, capsys):
    assert voice.filter(record("no rule to make x", event="error", exception="MissingRule"))
    assert said(voice, capsys) == []


@pytest.mark.parametrize(
    "said", ["Building DAG of jobs...", "Elapsed time: 0:03:19.526701", "Complete log(s): x.log"]
)
def test_what_our_lines_say_already_is_not_said_again(voice, said):
    assert not voice.filter(record(said, logging.INFO))


def test_a_lock_is_explained_with_the_command(voice, project):
    locks = project.root / building.LOCKS
    refused = record("Error: Directory cannot be locked.", event="error", exception="LockException")
    assert voice.filter(refused)
    assert "Directory cannot be locked" in refused.getMessage()  # it is gone by now
    locks.mkdir(parents=True)
    (locks / "0.input.lock").touch()
    assert voice.filter(refused)
    assert "snakemake --unlock" in refused.getMessage()
    assert "(E707)" in refused.getMessage()


@pytest.mark.parametrize(
    ("error", "code", "place"),
    [
        ("[Errno 28] No space left on device", "(E401)", ". "),
        ("[Errno 30] Read-only file system: '{}/.snakemake/locks'", "(E402)", ".snakemake/locks "),
        ("[Errno 13] Permission denied: '{}/.snakemake'", "(E402)", ".snakemake "),
    ],
)
def test_what_snakemake_itself_cannot_write_is_told_without_a_traceback(
    voice, project, error, code, place
):
    text = f"Traceback (most recent call last):\n  …\n{error.format(project.root)}\n"
    told = record(text, event="error", exception="OSError")
    assert voice.filter(told)
    line = told.getMessage().strip().splitlines()[-1]
    assert line.startswith(place)
    assert line.endswith(code)
    assert "Traceback" not in told.getMessage()


@pytest.mark.parametrize(
    ("log", "code", "words"),
    [
        ("exit 137\n", "(E413)", "SIGKILL"),  # 128 + 9
        ("bash: line 1: 77 Killed …\nexit 137\n", "(E413)", "SIGKILL"),
        ("exit 143\n", "(E408)", "SIGTERM"),
        ("", "(E409)", "磁盘剩余"),  # a full disk takes no word of complaint either
        ("exit 1\n", "(E409)", "退出码 1"),
    ],
)
def test_a_stage_that_ended_without_a_word_is_named(
    project, logs, capsys, monkeypatch, log, code, words
):
    monkeypatch.setattr(ended, "out_of_memory", lambda machine: 0)
    voice = Voice(project.root, [project.layout.edition], deaf())
    logs("verify", log)
    voice.filter(failed("verify"))
    line = said(voice, capsys)[-1]
    assert line.endswith(code)
    assert words in line
    assert "verify" in line


def test_of_a_stage_on_another_machine_nobody_here_knows_what_ended_it(voice, logs, capsys):
    logs("verify", "exit 137\n")
    voice.filter(failed("verify"))
    voice.failed(here=False)
    assert capsys.readouterr().err.rstrip().endswith("(E408)")


def test_a_stage_that_says_why_it_ends_with_a_code_of_its_own_speaks(voice, logs, capsys):
    logs("verify", "有误 (E120)\nexit 255\n")  # no signal has that number
    voice.filter(failed("verify"))
    assert said(voice, capsys) == ["有误 (E120)"]


def test_ctrl_c_is_no_problem_of_a_stage(voice, logs, capsys):
    logs("typeset", "")
    voice.filter(record("Terminating processes on user request, …"))
    voice.filter(failed("typeset"))
    (line,) = said(voice, capsys)
    assert "已按要求中断" in line


def test_success_says_the_queries_and_never_fails_without_them(voice, project, capsys):
    voice.succeeded()  # nothing has been normalised
    assert capsys.readouterr().out == ""


def test_success_says_which_tables_are_open(voice, project, capsys):
    (project.layout.config / ".~lock.units.csv#").touch()
    voice.succeeded()
    (line,) = capsys.readouterr().out.splitlines()
    assert line.startswith("config/.~lock.units.csv# ")
    assert line.endswith("(W857)")


def test_of_several_editions_each_failure_is_told_with_its_edition(project, logs, capsys):
    voice = Voice(project.root, ["2030Q1", "2030Q2", "2030Q3"], deaf())
    logs("score", "此处有误\n", "2030Q1")
    logs("ingest", "那处有误\n", "2030Q3")
    voice.filter(failed("score", "2030Q1"))
    voice.filter(failed("ingest", "2030Q3"))
    assert said(voice, capsys) == [
        "版次 2030Q1：", "此处有误", "版次 2030Q3：", "那处有误", "其余 1 个版次不受影响"
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("left", "told"), [({"score": "此处有误\n"}, "此处有误"), ({}, "E409"), ({"score": ""}, "E409")]
)
def test_of_stages_that_a_cluster_ran_as_one_job_those_speak_that_failed(
    project, logs, capsys, left, told
):
    logs("normalise", "昨日有误\n")
    os.utime("logs/2030Q1/normalise.log", (1_000_000_000,) * 2)
    voice = Voice(project.root, ["2030Q1"], deaf())
    for stage, text in left.items():
        logs(stage, text)
    for stage in ("ingest", "normalise", "score"):
        voice.filter(failed(stage, grouped=True))
    lines = said(voice, capsys)
    assert told in lines[-1]
    assert len(lines) == (1 if left.get("score") else 2)
