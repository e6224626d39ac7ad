"""Schedules: lawful for the programs that run them, and all of them run `make quarterly`."""

from __future__ import annotations

import configparser
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.workflow.project import CHECKOUT

SCHEDULES = CHECKOUT / "schedules"
WORKFLOW = CHECKOUT / ".github/workflows/quarterly.yml"
# What a field of a crontab may hold, and its least and most.
FIELDS = {"minute": (0, 59), "hour": (0, 23), "day": (1, 31), "month": (1, 12), "weekday": (0, 7)}
FIELD = re.compile(r"\*|\d+(?:,\d+)*")
MONTHS, DAYS = [1, 4, 7, 10], [7, 14, 21, 28]


def ini(name: str) -> configparser.ConfigParser:
    found = configparser.ConfigParser(interpolation=None, strict=True)
    found.optionxform = str
    found.read_string((SCHEDULES / name).read_text(encoding="utf-8"))
    return found


def lawful_line(line: str) -> tuple[list[str], str]:
    """The fields of a line of a crontab, and its command. Raises AssertionError for another."""
    *fields, command = line.split(maxsplit=5)
    assert len(fields) == len(FIELDS)
    for field, (least, most) in zip(fields, FIELDS.values(), strict=True):
        assert FIELD.fullmatch(field), field
        assert all(least <= int(number) <= most for number in field.split(",") if number != "*")
    return fields, command


def crontab() -> list[str]:
    lines = (SCHEDULES / "crontab").read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and line[0] != "#"]


def cron_of_github() -> str:
    return re.search(r'- cron: "([^"]+)"', WORKFLOW.read_text(encoding="utf-8"))[1]


@pytest.mark.parametrize("unit", ["suyuan-quarterly.service", "suyuan-quarterly.timer"])
def test_systemd_takes_the_unit(unit):
    if not shutil.which("systemd-analyze"):
        pytest.skip("systemd-analyze is not installed")
    verify = ["systemd-analyze", "verify", unit]
    done = subprocess.run(verify, cwd=SCHEDULES, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_systemd_finds_a_fault_in_a_unit(tmp_path):
    if not shutil.which("systemd-analyze"):
        pytest.skip("systemd-analyze is not installed")
    for path in SCHEDULES.glob("suyuan-*"):
        text = path.read_text(encoding="utf-8").replace("OnCalendar=*-01", "OnCalendar=*-13")
        (tmp_path / path.name).write_text(text, encoding="utf-8")
    verify = ["systemd-analyze", "verify", "suyuan-quarterly.timer"]
    done = subprocess.run(verify, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert "calendar" in done.stderr
    assert done.returncode


def test_the_timer_is_of_shanghai_and_catches_up():
    timer = ini("suyuan-quarterly.timer")["Timer"]
    assert timer["OnCalendar"].endswith(" Asia/Shanghai")
    assert timer["Persistent"] == "true"
    days = re.match(r"\*-([\d,]+)-([\d,]+) ", timer["OnCalendar"])
    assert [[*map(int, part.split(","))] for part in days.groups()] == [MONTHS, DAYS]


def test_a_stopped_service_ends_as_by_ctrl_c():
    assert ini("suyuan-quarterly.service")["Service"]["KillSignal"] == "SIGINT"


def test_the_crontab_is_lawful():
    *settings, line = crontab()
    assert all(re.fullmatch(r"[A-Z_]+=\S.*", setting) for setting in settings)
    fields, command = lawful_line(line)
    assert (fields[3], fields[2]) == tuple(",".join(map(str, part)) for part in (MONTHS, DAYS))
    assert "%" not in command  # which would be a line end
    subprocess.run(["sh", "-n", "-c", command], check=True)
    for wrong in ("60 9 1 1 * x", "0 9 1 13 * x", "0 9 1 1 x", "0 9 a 1 * x"):
        with pytest.raises(AssertionError):
            lawful_line(wrong)


def test_cron_takes_the_crontab():
    if not shutil.which("crontab"):
        pytest.skip("cron is not installed")
    check = ["crontab", "-n", str(SCHEDULES / "crontab")]
    done = subprocess.run(check, capture_output=True, text=True, check=False)
    if "usage" in done.stderr:  # cronie calls it -T
        done = subprocess.run(["crontab", "-T", check[-1]], capture_output=True, check=False)
    assert done.returncode == 0, done.stderr


def test_the_workflow_runs_on_the_same_days():
    fields, _ = lawful_line(f"{cron_of_github()} x")
    assert fields[:2] == ["0", "1"]  # UTC, eight hours behind Shanghai
    assert (fields[3], fields[2]) == tuple(",".join(map(str, part)) for part in (MONTHS, DAYS))
    assert "workflow_dispatch:" in WORKFLOW.read_text(encoding="utf-8")


def test_workflows_obey_their_schema():
    check = [sys.executable, "-m", "check_jsonschema", "--builtin-schema"]
    files = map(str, WORKFLOW.parent.glob("*.yml"))
    subprocess.run([*check, "vendor.github-workflows", *files], check=True, capture_output=True)


def test_a_workflow_that_breaks_its_schema_is_found(tmp_path):
    text = WORKFLOW.read_text(encoding="utf-8").replace("schedule:", "timetable:")
    (tmp_path / "broken.yml").write_text(text, encoding="utf-8")
    check = [sys.executable, "-m", "check_jsonschema", "--builtin-schema"]
    command = [*check, "vendor.github-workflows", str(tmp_path / "broken.yml")]
    assert subprocess.run(command, check=False, capture_output=True).returncode == 1


def test_all_of_them_run_the_one_target():
    assert ini("suyuan-quarterly.service")["Service"]["ExecStart"] == "/usr/bin/make quarterly"
    assert " && make quarterly " in crontab()[-1]
    assert "        run: make quarterly\n" in WORKFLOW.read_text(encoding="utf-8")
    makefile = (CHECKOUT / "Makefile").read_text(encoding="utf-8")
    recipe = makefile.partition("\nquarterly:")[2].partition("\n\n")[0]
    assert "\tpython -m suyuan quarterly" in recipe


def git(where: Path, *words: str) -> str:
    own = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    name = ("-c", "user.name=a", "-c", "user.email=a@example.com")
    return subprocess.run(
        ["git", *name, *words], cwd=where, env=os.environ | own, check=True, capture_output=True,
        text=True,
    ).stdout  # fmt: skip


@pytest.fixture
def origin(tmp_path):
    """A repository with the script in it, to be cloned."""
    git(tmp_path, "init", "-q", "-b", "main", "origin")
    (tmp_path / "origin/tools").mkdir()
    shutil.copy(CHECKOUT / "tools/editions_branch.sh", tmp_path / "origin/tools")
    (tmp_path / "origin/.gitignore").write_text("/editions/\n", encoding="utf-8")
    git(tmp_path / "origin", "add", "-A")
    git(tmp_path / "origin", "commit", "-q", "-m", "a")
    return tmp_path / "origin"


def fresh(origin: Path, name: str) -> Path:
    """A machine that has kept nothing: the branch is fetched."""
    git(origin.parent, "clone", "-q", "--depth", "1", f"file://{origin}", name)
    run(origin.parent / name, "fetch")
    return origin.parent / name


def run(clone: Path, what: str) -> None:
    done = subprocess.run(["tools/editions_branch.sh", what], cwd=clone, capture_output=True,
                          text=True, check=False)  # fmt: skip
    assert done.returncode == 0, done.stderr


def test_a_machine_without_memory_finds_what_was_published(origin):
    first = fresh(origin, "first")
    assert sorted(path.name for path in (first / "editions").iterdir()) == [".git"]
    (first / "editions/2030Q1").mkdir()
    (first / "editions/2030Q1/report.html").write_text("一", encoding="utf-8")
    (first / "editions/latest").symlink_to("2030Q1")
    (first / "editions/.work").mkdir()
    (first / "editions/.work/left").touch()
    run(first, "push")
    second = fresh(origin, "second")
    assert (second / "editions/latest/report.html").read_text(encoding="utf-8") == "一"
    assert not (second / "editions/.work").exists()
    before = git(origin, "rev-parse", "editions")
    run(second, "push")  # nothing new
    assert git(origin, "rev-parse", "editions") == before
    (second / "editions/2030Q2").mkdir()
    (second / "editions/2030Q2/report.html").write_text("二", encoding="utf-8")
    (second / "editions/latest").unlink()
    (second / "editions/latest").symlink_to("2030Q2")
    run(second, "push")
    third = fresh(origin, "third")
    assert (third / "editions/latest/report.html").read_text(encoding="utf-8") == "二"
    assert (third / "editions/2030Q1/report.html").read_text(encoding="utf-8") == "一"
