"""What a schedule runs publishes once, and tells people of everything but that there is no news."""

from __future__ import annotations

import os
import shutil
import signal
from functools import partial

import pytest

from suyuan.core import clock
from suyuan.core.errors import ConfigError, DataError, Locked, LookupFailed, MachineError, Problem
from suyuan.core.files import dump_json, write_text
from suyuan.publish import building, lock, notices, publication, said, shelf, site, work
from suyuan.publish.process import Process
from suyuan.publish.quarterly import quarterly
from suyuan.publish.stopping import stoppable
from tests.code.miniature import EDITION, ROOT, Project, borrow_schemas
from tests.code.publish.releases import built, gate, publish, state
from tests.code.publish.sink import Sink, sink

STARTED, PUBLISHED, REFUSED, FAILED = (
    f"溯源 {EDITION}：{how}" for how in ("开始发布", "已发布", "未予发布", "发布中途失败")
)


@pytest.fixture
def due(monkeypatch, tmp_path):
    """The miniature's edition is due, and its build takes no time; the file of addresses."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    monkeypatch.setenv(clock.NOW, "2030-04-07")
    monkeypatch.setattr(work, "build", built)
    return tmp_path / "config/suyuan/notices"


@pytest.fixture
def posted(due):
    """Where notices arrive that are sent in earnest."""
    with sink() as found:
        write_text(due, found.address)
        yield found


@pytest.fixture
def told(due, monkeypatch):
    """Where notices arrive that are not sent at all."""
    found = Sink()
    write_text(due, found.address)

    def sent(notice, where):
        if where:
            found.letters.append({"title": notice.title, "message": notice.body})
        return []

    monkeypatch.setattr(notices, "sent", sent)
    return found


def run(project, *refused, heard=None):
    """The quarter's run, with one gate that refuses for such reasons."""

    def publish(root, edition, **options):
        return publication.publish(root, edition, gates=[gate(*refused)], **options)

    return quarterly(project.root, ([] if heard is None else heard).append, publish)


def test_it_publishes_once_and_tells_people(project, posted):
    assert run(project).kind == "published"
    assert posted.titles == [STARTED, PUBLISHED]
    folder = project.root / shelf.EDITIONS
    before = state(folder)
    assert run(project).kind == "unchanged"
    assert posted.titles == [STARTED, PUBLISHED]  # no news
    assert state(folder) == before


def test_a_gate_that_refuses_is_told_with_its_reason_and_the_log(project, told):
    outcome = run(project, Problem("E613", "lineage.json", value="某论断"), "另一句")
    assert outcome.kind == "refused"
    assert told.titles == [STARTED, REFUSED]
    letter = told.letters[-1]["message"]
    assert "“某论断”" in letter
    assert "另一句" in letter
    assert "built" in letter  # how the log ends
    assert not (project.root / shelf.EDITIONS / "latest").exists()


def test_what_changed_is_told(project, told, monkeypatch):
    outcome = publication.Outcome("published", EDITION, EDITION, (), "变了甲", "日志")
    quarterly(project.root, [].append, lambda *_, **__: outcome)
    assert "变了甲" in told.letters[-1]["message"]


def test_a_notice_that_fails_fails_nothing(project, posted):
    posted.status = 500
    heard = []
    assert run(project, heard=heard).kind == "published"
    assert sum("通知没有送出：json://…" in line for line in heard) == 2
    assert not any("127.0.0.1" in line for line in heard)


def test_without_an_address_that_is_said_and_all_goes_on(project, told, due):
    due.unlink()
    heard = []
    assert run(project, heard=heard).kind == "published"
    assert any(notices.ADDRESSES in line for line in heard)
    assert told.letters == []


def test_addresses_that_cannot_be_read_are_told_and_all_goes_on(project, told, monkeypatch):
    monkeypatch.setenv(notices.FILE, str(project.root / "nowhere"))
    heard = []
    assert run(project, heard=heard).kind == "published"
    assert any("(E403)" in line for line in heard)


def test_an_edition_that_nobody_began_is_refused(project, told, monkeypatch):
    monkeypatch.setenv(clock.NOW, "2030-07-07")
    with pytest.raises(LookupFailed):
        run(project)
    (letter,) = told.letters
    assert letter["title"] == "溯源 2030Q2：未予发布"
    assert "suyuan roll 2030Q2" in letter["message"]


def test_a_missing_row_of_the_quarter_is_refused(tmp_path, told):
    schemas = borrow_schemas(tmp_path / "schemas")
    shutil.copy(ROOT / "workflow/schemas/config/freshness.yaml", schemas / "config")
    project = Project.make(tmp_path / "project", schemas)
    text = "indicator_id,max_age_days,expected_by,reason\ngdp,9999,01-31,x\n"
    (project.layout.config / "freshness.csv").write_text(text, encoding="utf-8")
    with pytest.raises(DataError):
        run(project)
    assert told.titles == [REFUSED]
    assert "(E703)" in told.letters[0]["message"]


def test_two_at_once_are_one_refused(project, told):
    with lock.locked(project.root), pytest.raises(Locked):
        run(project)
    assert told.titles == [REFUSED]
    assert "(E601)" in told.letters[0]["message"]


def test_a_full_disk_is_a_failure(project, told, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device", str(project.root / "x"))

    monkeypatch.setattr(work, "build", full)
    with pytest.raises(OSError, match="No space"):
        run(project)
    assert told.titles == [STARTED, FAILED]
    assert "(E401)" in told.letters[-1]["message"]


def test_a_full_disk_that_the_build_tells_of_is_a_failure(project, told, monkeypatch):
    line = "report/x 磁盘空间不足，写不下该文件；请腾出空间后再次运行同一命令 (E401)"
    monkeypatch.setattr(work, "build", lambda *_: work.Done(1, line))
    assert run(project).kind == "failed"
    assert told.titles == [STARTED, FAILED]
    assert line in told.letters[-1]["message"]


def test_a_fault_of_ours_is_told_with_how_the_log_ends(project, told, monkeypatch):
    def build(_folder, _edition, log):
        write_text(log, "某一步\n")
        return 1 / 0

    monkeypatch.setattr(work, "build", build)
    with pytest.raises(ZeroDivisionError):
        run(project)
    assert told.titles == [STARTED, FAILED]
    assert "ZeroDivisionError" in told.letters[-1]["message"]
    assert "某一步" in told.letters[-1]["message"]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_stop_is_told_and_takes_everything_back(project, told, monkeypatch, number):
    monkeypatch.setattr(work, "build", lambda *_: os.kill(os.getpid(), number))
    with pytest.raises(MachineError):
        run(project)
    assert told.titles == [STARTED, FAILED]
    assert number.name in told.letters[-1]["message"]
    assert shelf.names(project.root) == []


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_stop_that_comes_too_late_is_no_news(project, told, monkeypatch, number):
    switch = site.switch

    def stopped(*about):
        os.kill(os.getpid(), number)
        switch(*about)

    monkeypatch.setattr(site, "switch", stopped)
    assert run(project).kind == "published"
    assert told.titles == [STARTED, PUBLISHED]
    assert (project.root / "editions/latest").readlink().name == EDITION
    project.set("observations", "T009", "note", "改过")
    asked = partial(publish, build=lambda *_: os.kill(os.getpid(), number), reason="更正")
    with pytest.raises(MachineError):  # the next one is heard again
        stoppable(lambda: asked(project))


def test_what_is_published_is_told_as_published_though_the_pages_are_not(
    project, told, monkeypatch, capsys
):
    def full(*_):
        raise OSError(28, "No space left on device", str(project.root / "editions/index.html"))

    monkeypatch.setattr(site, "switch", full)
    outcome = run(project)
    assert (outcome.kind, outcome.name) == ("published", EDITION)
    assert told.titles == [STARTED, PUBLISHED]
    assert "editions/index.html " in told.letters[-1]["message"]
    assert shelf.names(project.root) == [EDITION]
    lines = said.published(project.root, outcome).splitlines()
    assert f"editions/{EDITION}/" in lines[0]
    assert lines[-1].endswith("(E401)")
    monkeypatch.undo()
    assert publish(project).kind == "unchanged"
    assert (project.root / "editions/latest").readlink().name == EDITION


@pytest.mark.parametrize(
    ("began", "untold"), [("2030-04-07 00:00:00", True), ("2030-04-08", False)]
)
def test_what_a_killed_run_has_published_is_told_by_the_next(project, told, began, untold):
    assert run(project).kind == "published"
    own = Process.own(began)
    gone = Process(own.host, own.pid, f"{own.started}0", began)
    write_text(project.root / lock.FILE, dump_json(gone.to_json()))
    assert run(project).kind == "unchanged"
    assert told.titles == [STARTED, PUBLISHED, *([PUBLISHED] if untold else [])]
    assert run(project).kind == "unchanged"
    assert len(told.titles) == 3 if untold else 2


def test_a_clock_that_tells_no_time_is_told(project, told, monkeypatch):
    monkeypatch.setenv(clock.NOW, "七月")
    with pytest.raises(ConfigError):
        run(project)
    (letter,) = told.letters
    assert "未予发布" in letter["title"]
    assert "(E701)" in letter["message"]


def test_people_are_told_though_the_words_for_it_are_gone(project, told):
    templates = project.root / "templates"
    templates.unlink()
    shutil.copytree(ROOT / "templates", templates)
    (templates / "messages.yaml").write_text("a: [", encoding="utf-8")
    with pytest.raises(ConfigError):
        run(project)
    (letter,) = told.letters
    assert EDITION in letter["title"]
    assert "templates/messages.yaml" in letter["message"]


def left(project, host=""):
    """A lock of Snakemake, and the note of a process of which nobody knows."""
    (project.root / building.LOCKS).mkdir(parents=True)
    (project.root / building.LOCKS / "0.input.lock").touch()
    own = Process.own("某时")
    gone = Process(host or own.host, own.pid, f"{own.started}0", "某时")
    write_text(project.root / building.NOTE, dump_json(gone.to_json()))


@pytest.mark.parametrize(("host", "removed"), [("", True), ("elsewhere", False)])
def test_a_lock_is_removed_where_its_process_is_dead_on_this_host(project, told, host, removed):
    left(project, host)
    heard = []
    assert run(project, heard=heard).kind == "published"
    assert list((project.root / building.LOCKS).iterdir()) == (
        [] if removed else [project.root / building.LOCKS / "0.input.lock"]
    )
    assert any("已移除" in line for line in heard) is removed
    assert any("(E707)" in line for line in heard) is not removed
