"""Workflows of GitHub: lawful YAML, commands that a shell can read, arguments that exist."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys

import pytest
import yaml

from suyuan.cli import parser
from tests.workflow.project import CHECKOUT

FILES = sorted((CHECKOUT / ".github/workflows").glob("*.yml"))
KEYS = {"name", "on", "permissions", "concurrency", "jobs"}
JOB = {"runs-on", "timeout-minutes", "steps"}
STEP = {"id", "if", "uses", "with", "env", "run"}
OURS = re.compile(r"(?:^|\s)((?:\.ci|tools)/[\w.]+)")


class Loader(yaml.SafeLoader):
    """``on`` is a word here, not a truth."""


Loader.yaml_implicit_resolvers = {
    first: [one for one in known if one[0] != "tag:yaml.org,2002:bool"]
    for first, known in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def workflow(path):
    return yaml.load(path.read_text(encoding="utf-8"), Loader=Loader)


def steps(path):
    return [step for job in workflow(path)["jobs"].values() for step in job["steps"]]


def runs(path):
    return [step["run"] for step in steps(path) if "run" in step]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_workflow_is_lawful(path):
    document = workflow(path)
    assert {"name", "on", "permissions", "jobs"} <= set(document) <= KEYS
    for job in document["jobs"].values():
        assert {"runs-on", "steps"} <= set(job) <= JOB
    for step in steps(path):
        assert set(step) <= STEP
        assert ("uses" in step) != ("run" in step)
        assert re.fullmatch(r"[\w-]+/[\w-]+@v\d+", step.get("uses", "a/b@v1"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_shell_can_read_its_commands(path):
    assert runs(path)
    for command in runs(path):
        shell = ["bash", "-n"]
        done = subprocess.run(shell, input=command, capture_output=True, text=True, check=False)
        assert (done.returncode, done.stderr) == (0, ""), command
        assert "${{" not in command, "what others write comes by the environment, never as code"
        for ours in OURS.findall(command):
            assert (CHECKOUT / ours).stat().st_mode & 0o111, ours


def test_the_difference_is_told_where_the_report_may_change():
    (path,) = [path for path in FILES if path.name == "diff.yml"]
    document = workflow(path)
    assert set(document["on"]["pull_request"]["paths"]) == {"data/**", "config/**", "templates/**"}
    assert document["permissions"]["pull-requests"] == "write"
    assert any("gh pr comment" in command for command in runs(path))


def test_the_script_of_the_difference_asks_for_what_there_is():
    source = (CHECKOUT / ".ci/diff").read_text(encoding="utf-8")
    compile(source, ".ci/diff", "exec")
    (words,) = re.findall(r'\["suyuan", (.*?)\]', source)
    asked = [word.strip('",') for word in shlex.split(words.replace(",", ""))]
    args = parser().parse_args(asked)
    assert (args.command, args.exit_code) == ("diff", True)


FAKE = """#!/bin/sh
echo "$2 $3" >> asked
[ -z "$FAIL" ] || exit 1
mkdir -p "report/diff/$2..$3"
echo "summary of $2" > "report/diff/$2..$3/summary.md"
echo "report/diff/$2..$3"
exit 3
"""


@pytest.fixture
def told(tmp_path):
    """Run the script in a project of two editions that its commit does not have."""
    (tmp_path / ".ci").mkdir()
    shutil.copy(CHECKOUT / ".ci/diff", tmp_path / ".ci/diff")
    for edition, previous in (("2030Q1", ""), ("2030Q2", "2030Q1")):
        folder = tmp_path / "data/raw" / edition
        folder.mkdir(parents=True)
        text = f"edition,previous\n{edition},{previous}\n"
        (folder / "edition.csv").write_text(text, encoding="utf-8")
    command = tmp_path / "bin/suyuan"
    command.parent.mkdir()
    command.write_text(FAKE, encoding="utf-8")
    command.chmod(0o755)
    subprocess.run(["git", "init", "-q"], cwd=tmp_path, check=True)

    def run(**more):
        environment = {"PATH": f"{command.parent}:/usr/bin:/bin", **more}
        asked = [sys.executable, tmp_path / ".ci/diff", "0" * 40, "out/comment.md"]
        done = subprocess.run(asked, cwd=tmp_path, env=environment, check=False)
        return done.returncode, (tmp_path / "out/comment.md").read_text(encoding="utf-8")

    return run


def test_the_script_compares_a_new_edition_with_the_one_before(told, tmp_path):
    assert told() == (3, "summary of 2030Q1\n")
    assert (tmp_path / "asked").read_text(encoding="utf-8") == "2030Q1 2030Q2\n"


def test_a_comparison_that_fails_is_no_change(told):
    code, comment = told(FAIL="1")
    assert code == 1
    assert "未能比较" in comment
