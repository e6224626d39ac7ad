"""`suyuan preview` as a person runs it, on the miniature."""

from __future__ import annotations

import errno
import json
import os
import signal
import socket
import subprocess
import sys
import types
from collections.abc import Iterator
from http.client import HTTPConnection, HTTPResponse
from multiprocessing import Pipe
from urllib.parse import urlsplit

import pytest

from suyuan.core.layout import Layout
from suyuan.preview import command
from suyuan.preview.board import Board
from suyuan.preview.serving import HOST
from suyuan.preview.watching import KINDS
from tests.code.miniature import ROOT, Project
from tests.code.preview.conftest import SCALE, section

PATIENCE = 300  # seconds on a busy machine


def listening() -> None:
    """As from a terminal, wherever the tests run: what is in the background hears no Ctrl-C."""
    for number in command.ENDS:
        signal.signal(number, signal.SIG_DFL)


class Running:
    """A preview, and a browser that listens to it."""

    def __init__(self, project: Project, *arguments: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "suyuan", "preview", "--no-open", *arguments],
            cwd=project.root,
            env=os.environ | {"PYTHONPATH": str(ROOT / "workflow/lib"), "PYTHONUNBUFFERED": "1"},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            preexec_fn=listening,  # noqa: PLW1509 - which no thread is there to hinder
        )
        assert self.process.stdout is not None
        self.said: list[str] = []
        for line in self.process.stdout:
            self.said.append(line)
            if line.startswith("http"):
                break
        self.address = urlsplit(self.said[-1].strip())
        self.events = self.ask("events")

    def ask(self, path: str = "") -> HTTPResponse:
        connection = HTTPConnection(HOST, self.address.port, timeout=PATIENCE)
        connection.request("GET", self.address.path + path)
        return connection.getresponse()

    def told(self) -> dict:
        """What comes of the last save."""
        while line := self.events.readline():
            if line.startswith(b"data: "):
                news = json.loads(line.removeprefix(b"data: "))
                if not news.get("busy") and len(news) > 1:
                    return news
        raise AssertionError("the preview has hung up")

    def end(self) -> str:
        """Ctrl-C; what it says then."""
        self.process.send_signal(signal.SIGINT)
        said, _ = self.process.communicate(timeout=PATIENCE)
        self.events.close()
        return said


@pytest.fixture
def running(small: Project) -> Iterator[Running]:
    found = Running(small)
    yield found
    found.process.kill()
    found.process.communicate()
    found.events.close()


def children(pid: int) -> list[str]:
    """Processes that a process has begun."""
    command = ["ps", "--ppid", str(pid), "-o", "pid="]
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout.split()


def test_a_save_is_a_page_a_mistake_is_told_and_ctrl_c_ends_it(small: Project, running: Running):
    assert running.told()["page"] == 1
    assert "丙" in running.ask().read().decode()
    small.set("subjects", "gamma", "name", "卯")
    news = running.told()
    assert news["page"] == 2, news
    assert "卯" in running.ask().read().decode()
    small.set("observations", "T003", "value", "五十")
    news = running.told()
    assert (news["page"], news["count"]) == (2, 1)
    assert news["problems"][0]["code"] == "E120"
    small.set("observations", "T003", "value", "10000")
    news = running.told()
    assert (news["page"], news.get("problems")) == (2, None)  # the same page, which none loads anew
    section(small, "02-01-scale").write_text(SCALE + "<p>另见附录。</p>\n", encoding="utf-8")
    assert running.told()["page"] == 3
    (worker,) = children(running.process.pid)
    said = running.end()
    assert running.process.returncode == 0
    assert "E120" in said
    assert "Traceback" not in said
    assert gone(int(worker))
    assert not (small.root / "report").exists()
    assert {path.name for path in (small.root / "build").iterdir()} == {"drawings"}


def test_a_process_that_dies_is_told_with_its_signal_and_another_makes_the_page(
    small: Project, running: Running
):
    assert running.told()["page"] == 1
    (worker,) = children(running.process.pid)
    os.kill(int(worker), signal.SIGKILL)
    assert "SIGKILL" in running.told()["crash"]
    while "crash" in (news := running.told()):
        pass
    assert news["page"] == 1
    small.set("subjects", "gamma", "name", "卯")
    assert running.told()["page"] == 2
    said = running.end()
    assert "生成页面的进程被信号 SIGKILL 终止" in said
    assert "程序或其说明已改动" not in said


@pytest.mark.parametrize(
    "signals",
    [[signal.SIGTERM], [signal.SIGHUP], [signal.SIGINT] * 3],
    ids=["told to end", "terminal closed", "Ctrl-C thrice"],
)
def test_however_it_is_ended_nothing_is_left(running: Running, signals: list[signal.Signals]):
    (worker,) = children(running.process.pid)
    for number in signals:
        running.process.send_signal(number)
    said, _ = running.process.communicate(timeout=PATIENCE)
    assert running.process.returncode == 0
    assert said.endswith("预览已结束\n")
    assert "Traceback" not in said
    assert gone(int(worker))


def gone(pid: int) -> bool:
    """Whether a process is there no more."""
    return bool(
        subprocess.run(["kill", "-0", str(pid)], check=False, stderr=subprocess.DEVNULL).returncode
    )


ENDLESS = """\
import os, sys, time, types
from pathlib import Path
from suyuan.preview import worker

def answered(*question):
    if os.fork() == 0:
        time.sleep(600)
    print("begun", flush=True)
    while True:
        pass

sys.modules["suyuan.preview.answering"] = types.SimpleNamespace(answered=answered)
worker.main(int(sys.argv[1]), Path(), "")
"""


def test_a_page_without_end_ends_with_who_asked_for_it():
    ours, theirs = Pipe()
    with theirs, ours:
        worker = subprocess.Popen(
            [sys.executable, "-c", ENDLESS, str(theirs.fileno())],
            pass_fds=[theirs.fileno()], stdout=subprocess.PIPE, start_new_session=True,
            env=os.environ | {"PYTHONPATH": str(ROOT / "workflow/lib")},
        )  # fmt: skip
        assert worker.stdout is not None
        theirs.close()
        ours.send(frozenset())
        assert worker.stdout.readline() == b"begun\n"
    assert worker.communicate(timeout=PATIENCE) == (b"", None)  # what it began has ended, too
    assert worker.returncode < 0


LITTERING = """\
import sys, types
from pathlib import Path
from suyuan.preview import worker

left = set()

class Litter:
    def __init__(self):
        self.own = self
        left.add(id(self))

    def __del__(self):
        left.discard(id(self))

def answered(*question):
    Litter()
    return None, (None, {"left": len(left)})

sys.modules["suyuan.preview.answering"] = types.SimpleNamespace(answered=answered)
worker.main(int(sys.argv[1]), Path(), "")
"""


def test_a_stream_of_saves_leaves_no_garbage():
    ours, theirs = Pipe()
    with ours, theirs:
        for _ in range(40):  # before it begins, so that it is never quiet
            ours.send(frozenset())
        worker = subprocess.Popen(
            [sys.executable, "-c", LITTERING, str(theirs.fileno())],
            pass_fds=[theirs.fileno()], start_new_session=True,
            env=os.environ | {"PYTHONPATH": str(ROOT / "workflow/lib")},
        )  # fmt: skip
        theirs.close()
        left = [ours.recv()[1]["left"] for _ in range(40)]
    assert worker.wait(PATIENCE) == 0
    assert max(left) <= 10


class Idle:
    """A process that never answers."""

    begun = 0
    busy = proven = False

    def __init__(self, layout: Layout) -> None:
        type(self).begun += 1

    def ask(self, saved: frozenset[str]) -> None:
        self.busy = True

    def answered(self, seconds: float) -> None:
        return None

    def end(self) -> None:
        pass


def test_a_save_does_not_wait_for_a_page_without_end(small: Project, monkeypatch):
    class Endless(Idle):
        pass

    said: list[str] = []
    monkeypatch.setattr(command, "Worker", Endless)
    board = Board(b"")
    preview = command.Preview(small.layout, board, said.append)
    preview.turn()
    assert board.shown.said["busy"]
    small.set("subjects", "gamma", "name", "卯")
    preview.turn()
    assert Endless.begun == 1  # it may well end yet
    monkeypatch.setattr(command, "SLOWEST", 0)
    preview.turn()
    assert Endless.begun == 2
    preview.turn()  # asks the new one
    preview.turn()
    preview.turn()
    assert [line[:5] for line in said] == ["上一次保存", "已过 0 "]
    assert "不会结束的循环" in board.shown.said["crash"]
    assert Endless.begun == 2


def test_what_the_machine_did_not_do_is_asked_again_and_told_once(small: Project, monkeypatch):
    asked: list[frozenset[str]] = []
    refused = {"problems": [], "text": "E401", "note": "again"}
    answers = [(None, dict(refused)), (None, dict(refused)), (b"page", {"queries": []})]

    class Short(Idle):
        def ask(self, saved: frozenset[str]) -> None:
            asked.append(saved)

        def answered(self, seconds: float):
            return answers.pop(0) if answers else None

    said: list[str] = []
    monkeypatch.setattr(command, "Worker", Short)
    monkeypatch.setattr(command, "LATEST", 0)
    board = Board(b"")
    preview = command.Preview(small.layout, board, said.append)
    while answers:
        preview.turn()
    assert asked == [frozenset(KINDS), frozenset(), frozenset()]
    assert said[0] == "E401\nagain"
    assert len(said) == 2
    assert board.shown.number == 1
    preview.turn()
    assert len(asked) == 3


def test_where_no_process_can_be_begun_it_is_told(small: Project, monkeypatch):
    class Refused(Idle):
        def __init__(self, layout: Layout) -> None:
            super().__init__(layout)
            if self.begun == 1:
                raise OSError(errno.EMFILE, os.strerror(errno.EMFILE))

    said: list[str] = []
    monkeypatch.setattr(command, "Worker", Refused)
    preview = command.Preview(small.layout, Board(b""), said.append)
    assert "E404" in said[0]
    small.set("subjects", "gamma", "name", "卯")
    preview.turn()
    assert Refused.begun == 2


def test_a_process_that_dies_before_it_answers_waits_for_a_save(small: Project, monkeypatch):
    begun: list[Doomed] = []

    class Doomed(command.Worker):
        """A process that is ended when it is asked."""

        def __init__(self, layout: Layout) -> None:
            super().__init__(layout)
            begun.append(self)

        def ask(self, saved: frozenset[str]) -> None:
            self._process.terminate()
            self._process.wait()
            super().ask(saved)

    said: list[str] = []
    board = Board(b"")
    monkeypatch.setattr(command, "Worker", Doomed)
    preview = command.Preview(small.layout, board, said.append)
    while not said:
        preview.turn()
    preview.turn()
    assert len(begun) == 1
    assert "SIGTERM" in board.shown.said["crash"]
    small.set("subjects", "gamma", "name", "卯")
    while len(said) < 2:
        preview.turn()
    assert len(begun) == 2
    preview.end()


def test_what_is_on_no_page_is_refused_and_taken_back(small: Project, running: Running):
    assert running.told()["page"] == 1
    for name in ("templates/messages.yaml", "config/trace.yaml"):
        path = small.root / name
        text = path.read_text(encoding="utf-8")
        path.write_text("a: [1,\n", encoding="utf-8")
        news = running.told()
        assert name in json.dumps(news, ensure_ascii=False)
        path.write_text(text, encoding="utf-8")
        news = running.told()
        assert (news["page"], {"problems", "crash"} & news.keys()) == (1, set())


def test_code_that_is_saved_while_other_files_settle_gets_a_new_process(
    small: Project, monkeypatch
):
    begun: list[Layout] = []

    class Idle:
        """A process that makes nothing."""

        busy = True

        def __init__(self, layout: Layout) -> None:
            begun.append(layout)

        def answered(self, seconds: float) -> None:
            return None

        def end(self) -> None:
            pass

    monkeypatch.setattr(command, "Worker", Idle)
    preview = command.Preview(small.layout, Board(b""), lambda said: None)
    saves = iter([{"templates"}, {"code"}])
    monkeypatch.setattr(preview.watch, "changed", lambda: frozenset(next(saves, ())))
    preview.turn()
    assert len(begun) == 2


def test_it_is_told_that_who_watches_goes_by_other_code_than_the_files_have(
    small: Project, monkeypatch
):
    path = small.root / "program/watching.py"
    path.parent.mkdir()
    path.write_text("KINDS = ()\n", encoding="utf-8")
    module = types.ModuleType("suyuan.other")
    module.__file__ = str(path)
    monkeypatch.setitem(sys.modules, "suyuan.other", module)
    said: list[str] = []

    class Prompt(Idle):
        def answered(self, seconds: float) -> tuple[None, dict[str, str]]:
            self.busy = False
            return None, {"crash": "E304"}

    monkeypatch.setattr(command, "Worker", Prompt)
    preview = command.Preview(small.layout, Board(b""), said.append)

    monkeypatch.setattr(preview.watch, "settled", lambda kinds, pause: kinds)

    def saved(kind: str) -> dict[str, str]:
        """What is told after a save of that kind."""
        monkeypatch.setattr(preview.watch, "changed", lambda: frozenset({kind}))
        preview.turn()
        return preview.board.shown.said

    assert "aside" not in saved("code")  # other code than this process has read
    path.write_text("KINDS = (1,)\n", encoding="utf-8")
    for kind in ("code", "raw"):
        assert "suyuan preview" in saved(kind)["aside"]
    assert len([line for line in said if "suyuan preview" in line]) == 1
    path.write_text("KINDS = ()\n", encoding="utf-8")
    assert "aside" not in saved("code")
    path.unlink()
    assert "aside" in saved("code")
    path.parent.rmdir()
    path.parent.write_text("", encoding="utf-8")
    assert "aside" in saved("code")


def test_a_port_that_is_taken_is_told(small: Project):
    with socket.create_server((HOST, 0)) as taken:
        running = subprocess.run(
            [sys.executable, "-m", "suyuan", "preview", "--no-open",
             "--port", str(taken.getsockname()[1])],
            cwd=small.root, env=os.environ | {"PYTHONPATH": str(ROOT / "workflow/lib")},
            capture_output=True, text=True, check=False,
        )  # fmt: skip
    assert running.returncode == 1
    assert "E414" in running.stderr
    assert "Traceback" not in running.stderr
