"""What a side is called: editions, revisions, folders, and names that are none of these."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from suyuan.core.errors import LookupFailed
from suyuan.diff import asked, command
from suyuan.diff.sides import LINEAGE
from tests.code.diff.test_since import kept  # noqa: F401  a fixture


def refused(ask, *names):
    with pytest.raises(LookupFailed) as error:
        ask(*names)
    return error.value.problems[0].code


@pytest.mark.parametrize("name", ["", ".", "..", "/", "nothing/here", "-x", "2030Q9", "@HEAD"])
def test_what_is_no_report_is_said_so(project, name, monkeypatch):
    monkeypatch.chdir(project.root)
    assert refused(asked.side, project.root, name) == "E390"


def test_without_a_repository_no_revision_is_looked_for(project):
    assert refused(asked.unpacked, project.root, "HEAD") == "E392"


@pytest.mark.parametrize("revision", ["--output=x", "-h", "HEAD~9", "a..b", "没有", ""])
def test_a_revision_that_is_none(kept, revision):  # noqa: F811
    assert refused(asked.unpacked, kept.root, revision) == "E393"


def test_a_revision_is_unpacked_once_by_whoever_is_first(kept):  # noqa: F811
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda _: asked.unpacked(kept.root, "HEAD"), range(8)))
    assert len(set(found)) == 1
    assert (found[0] / "config/config.yaml").is_file()
    assert len(list(found[0].parent.iterdir())) == 1


def test_a_revision_is_built_once_by_whoever_is_first(kept, monkeypatch):  # noqa: F811
    """Others wait and find it built."""
    built = []

    def build(root, edition, target, *options):
        built.append(target)
        (root / target).parent.mkdir(parents=True, exist_ok=True)
        (root / target).write_text("{}", encoding="utf-8")

    monkeypatch.setattr(asked, "build", build)
    with ThreadPoolExecutor(4) as pool:
        codes = pool.map(lambda _: refused(asked.side, kept.root, "2030Q1@HEAD"), range(4))
        assert set(codes) == {"E390"}  # {} is no lineage
    assert built == [f"build/2030Q1/{LINEAGE}"]


@pytest.mark.parametrize(
    ("base", "head", "name"),
    [
        ("2026Q1", "2026Q2", "2026Q1..2026Q2"),
        ("../old/", "2026Q1@HEAD~3", "old..2026Q1@HEAD~3"),
        ("2026Q1@origin/main", "甲 乙", "2026Q1@origin_main..甲 乙"),
        (".", ".", "here..here"),
        ("..", "./", "above..here"),
        ("../..", "/", "top.._"),
    ],
)
def test_a_comparison_has_a_folder_of_its_own(tmp_path, base, head, name, monkeypatch):
    here = tmp_path / "top/above/here"
    here.mkdir(parents=True)
    monkeypatch.chdir(here)
    found = command.folder(tmp_path, base, head)
    assert found == tmp_path / "report/diff" / name
    assert found.resolve().parent == Path(tmp_path / "report/diff").resolve()


def test_a_revision_given_as_nothing_is_none(kept):  # noqa: F811
    """``check --since ""`` is no ``check``."""
    kept.own_sections()
    done = subprocess.run(
        [sys.executable, "-m", "suyuan", "check", "--since", ""],
        cwd=kept.root,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "(E393)" in done.stderr
