"""A result takes the place of another whole; what a killed run left is put right by the next."""

from __future__ import annotations

import subprocess
import sys
from multiprocessing import get_context

import pytest

from suyuan.index import command
from suyuan.index.replacing import MARK, recover, replacing
from tests.code.miniature import ROOT

EXAMPLE = [ROOT / "docs/examples/index" / name for name in ("data.csv", "tree.csv", "recipe.yaml")]
DIES = """
import os, pathlib, sys
from suyuan.index import replacing
from suyuan.index.replacing import replacing as begin

place, when = pathlib.Path(sys.argv[1]), sys.argv[2]
rename, moves = pathlib.Path.rename, []

def counted(self, target):
    moves.append(target)
    if when == f"move {len(moves)}":
        os.kill(os.getpid(), 9)
    return rename(self, target)

pathlib.Path.rename = counted
with begin(place) as fresh:
    fresh.mkdir()
    (fresh / "a").write_text("new")
    if when == "work":
        os.kill(os.getpid(), 9)
"""


def killed(place, when):
    done = subprocess.run([sys.executable, "-c", DIES, str(place), when], check=False)
    assert done.returncode == -9
    assert hidden(place)


def hidden(place):
    return [path for path in place.parent.iterdir() if path.name.startswith(".")]


@pytest.fixture
def place(tmp_path):
    """A folder with a former result, whose name has signs of patterns."""
    found = tmp_path / "of [2024]*"
    found.mkdir()
    (found / "a").write_text("old", encoding="utf-8")
    return found


@pytest.mark.parametrize("when", ["work", "move 1", "move 2"])
def test_what_a_killed_process_left_is_cleared_and_the_former_result_stays(place, when):
    killed(place, when)
    assert place.exists() == (when != "move 2")  # in between it was taken away
    recover(place)
    assert hidden(place) == []
    assert (place / "a").read_text(encoding="utf-8") == "old"


def test_what_a_living_process_holds_is_left_alone(place):
    with replacing(place) as fresh:
        child = get_context("fork").Process(target=recover, args=(place,))
        child.start()
        child.join()
        assert fresh.parent.is_dir()
        fresh.mkdir()
        (fresh / "a").write_text("new", encoding="utf-8")
    assert (place / "a").read_text(encoding="utf-8") == "new"
    assert hidden(place) == []


def test_folders_of_others_stay(place):
    other = place.parent / f".{place.name}x{MARK}1"
    mine = place.parent / f".{place.name}.backup"
    for folder in (other, mine):
        folder.mkdir()
    recover(place)
    assert set(hidden(place)) == {other, mine}


def test_an_error_leaves_nothing_and_is_told(place):
    def fail():
        with replacing(place) as fresh:
            fresh.mkdir()
            raise OSError("the disk is full")

    with pytest.raises(OSError, match="the disk is full"):
        fail()
    assert hidden(place) == []
    assert (place / "a").read_text(encoding="utf-8") == "old"


def test_the_next_run_finds_the_result_that_was_taken_away(tmp_path):
    out = tmp_path / "out"
    command.run(*EXAMPLE, out)
    (out / "notes.txt").write_text("mine", encoding="utf-8")
    killed(out, "move 2")
    assert not out.exists()
    with pytest.raises(command.IndexFault) as refused:  # and so the note is not lost
        command.run(*EXAMPLE, out)
    assert [problem.code for problem in refused.value.problems] == ["E540"]
    (out / "notes.txt").unlink()
    command.run(*EXAMPLE, out)
    assert hidden(out) == []
