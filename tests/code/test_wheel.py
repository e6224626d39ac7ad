"""The wheel is whole: as installed it computes an index in any folder, in Chinese or English."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pandas as pd
import pytest

from tests.code.miniature import ROOT

EXAMPLE = ROOT / "docs/examples/index"
NEEDED = ("LICENSE", "README.md", "pyproject.toml", "templates", "tools/wheel.py", "workflow")


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel's files below a folder, as an installer would lay them out."""
    folder = tmp_path_factory.mktemp("wheel")
    sources = folder / "sources"
    for name in NEEDED:
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copyfile
        (sources / name).parent.mkdir(parents=True, exist_ok=True)
        copy(ROOT / name, sources / name)
    command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel"]
    done = subprocess.run(command, cwd=sources, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    (wheel,) = (sources / "dist").glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder / "site")
    shutil.rmtree(sources)
    return folder / "site"


@pytest.fixture
def run(installed, tmp_path):
    """``suyuan`` as installed, in an empty folder far from any project."""

    def suyuan(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "suyuan", *arguments],
            cwd=tmp_path,
            env=os.environ | {"PYTHONPATH": str(installed), "LC_ALL": "zh_CN.UTF-8"},
            capture_output=True,
            encoding="utf-8",
            check=False,
        )

    return suyuan


def index(out: str, tree: str = "tree.csv") -> list[str]:
    """The arguments of the example of docs/index.md."""
    return [
        "index", str(EXAMPLE / "data.csv"), "--tree", str(EXAMPLE / tree),
        "--config", str(EXAMPLE / "recipe.yaml"), "--out", out,
    ]  # fmt: skip


def test_the_wheel_carries_templates_schemas_and_types(installed):
    carried = installed / "suyuan/_data"
    for folder in ("templates", "workflow/schemas"):
        ours = {p.relative_to(ROOT) for p in (ROOT / folder).rglob("*") if p.is_file()}
        its = {p.relative_to(carried) for p in (carried / folder).rglob("*") if p.is_file()}
        assert its == ours
    assert (installed / "suyuan/py.typed").is_file()


def test_an_index_in_an_empty_folder(run, tmp_path):
    done = run(*index("result"))
    assert (done.returncode, done.stderr) == (0, "")
    assert re.fullmatch("已写出 [0-9]+ 个文件：result\n", done.stdout)
    scores = (tmp_path / "result/scores.csv").read_text(encoding="utf-8")
    assert "\nAster,76.98," in scores  # worked out in docs/index.md


COMMANDS = re.compile(r"^```\n(suyuan index init .+?)\n```$", re.MULTILINE | re.DOTALL)
OF_THEIR_OWN = (
    "land,Jahr,GDP per head,unemployment,school\r\nAA,2020,1.5e4,.05,NA\r\nBB,2020,+9000,0.11,8\r\n"
    "CC,2020,21000,0.07,11.5\r\nDD,2020,4000,,6\r\n"
)


def test_the_three_commands_of_the_docs_with_a_table_of_ones_own(installed, tmp_path):
    page = (ROOT / "docs/index.md").read_text(encoding="utf-8")
    commands = COMMANDS.search(page)[1]
    assert len(commands.splitlines()) == 3
    tools, here = tmp_path / "tools", tmp_path / "here"
    for name, does in {
        "suyuan": f'exec {shlex.quote(sys.executable)} -m suyuan "$@"',
        "open": 'test -s "$1" && echo "opened $1"',
    }.items():
        tools.mkdir(exist_ok=True)
        (tools / name).write_text(f"#!/bin/sh\n{does}\n")
        (tools / name).chmod(0o755)
    here.mkdir()
    (here / "data.csv").write_bytes(OF_THEIR_OWN.encode())
    path = os.pathsep.join([str(tools), os.environ["PATH"]])
    done = subprocess.run(
        ["sh", "-e"],
        input=commands,
        cwd=here,
        env=os.environ | {"PYTHONPATH": str(installed), "PATH": path, "LC_ALL": "en_US.UTF-8"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    told = done.stdout.splitlines()
    assert commands.splitlines()[1] in told  # the first says what the second is
    assert told[-1] == "opened result/scorecard.html"
    ranks = pd.read_csv(here / "result/ranks.csv")
    ranked = ranks.query("node == 'index'").set_index("unit")["rank"]
    # by minmax: AA 64.7, 0, -; BB 29.4, 100, 36.4; CC 100, 33.3, 100; DD 0, -, 0
    assert ranked.dropna().to_dict() == {"AA": 3, "BB": 2, "CC": 1, "DD": 4}
    intervals = pd.read_csv(here / "result/intervals.csv")
    assert (intervals["score_low"] <= intervals["score_high"]).sum() == 4
    page = (here / "result/scorecard.html").read_text(encoding="utf-8")
    assert all(f"<h3>{unit}</h3>" in page for unit in ("AA", "BB", "CC", "DD"))


def test_messages_in_english(run, tmp_path):
    done = run("index", "init", "nowhere.csv", "--lang", "en")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.splitlines()[1] == (
        "nowhere.csv:1:1 there is no such file; check the path (E514)"
    )


def test_what_is_wrong_is_told_from_the_packaged_messages(run, tmp_path):
    done = run(*index("result", tree="data.csv"))
    assert (done.returncode, done.stdout) == (1, "")
    heading, *lines = done.stderr.splitlines()
    assert heading.startswith("发现 ")
    assert all(line.endswith(")") and "(E5" in line for line in lines)
    assert not (tmp_path / "result").exists()


def test_other_commands_ask_for_a_project(run):
    done = run("check")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.splitlines()[0] == "没有执行："
    assert done.stderr.rstrip().endswith("(E199)")


@pytest.mark.parametrize("arguments", [["--version"], ["--help"], ["index", "--help"]])
def test_what_needs_no_project(run, arguments):
    done = run(*arguments)
    assert (done.returncode, done.stderr) == (0, "")
