"""What the lock of Snakemake means, and when it may be removed: its process dead, on this host."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

import pytest

from suyuan.core.files import dump_json, write_text
from suyuan.publish import building
from suyuan.publish.process import Process

SLEEPS = "import sys, time; print(flush=True); time.sleep(60)"


@contextmanager
def process(root, *words):
    """A process that sleeps in a folder, called as the words say."""
    command = [sys.executable, "-c", SLEEPS, *words]
    with subprocess.Popen(command, cwd=root, stdout=subprocess.PIPE) as started:
        started.stdout.readline()
        try:
            yield started.pid
        finally:
            started.kill()


@pytest.fixture
def root(tmp_path):
    (tmp_path / building.LOCKS).mkdir(parents=True)
    (tmp_path / building.LOCKS / "0.input.lock").touch()
    return tmp_path


def noted(root, holder):
    write_text(root / building.NOTE, dump_json(holder.to_json()))


def of(pid, host=None):
    own = Process.own("某时")
    stat = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8")
    started = stat.rpartition(")")[2].split()[19]
    return Process(host or own.host, pid, started, "某时")


def dead(root, host=None):
    with process(root) as pid:
        return of(pid, host)


def meant(root):
    found = building.unlock(root)
    left = any((root / building.LOCKS).iterdir())
    return found and (found.code, left)


def test_no_lock_means_nothing(tmp_path):
    assert building.locked(tmp_path) is None
    (tmp_path / building.LOCKS).mkdir(parents=True)
    assert building.unlock(tmp_path) is None


def test_the_lock_of_a_dead_process_of_this_host_is_removed(root):
    noted(root, dead(root))
    assert meant(root) == ("E706", False)


def test_that_of_a_living_one_is_held(root):
    with process(root) as pid:
        noted(root, of(pid))
        found = building.locked(root)
        assert (found.code, found.value) == ("E705", str(pid))
        assert meant(root) == ("E705", True)


def test_a_number_given_again_is_another_process(root):
    with process(root) as pid:
        own = of(pid)
        noted(root, Process(own.host, pid, own.started + "1", "某时"))
        assert meant(root) == ("E706", False)


def test_that_of_another_host_is_left_to_a_person(root):
    noted(root, dead(root, host="elsewhere"))
    assert building.locked(root).details["host"] == "elsewhere"
    assert meant(root) == ("E707", True)


@pytest.mark.parametrize("text", ["", "null", "[]", '{"pid": 1}', '{"host": '])
def test_that_of_nobody_is_left_to_a_person(root, text):
    write_text(root / building.NOTE, text)
    assert meant(root) == ("E707", True)


@pytest.mark.parametrize(
    "words",
    [["-m", "snakemake"], ["/a/b/snakemake", "-n"], ["-m", "suyuan", "stage", "score"]],
)
def test_a_snakemake_that_works_here_holds_it_whoever_is_noted(root, words):
    noted(root, dead(root))
    with process(root, *words):
        assert meant(root) == ("E705", True)
    assert meant(root) == ("E706", False)


def test_one_that_works_elsewhere_does_not(root, tmp_path_factory):
    noted(root, dead(root))
    with process(tmp_path_factory.mktemp("elsewhere"), "snakemake"):
        assert meant(root) == ("E706", False)


def who(root):
    return json.loads((root / building.NOTE).read_text(encoding="utf-8"))["pid"]


def test_a_run_notes_itself_where_no_other_may_be_building(tmp_path):
    building.note(tmp_path)
    assert who(tmp_path) == os.getpid()
    noted(tmp_path, old := dead(tmp_path))
    building.note(tmp_path)
    assert who(tmp_path) == os.getpid()
    noted(tmp_path, dead(tmp_path, host="elsewhere"))
    building.note(tmp_path)
    assert who(tmp_path) != os.getpid()
    building.note(tmp_path, started=True)
    assert who(tmp_path) == os.getpid() != old.pid


def test_the_note_of_one_that_left_a_lock_is_kept(root):
    noted(root, left := dead(root))
    building.note(root)
    assert who(root) == left.pid
    with process(root) as pid:
        noted(root, of(pid))
        building.note(root)
        assert who(root) == pid
