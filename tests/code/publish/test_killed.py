"""Killed at any moment, a publication has done nothing or all of it, and the next one finishes."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import sys
from pathlib import Path

import pytest

from suyuan.core.errors import MachineError
from suyuan.publish import shelf, work
from suyuan.publish.stopping import stoppable
from tests.code.miniature import EDITION
from tests.code.publish.releases import built, publish, state

FIRST, SECOND = EDITION, f"{EDITION}-r1"
# What changes the disk, by the names under which Python tells of it before it is done.
TOUCHES = ("os.rename", "os.symlink", "os.remove", "os.mkdir", "os.rmdir", "os.chmod")
READING = (None, "r", "rb")
NEVER = 10**9  # later than any touch


class Moments:
    """Counts the touches of this process, and kills it before the one that is given.

    ``placing`` are those that touch what readers see: what lies in ``folder`` itself.
    """

    def __init__(self, at: int, folder: Path) -> None:
        self.at, self.folder, self.count = at, folder, 0
        self.placing: list[int] = []

    def hook(self, event: str, args: tuple) -> None:
        if event in TOUCHES or (event == "open" and args[1] not in READING):
            self.count += 1
            paths = [Path(os.fspath(arg)) for arg in args if isinstance(arg, str | os.PathLike)]
            if any(path.parent == self.folder for path in paths):
                self.placing.append(self.count)
            if self.count == self.at:
                os.kill(os.getpid(), signal.SIGKILL)


def correct(project, at):
    """Correct the edition in a child that is killed at a moment; what it counted, if it was not."""
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        moments = Moments(at, project.root / shelf.EDITIONS)
        sys.addaudithook(moments.hook)
        try:
            publish(project, reason="更正")
            os.write(writing, json.dumps([moments.count, moments.placing]).encode())
        finally:
            os._exit(0)
    os.close(writing)
    killed = os.WIFSIGNALED(os.waitpid(child, 0)[1])
    with os.fdopen(reading) as counted:
        said = counted.read()
    assert killed == (said == "")
    return None if killed else json.loads(said)


@pytest.fixture
def edited(project, monkeypatch):
    """A published miniature with an edit that is to be published."""
    monkeypatch.setenv("SUYUAN_NOW", "2030-04-02")
    publish(project)
    project.set("observations", "T009", "note", "改过")
    return project


def visible(project):
    """What readers find: everything but the publication's own folders."""
    found = state(project.root / shelf.EDITIONS)
    return {name: data for name, data in found.items() if not name.startswith(".")}


def survived(edited, kept, moments):
    """Kill at each of the moments that ``moments`` makes of their number; look at what is left."""
    folder = edited.root / shelf.EDITIONS
    shutil.copytree(folder, kept, symlinks=True)
    old = visible(edited)
    total, placing = correct(edited, NEVER)
    new = visible(edited)
    assert shelf.names(edited.root) == [FIRST, SECOND]
    states = set()
    for moment in moments(total, placing):
        shutil.rmtree(folder)
        shutil.copytree(kept, folder, symlinks=True)
        assert correct(edited, moment) is None, moment
        found = visible(edited)
        assert all(data in (old.get(name), new.get(name)) for name, data in found.items())
        assert all(not list(each.damage()) for each in shelf.published(edited.root))
        assert old.keys() <= found.keys()
        whole = SECOND in shelf.names(edited.root)
        states.add(whole)
        assert publish(edited, reason="更正").kind == ("unchanged" if whole else "published")
        assert visible(edited) == new, moment
        assert work.leftovers(edited.root) == []
    assert states == {False, True}


def test_killed_while_it_is_put_in_its_place(edited, tmp_path):
    def moments(_, placing):  # before a touch of what readers see, and right after it
        return [moment + after for moment in placing[-7::2] for after in (0, 1)]

    survived(edited, tmp_path / "kept", moments)


@pytest.mark.slow
def test_killed_at_any_moment(edited, tmp_path):
    chance = random.Random(1)

    def moments(total, placing):
        return sorted({*placing, *chance.sample(range(1, total), 30)})

    survived(edited, tmp_path / "kept", moments)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_asked_to_stop_it_takes_everything_back(edited, number):
    before = visible(edited)

    def stopped(*about):
        os.kill(os.getpid(), number)
        return built(*about)

    with pytest.raises(MachineError) as caught:
        stoppable(lambda: publish(edited, reason="更正", build=stopped))
    (problem,) = caught.value.problems
    assert (problem.code, problem.value) == ("E629", number.name)
    assert visible(edited) == before
    assert list((edited.root / work.WORK).iterdir()) == []
    assert publish(edited, reason="更正").kind == "published"
